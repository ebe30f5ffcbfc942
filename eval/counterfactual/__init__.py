"""Single edits of real provisions whose effect on one requirement's verdict is known beforehand: records, recipes, applying."""
