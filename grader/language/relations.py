"""The signs of a comparison as people type them, for texts that are cut at one before they are read."""

from __future__ import annotations

from grader.patterns import pattern

SIGNS = {"eq": "=", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
"""How the operators of a tree are written."""
_END = "(?![a-zA-Z])"
_INEQUALITY = (
    rf"(?P<le><\s*=|=\s*<|≤|⩽|\\leq?(?:slant)?{_END})|(?P<ge>>\s*=|=\s*>|≥|⩾|\\geq?(?:slant)?{_END})"
    rf"|(?P<lt><|\\lt{_END})|(?P<gt>>|\\gt{_END})"
)
INEQUALITY = pattern(_INEQUALITY)
"""A sign; the name of its group is the operator."""
RELATION = pattern(rf"{_INEQUALITY}|(?P<eq>==?)")
"""The same, or that of an equation."""
