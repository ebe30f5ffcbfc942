"""Make the counterfactual edits anew from gold judgements, laws and the decisions of the review.

python -m lexfloor.eval.counterfactual.generate --shared ../shared
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from lexfloor.corpora.standards import load_standard
from lexfloor.eval.counterfactual.controls import control_drafts
from lexfloor.eval.counterfactual.drafts import Draft
from lexfloor.eval.counterfactual.figures import figure_drafts
from lexfloor.eval.counterfactual.gold import Judged, judgements
from lexfloor.eval.counterfactual.records import Edit, Kind
from lexfloor.eval.counterfactual.review import Review, reviewed
from lexfloor.eval.counterfactual.stored import write_edits
from lexfloor.eval.counterfactual.wording import wording_drafts

CORPORA = Path(__file__).resolve().parents[2] / "corpora"
SAMPLE = "XVA"
TEXTS = (".md", ".txt")
MOST = {
    Kind.SHALL_TO_MAY: 5,
    Kind.EXCEPTION: 5,
    Kind.RIGHT_REMOVED: 5,
    Kind.SECTION_DELETED: 5,
    Kind.CONTROL_NAME: 3,
    Kind.CONTROL_DATE: 2,
    Kind.CONTROL_OTHER: 2,
    Kind.CONTROL_FIGURE: 6,
}
"""How many drafts of a kind are reviewed for one country; figures are few enough to be reviewed all."""


def drafts(found: tuple[Judged, ...], review: Review, standard: str = "c102") -> Iterator[Draft]:
    """Yield the drafts of one country, findings that rest on the fewest sections first."""
    known = load_standard(standard)
    evidence = frozenset((quote.file, node.id) for judged in found for quote in judged.deciding if (node := quote.section))
    counts = dict.fromkeys(Kind, 0)
    changed: frozenset[tuple[str, int]] = frozenset()
    for judged in sorted(found, key=_quotes):
        requirement = known.requirement(judged.requirement)
        moves = review.moves(judged.country, judged.requirement) if judged.deciding else {}
        for made in (figure_drafts(judged, requirement, moves), wording_drafts(judged, requirement), control_drafts(judged, evidence)):
            for draft in made:
                places = frozenset((stretch.source.law.file, stretch.start) for stretch in draft.stretches)
                if draft.kind.control and places & changed:
                    continue  # a control that was made for another requirement tells nothing new
                if counts[draft.kind] < MOST.get(draft.kind, len(found)):
                    counts[draft.kind] += 1
                    changed |= places if draft.kind.control else frozenset()
                    yield draft


def _quotes(judged: Judged) -> int:
    return sum(1 for copies in judged.quotes if copies)


def edits(gold: Path, folder: Path, review: Review) -> tuple[list[Edit], list[str]]:
    """Return the reviewed edits of one country, and the ids of the drafts that the review rejected.

    Raises:
        DataFileError: a gold quote is not in its file.
        SourceError: a file of law cannot be read.
    """
    kept, rejected = {}, []
    for draft in drafts(judgements(gold, folder), review):
        edit = draft.edit
        if edit.id in review.rejected:
            rejected.append(edit.id)
        else:
            kept[edit.id] = edit.model_copy(update={"after": review.after.get(edit.id, edit.after)})
    return list(kept.values()), rejected


def main() -> None:
    """Write the edits of all countries that have gold judgements and files whose text is the law itself, the bundled sample among them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with gold/dev and laws")
    parser.add_argument("--out", type=Path, default=CORPORA / "annotations" / "edits", help="folder of the edits (default: those of this checkout)")
    asked = parser.parse_args()
    review = reviewed()
    pairs = [(path, asked.shared / "laws" / path.stem) for path in sorted((asked.shared / "gold" / "dev").glob("*.json"))]
    pairs += [(CORPORA / "gold" / f"{SAMPLE}.json", CORPORA / "samples" / SAMPLE)]
    if len(pairs) == 1:
        parser.error(f"no gold files in {asked.shared / 'gold' / 'dev'}; name the folder that holds gold/dev and laws")
    decided: set[str] = set()
    for gold, folder in pairs:
        if not folder.is_dir():
            parser.error(f"{gold} judges laws that are not there: no folder {folder}")
        if not any(path.suffix in TEXTS for path in folder.iterdir()):
            continue  # markup: an edit would put the places that it states wrong
        kept, rejected = edits(gold, folder, review)
        decided |= {edit.id for edit in kept} | set(rejected)
        path = write_edits(asked.out, gold.stem, tuple(kept))
        print(f"{path}: {len(kept)} edits, {len(rejected)} drafts rejected")  # noqa: T201 - this module is a command
    for stale in sorted((review.rejected.keys() | review.after.keys()) - decided):
        print(f"the review names {stale}, which is no draft any more")  # noqa: T201


if __name__ == "__main__":
    main()
