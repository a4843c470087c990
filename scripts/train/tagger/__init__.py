"""Training of the tagger in `detector/judge/`: python -m scripts.train.tagger (see __main__.py)."""
