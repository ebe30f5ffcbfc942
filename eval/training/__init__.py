"""Training on judged law and labelled corpora: examples prepared, models trained and scored on what was held out, cards written."""
