# Two commands do all the set-up:
#   make demo   makes .venv, installs the locked versions, scans samples/, says where the report lies
#   make test   makes the same environment where it is missing, then lints and runs all tests
# What is measured or trained is renewed by hand and committed:
#   make figures   runs the benchmarks, writes benchmarks/results/ and the READMEs' tables
#   make picture   takes the READMEs' screenshot
#   make train     trains what tells a document's kind, and the tagger (about three minutes)
#   make emblem    trains the finder of emblems and badges on drawings of our own (ten minutes)
#   make folds     trains the tagger without each author in turn, for `make figures` (15 minutes)

BIN := .venv/bin
# Renewed when the locked versions or the package's own data about itself change.
STAMP := .venv/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
OLD_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))

.PHONY: demo test lint figures picture train emblem folds clean

# What lies beside a sample says what a scan of it should find and is no sample. Findings (1) and
# samples that cannot be read (3) are what the samples are for.
demo: $(STAMP)
	@echo '正在扫描 samples/ ……'
	@$(BIN)/shanzhai scan samples --jurisdiction GD --exclude '*.expected.json' --exclude fonts; code=$$?; \
	case $$code in 0|1|3) ;; *) exit $$code ;; esac

test: lint
	$(BIN)/pytest

lint: $(STAMP)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

figures: $(STAMP)
	$(BIN)/python -m benchmarks.accuracy
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.scans
	$(BIN)/python -m benchmarks.crawl
	$(BIN)/python -m benchmarks.casebook
	$(BIN)/python -m benchmarks.report_page
	$(BIN)/python scripts/fill_figures.py

picture: $(STAMP)
	$(BIN)/python scripts/take_screenshot.py

train: $(STAMP)
	$(BIN)/python scripts/train/kinds.py
	$(BIN)/python -m scripts.train.tagger

emblem: $(STAMP)
	$(BIN)/python -m scripts.train.emblem

folds: $(STAMP)
	$(BIN)/python -m scripts.train.tagger folds

clean:
	rm -rf .venv shanzhai-report build dist

$(STAMP): requirements-dev.txt pyproject.toml
	@rm -f $@
	@$(BIN)/python -c '$(OLD_ENOUGH)' 2>/dev/null || { \
	  for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	    $$python -c '$(OLD_ENOUGH)' 2>/dev/null && break; python=; \
	  done; \
	  test "$$python" || { echo '没有找到 Python 3.11 或更新的版本。请先安装，再运行 make。' >&2; exit 1; }; \
	  $$python -m venv --clear .venv || { echo '无法建立 .venv。Debian、Ubuntu 请先 apt install python3-venv。' >&2; exit 1; }; \
	}
	@echo '正在把锁定版本的依赖装入 .venv，约需一两分钟……'
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@
