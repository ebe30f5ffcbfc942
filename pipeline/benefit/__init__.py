"""Benefit levels: what the standard beneficiary of each Part would receive, against the Schedule's floor.

The formula comes from the law's figures, the reference wage from statistics that the user supplies. What is not known is
named, never guessed: where the figures can be read in more than one way, a verdict is told only if every reading agrees.
Source: C102, art. 65 to 67 and the Schedule to Part XI.
"""

from __future__ import annotations

from lexfloor.pipeline.benefit.schedule import levels, requirement_met

__all__ = ["levels", "requirement_met"]
