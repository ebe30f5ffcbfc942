"""Examples of judged law: what a requirement asks, the pieces of sections that people cite, and what comes near and is not cited.

The hard negatives are what the search gives first and people do not cite (the special scheme's rule, the act's other rules), and
what they cite for the other requirements of the same Part (the same benefit's other rule).
"""

from __future__ import annotations

import numpy as np

from lexfloor.corpora.languages import nearest_language
from lexfloor.eval.ranking_examples import JudgedCountry, judged_country
from lexfloor.eval.training.judged import JudgedFile
from lexfloor.models.ranking import held_out_ranking
from lexfloor.models.training.examples import Example
from lexfloor.pipeline.runner import Runner
from lexfloor.pipeline.stages.rank import relevance
from lexfloor.pipeline.stages.rerank import best_first, pair, prior
from lexfloor.pipeline.stages.retrieve import queries


def law_examples(runner: Runner, judged: JudgedFile, candidates: int) -> list[Example]:
    """Return an example for each requirement for which a section searched is cited, in the standard's order.

    ``ordered`` are the pieces that a reranker reads, in the order of a ranking that has not seen the country.

    Raises:
        DataFileError: the judgements are faulty, or a quote is not in the law.
        InputError: the laws hold no provision in force.
    """
    country = judged_country(runner, judged.gold, judged.laws)
    likely = relevance(country.view, held_out_ranking(country.country, runner.config.weights_folder), runner.encoder.space)
    best, wanted = best_first(country.view, likely)[:, :candidates], country.is_wanted()
    pieces = country.view.found.pieces
    examples = []
    for row, requirement in enumerate(country.view.standard.requirements):
        places = [(int(column), pair(country.view, row, int(column))[1]) for column in best[row]]
        cited = [pieces[index].words for index in country.cited.get(row, ())]
        found = [words for place, words in places if wanted[row, place]]
        positives = tuple(dict.fromkeys(cited + found))
        if not positives:
            continue
        near = [words for place, words in places if not wanted[row, place]] + _other_rules(country, row)
        examples.append(
            Example(
                key=str(requirement.id),
                group=country.country,
                questions=_questions(country, row, [place for place, _ in places]),
                positives=positives,
                negatives=tuple(words for words in dict.fromkeys(near) if words not in positives),
                ordered=tuple(words for _, words in places),
                prior=tuple(np.round(prior(likely[row, best[row]]), 4).tolist()),
            )
        )
    return examples


def _questions(country: JudgedCountry, row: int, places: list[int]) -> tuple[str, ...]:
    """Return the texts that the requirement is searched with, in the language of the section found first."""
    standard = country.view.standard
    wording = standard.in_language(nearest_language(country.view.sections[places[0]].language))
    return tuple(queries(standard.requirements[row], wording))


def _other_rules(country: JudgedCountry, row: int) -> list[str]:
    """Return the pieces cited for the other requirements of the Part, in sections not cited for this one."""
    view, wanted = country.view, country.is_wanted()
    peers = [peer for peer in view.rows_of_part[view.standard.requirements[row].part] if peer != row]
    return [view.found.pieces[index].words for peer in peers for index in country.cited.get(peer, ()) if not wanted[row, view.found.pieces[index].section]]
