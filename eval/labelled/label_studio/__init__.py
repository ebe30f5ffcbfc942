"""Label Studio: a screening as tasks for annotators, and what they made of it as judgements.

Label Studio itself is not needed: both ways are its JSON files (import of tasks with predictions, and the export named JSON),
with the labelling interface of ``labelling.xml``. Formats: https://labelstud.io/guide/tasks and https://labelstud.io/guide/export
"""

from lexfloor.eval.labelled.label_studio.judged import by_annotator, judgements, write_judgements
from lexfloor.eval.labelled.label_studio.tasks import labelling_interface, tasks

__all__ = ["by_annotator", "judgements", "labelling_interface", "tasks", "write_judgements"]
