"""What a reader has seen in a text: names in its maths, letters, functions with their arguments."""

from __future__ import annotations

import pytest

from grader.plan.seen import seen_in

TEXT = r"""Here $L(w) = \frac12\sum_i (y_i - wx_i)^2$,
$$\hat y = \beta_1 g_2(x_0)' + \mathrm{rate}\cdot f(x)^2$$ a $5$ in $\text{r}$."""


@pytest.mark.parametrize(
    ("name", "has", "suggests"),
    [
        ("w", True, True),
        ("w[0]", True, True),
        ("x0", True, True),
        ("x1", False, True),
        ("y_i", True, True),
        ("beta1", True, True),
        ("beta", True, True),
        ("beta2", False, True),
        ("yhat", True, True),
        ("mhat", False, False),
        ("rate", True, True),
        ("a", False, False),
        ("r", False, False),
    ],
)
def test_names(name: str, has: bool, suggests: bool) -> None:
    assert seen_in([TEXT]).has(name) is has
    assert seen_in([TEXT]).suggests(name) is suggests


def test_functions_and_letters() -> None:
    text = seen_in([TEXT, "$q$"])
    assert [text.calls(name) for name in ("L", "f", "g2", "g", "w", "x0")] == [True, True, True, False, False, False]
    assert text.letters == set("Lwyixgfq")
