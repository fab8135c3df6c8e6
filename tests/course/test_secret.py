"""Secrets that can be guessed, and the printing that waits for one that cannot."""

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from grader.chance.seal import ROUNDS
from grader.cli import main
from grader.course.secret import NEEDED, bits_of, new_secret, strong

ROWS = yaml.safe_load((Path(__file__).parents[1] / "tables" / "secrets.yaml").read_text("utf-8"))


@pytest.mark.parametrize("secret", ROWS["guessable"])
def test_what_can_be_guessed_is_no_secret(secret: str) -> None:
    assert not strong(secret), bits_of(secret)


@pytest.mark.parametrize("secret", ROWS["strong"])
def test_what_is_random_is_one(secret: str) -> None:
    assert strong(secret), bits_of(secret)


def test_what_we_make_is_one() -> None:
    made = {new_secret() for _ in range(200)}
    assert len(made) == 200
    assert all(strong(secret) and len(secret) == 32 for secret in made)


def test_a_part_more_never_makes_a_secret_weaker_by_much() -> None:
    for secret in ROWS["strong"]:
        for end in range(1, len(secret)):
            assert bits_of(secret[: end + 1]) > bits_of(secret[:end]) - 45  # letters that turn out to be a word


def grade(*arguments: str) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


WEAK, FRESH, HOME = "can be guessed", "secret: ", "grade init"
PRINTED = [
    # what course.yaml has ("-": no course), what is printed, for whom, what is said ("" where it is printed)
    ("-", "matrix-mul", ("--roster", "roster.csv"), HOME),
    ("-", "week.yaml", ("--roster", "roster.csv"), HOME),
    ("-", "week.yaml", ("--student", "ann"), HOME),
    ("-", "matrix-mul", ("--student", "ann"), ""),
    ("-", "matrix-mul", ("--seed", "7"), ""),
    ("-", "week.yaml", ("--seed", "7"), ""),
    ("-", "matrix-mul", (), ""),
    ("-", "exam.yaml", ("--seed", "7"), HOME),
    ("title: C\n", "week.yaml", ("--roster", "roster.csv"), "no secret"),
    ("title: C\n", "matrix-mul", ("--student", "ann"), "no secret"),
    ("title: C\n", "week.yaml", ("--seed", "7"), ""),
    ("title: C\n", "exam.yaml", ("--seed", "7"), "no secret"),
    ("secret: ''\n", "week.yaml", ("--roster", "roster.csv"), "no secret"),
    ("secret: algebra\n", "week.yaml", ("--roster", "roster.csv"), WEAK),
    ("secret: sample-course-secret\n", "week.yaml", ("--student", "ann"), WEAK),
    ("secret: 20262026202620262026\n", "week.yaml", ("--roster", "roster.csv"), WEAK),
    ("secret: c-JtvOujUGYqaK9sbi5liPN60rKDuM3I\n", "week.yaml", ("--roster", "roster.csv"), ""),
    ("secret: c-JtvOujUGYqaK9sbi5liPN60rKDuM3I\n", "exam.yaml", ("--roster", "roster.csv"), ""),
]


@pytest.mark.parametrize(("settings", "what", "whose", "said"), PRINTED)
def test_a_class_needs_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: str, what: str, whose: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADER_LANGUAGE", "en")
    Path("roster.csv").write_text("student\nann\n", "utf-8")
    Path("week.yaml").write_text("title: W\nproblems: [matrix-mul]\n", "utf-8")
    Path("exam.yaml").write_text("title: E\nproblems: [matrix-mul]\nsealed: yes\n", "utf-8")
    if settings != "-":
        Path("submissions").mkdir()
        Path("course.yaml").write_text(settings, "utf-8")
    made = grade("worksheet", what, *whose, "--format", "md", "-o", "out")
    assert (made.exit_code, said in made.output, Path("out").exists()) == (2 if said else 0, True, not said)
    if said in (WEAK, "no secret"):  # the cure can be taken as it stands
        line = next(line.strip() for line in made.output.splitlines() if line.strip().startswith(FRESH))
        assert strong(line.removeprefix(FRESH))
        assert HOME in made.output


def test_the_documents_have_these_figures() -> None:
    docs = Path(__file__).parents[2] / "docs"
    security, draws = ((docs / name).read_text("utf-8") for name in ("security.md", "draws.md"))
    assert f"less\nthan {NEEDED:.0f} by" in security
    assert f"{6 * len(new_secret())} random bits" in security
    assert f"Feistel network of {ROUNDS} rounds" in draws
