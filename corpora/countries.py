"""Which folder names are countries: ISO 3166-1 alpha-3 codes, the codes that users may assign, and XKX for Kosovo."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_USER_ASSIGNED = re.compile(r"AA[A-Z]|Q[M-Z][A-Z]|X[A-Z]{2}|ZZ[A-Z]")


@cache
def _codes() -> frozenset[str]:
    lines = (files("lexfloor.corpora") / "countries.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(code for line in lines if not line.startswith("#") for code in line.split())


def is_country_code(name: str) -> bool:
    """Return whether a name is a country's code.

    >>> is_country_code("KEN"), is_country_code("XVA"), is_country_code("ACT"), is_country_code("ken")
    (True, True, False, False)
    """
    return name in _codes() or _USER_ASSIGNED.fullmatch(name) is not None
