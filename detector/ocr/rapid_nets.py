"""The three nets inside rapidocr's wheel: loaded without its downloads, called one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import rapidocr
from onnxruntime import get_available_providers
from rapidocr.ch_ppocr_rec import TextRecInput

from detector.errors import MissingPartError
from detector.ocr.engine import Pixels

FOLDER = Path(rapidocr.__file__).parent / "models"
# Another model or version is not in the wheel; rapidocr would try to download it.
MODELS = {
    "Det": FOLDER / "PP-OCRv6_det_small.onnx",
    "Cls": FOLDER / "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec": FOLDER / "PP-OCRv6_rec_small.onnx",
}
# One thread a process: two processes of one thread read more pages than one of two
# (shared/design/scans.md, "OCR engines").
ONE_THREAD = {
    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
}
# Without its provider, or without a device, onnxruntime stays with the processor.
CUDA = {
    "EngineConfig.onnxruntime.use_cuda": "CUDAExecutionProvider" in get_available_providers(),
}
OPTIONS = {
    "Global.log_level": "critical",
    "Det.limit_type": "max",  # no scaling of its own
    "Det.limit_side_len": 1_000_000,
    "Det.max_candidates": 20_000,  # pieces of text; its 1000 would leave long pages half read
    "Rec.rec_batch_num": 1,  # lines at once: six, padded to the longest, take 16 % more time a page
}
# A character is recognised in the first of the net's columns that shows it. Its middle lies
# this many columns further on (measured on three faces at 20 to 64 pixels).
TO_MIDDLE = 0.4


class Reading(NamedTuple):
    """What a line says; `centres` are its characters' middles, spaces left out, from 0 to 1."""

    text: str
    confidence: float
    centres: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Nets:
    """rapidocr's TextDetector, TextClassifier and TextRecognizer."""

    detector: Any
    classifier: Any
    recogniser: Any

    def upside_down(self, heads: Sequence[Pixels]) -> list[bool]:
        """Tell of each head of a line whether it stands on its head."""
        if not heads:
            return []
        return [label == "180" for label, _ in self.classifier(list(heads)).cls_res]

    def recognise(self, lines: Sequence[Pixels]) -> list[Reading]:
        """Read pictures of single lines."""
        if not lines:
            return []
        found = self.recogniser(TextRecInput(img=list(lines), return_word_box=True))
        return [
            Reading(text, float(score), _centres(words))
            for text, score, words in zip(found.txts, found.scores, found.word_results, strict=True)
        ]


def load_nets() -> Nets:
    """Load the nets on one thread; raises MissingPartError where a model file is missing."""
    for model in MODELS.values():
        _require(model)
    cv2.setNumThreads(1)
    files = {f"{task}.model_path": str(model) for task, model in MODELS.items()}
    whole: Any = rapidocr.RapidOCR(params={**files, **ONE_THREAD, **CUDA, **OPTIONS})
    return Nets(whole._load_det_model(), whole._load_cls_model(), whole._load_rec_model())


def _require(model: Path) -> None:
    if not model.is_file():
        raise MissingPartError(
            f"缺少文字识别模型文件 {model}。"
            "请运行 pip install --force-reinstall --no-deps rapidocr==3.10.0 后重试。"
        )


def _centres(words: Any) -> tuple[float, ...]:
    columns = [column for word in words.word_cols for column in word]
    return tuple(min(1.0, (column + TO_MIDDLE) / words.line_txt_len) for column in columns)
