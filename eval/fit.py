"""Fit the verdict model on countries judged by people, and ship it with the examples it was fitted on.

python -m lexfloor.eval.fit --gold ../shared/gold/dev --laws ../shared/laws

How good it is on countries it has not seen, ``lexfloor eval c102`` tells.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from lexfloor.configs.run import load_config
from lexfloor.eval.adapters.c102 import look
from lexfloor.eval.held_out import EXAMPLES, fitted, held_out_risks, write_examples
from lexfloor.models.verdict import SHIPPED
from lexfloor.pipeline.runner import Runner

WEIGHTS = Path(__file__).resolve().parents[1] / "models" / "weights"


def main() -> None:
    """Look at every judged country, fit, and write models/weights/ of this checkout."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="folder of gold files, one a country")
    parser.add_argument("--laws", type=Path, required=True, help="folder of the countries' laws")
    asked = parser.parse_args()
    runner = Runner.of(load_config())
    known = []
    for path in sorted(asked.gold.glob("*.json")):
        known += look(runner, path, asked.laws / path.stem, {}).examples
        print(f"{path.stem}: {len(known)} examples so far")  # noqa: T201 - this module is a command
    about = {"fitted_on": sorted({example.country for example in known}), "examples": len(known), "encoder": runner.encoder.name}
    model = replace(fitted(known, about), risks=held_out_risks(known))
    (WEIGHTS / SHIPPED).write_text(model.to_json(), encoding="utf-8")
    write_examples(known, WEIGHTS / EXAMPLES)


if __name__ == "__main__":
    main()
