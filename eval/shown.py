"""Numbers and labels as people read them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from lexfloor.pipeline.records import State, Verdict
from lexfloor.pipeline.stages.export.shown import LABELS

NONE = "(none)"


def number(value: float) -> str:
    """Return a measure as text: three decimals, one from ten upwards; a dash where it is not defined.

    >>> number(0.71649), number(1234.56), number(float("nan"))
    ('0.716', '1,234.6', '–')
    """
    if not math.isfinite(value):
        return "–"
    return f"{value:.3f}" if abs(value) < 10 else f"{value:,.1f}"


def change(value: float) -> str:
    """Return a difference as text, with its sign.

    >>> change(0.0123), change(-0.5), change(0.0)
    ('+0.012', '−0.500', '0.000')
    """
    shown = number(abs(value))
    return shown if not math.isfinite(value) or not float(shown.replace(",", "")) else ("+" if value > 0 else "−") + shown


def percent(value: float) -> str:
    """Return a share as a percentage without decimals.

    >>> percent(0.416)
    '42%'
    """
    return "–" if not math.isfinite(value) else f"{100 * value:.0f}%"


def bounds(low: float, high: float) -> str:
    """Return an interval as text.

    >>> bounds(0.6812, 0.75)
    '0.681 to 0.750'
    """
    return f"{number(low)} to {number(high)}"


def changes(low: float, high: float) -> str:
    """Return the interval of a difference as text.

    >>> changes(-0.05, 0.02)
    '−0.050 to +0.020'
    """
    return f"{change(low)} to {change(high)}"


def label(value: Any) -> str:
    """Return a label as people read it: the words for a verdict, yes and no for a truth value, else the label itself.

    >>> label("needs_data"), label(True), label(None), label("other")
    ('Needs data', 'yes', '(none)', 'other')
    """
    if value is None:
        return NONE
    if isinstance(value, bool):
        return "yes" if value else "no"
    return LABELS[State(value)] if value in list(State) else str(value)


def in_order(labels: Sequence[Any]) -> list[Any]:
    """Return labels once each: verdicts in their own order, then the others sorted as text, no label last.

    >>> in_order(["x", "partial", None, "compliant", "x"])
    ['compliant', 'partial', 'x', None]
    """
    verdicts = list(Verdict)
    return sorted(set(labels), key=lambda value: _place(value, verdicts))


def _place(value: Any, verdicts: list[Verdict]) -> tuple[int, str]:
    if value is None:
        return len(verdicts) + 1, ""
    return (verdicts.index(Verdict(value)), "") if value in verdicts else (len(verdicts), str(value))


def words(name: str) -> str:
    """Return the name of a measure, a column or a table as words.

    >>> words("macro_f1")
    'macro f1'
    """
    return name.replace("_", " ")


def flat(content: Mapping[str, Any], above: str = "") -> dict[str, str]:
    """Return nested content as dotted names with their values as text.

    >>> flat({"a": {"b": 1, "c": [1, 2]}, "d": None})
    {'a.b': '1', 'a.c': '1, 2', 'd': '(none)'}
    """
    found: dict[str, str] = {}
    for name, value in content.items():
        full = f"{above}.{name}" if above else str(name)
        if isinstance(value, Mapping):
            found |= flat(value, full)
        elif isinstance(value, list | tuple):
            found[full] = ", ".join(map(label, value)) or NONE
        else:
            found[full] = label(value) if value != "" else NONE
    return found
