"""What the commands share: the option --json and the exit codes."""

from __future__ import annotations

from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for other programs.")]
SOME_FAILED, BELOW_BAR = 3, 1
"""Exit codes: some files could not be read (the rest is written); a figure is below its bar."""
