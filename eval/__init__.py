"""Evaluation of runs against labelled corpora."""

if __name__.partition(".")[0] != "lexfloor":  # imported from the checkout's root under its folder name
    raise ImportError(f"import lexfloor.{__name__}, not {__name__}: two names for one module make two of every class")
