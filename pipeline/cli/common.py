"""What the commands share: the option --json, the precisions and the exit codes."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for other programs.")]
SOME_FAILED, BELOW_BAR = 3, 1
"""Exit codes: some files could not be read (the rest is written); a figure is below its bar."""


class Precision(StrEnum):
    """What models can be asked to compute in."""

    AUTO = "auto"
    FLOAT32 = "float32"
    BFLOAT16 = "bfloat16"
    FLOAT16 = "float16"
    INT8 = "int8"
