"""Who pays a contribution: the payer of each rate of a sentence, and the totals that are nobody's."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lexfloor.corpora.standards import load_standard
from lexfloor.eval.adapters.questions import section_of
from lexfloor.pipeline.stages.extract.payers import payer
from lexfloor.pipeline.stages.extract.sections import figures_of


def payers(text, language="en"):
    """Return the payers of a text's percentages, in order; empty for a total."""
    section = replace(section_of("act", text, 0, country="XTS", file="act.txt", label="1"), language=language)
    return [payer(around) for around in figures_of(section, load_standard("c102")) if around.quantity.unit == "percent"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Contributions are 7% of wages payable by the employer and 5% of wages payable by the worker.", ["employer", "employee"]),
        ("Contribution rates: the employer 7% and the worker 5% of wages.", ["employer", "employee"]),
        ("The contribution is 12%, of which 7% is borne by the employer and 5% by the worker.", ["", "employer", "employee"]),
        ("The contribution is 15.5 per cent, of which 10 per cent is paid by the employer.", ["", "employer"]),
        ("The contribution of 15%: 6% by the insured person, 6% by the employer, 3% by the State.", ["", "employee", "employer", "state"]),
        ("The total contribution of 18% of wages is due by the tenth of each month.", [""]),
        ("The employer pays 20% of wages, of which 12% for pensions and 8% for sickness.", ["employer", "employer", "employer"]),
        ("The employer shall pay a contribution of 5% on behalf of each worker.", ["employer"]),
        ("Every employer contributes 4% of the earnings of the worker.", ["employer"]),
        ("The rate of contribution is 9% of earnings.", [""]),
    ],
)
def test_payers_of_a_sentence(text, told):
    assert payers(text) == told


def test_what_is_shared_out_has_no_payer():
    assert payers("A contribution of 10% of wages is borne by employers and workers, who pay it in equal parts.")[0] == ""


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("de", "Der Beitrag beträgt 12 %, davon trägt der Arbeitgeber 7 %.", ["", "employer"]),
        ("fr", "La cotisation est de 12 %, dont 7 % à la charge de l'employeur et 5 % à la charge du salarié.", ["", "employer", "employee"]),
        ("es", "La cotización será del 12%, correspondiendo el 7% a la empresa y el 5% al trabajador.", ["", "employer", "employee"]),
        ("nl", "De premie bedraagt 12%, waarvan 7% ten laste van de werkgever en 5% ten laste van de werknemer.", ["", "employer", "employee"]),
        ("cs", "Pojistné činí 12 %, z toho 7 % hradí zaměstnavatel a 5 % zaměstnanec.", ["", "employer", "employee"]),
        ("el", "Η εισφορά είναι 12%, από το οποίο 7% καταβάλλεται από τον εργοδότη και 5% από τον μισθωτό.", ["", "employer", "employee"]),
        ("it", "Il contributo totale del 12% è dovuto ogni mese.", [""]),
        ("pt", "A taxa global é de 12%.", [""]),
    ],
)
def test_payers_in_other_languages(language, text, told):
    assert payers(text, language) == told


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 15), min_size=2, max_size=3, unique=True))
def test_a_total_of_its_parts_is_nobodys(parts):
    """Whatever the rates are, the sum of the parts that payers bear has no payer, and each part keeps its own."""
    named = ("the employer", "the worker", "the State")
    listed = ", ".join(f"{part}% by {name}" for part, name in zip(parts, named, strict=False))
    assert payers(f"The contribution is {sum(parts)}% of wages: {listed}.") == ["", *("employer", "employee", "state")[: len(parts)]]
