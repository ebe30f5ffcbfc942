"""Printed numbers and bullets that stand apart from their text, as several formats have them."""

from __future__ import annotations

import re

MARKER_ALONE = re.compile(r"[(（\[]?(?:\d{1,3}[a-z]{0,2}|[^\W\d_]{1,2}|[ivxlcIVXLC]{1,7})[.)）\]º°।৷]{1,2}|[-–—•·▪◦‣]|[(（][一二三四五六七八九十]{1,3}[)）]")
"""A printed number or bullet that stands apart from its text: "(a)", "1.", "iv)", "—"."""
