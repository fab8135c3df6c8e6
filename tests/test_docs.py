"""The documents are held against the code: commands and options, links, figures of the README."""

from __future__ import annotations

import pkgutil
import re
import tomllib
from pathlib import Path

import click
import pytest

from grader.cli import main
from grader.messages import Message, catalogue, translate
from grader.slips.table import SLIPS, Family, SlipKind

ROOT = Path(__file__).parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
COMMANDS = sorted(main.list_commands(click.Context(main)))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    row = next(
        line
        for line in (ROOT / "docs" / "commands.md").read_text("utf-8").splitlines()
        if line.startswith(f"| `grade {name}")
    )
    command = main.get_command(click.Context(main), name)
    assert command is not None
    options = {max(option.opts, key=len) for option in command.params if isinstance(option, click.Option)}
    assert {option for option in options if f"`{option}`" not in row} == set()
    assert set(re.findall(r"`(--[a-z-]+)`", row.split("|")[-2])) <= options


@pytest.mark.parametrize("path", [ROOT / "README.md", *DOCS], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    text = path.read_text("utf-8")
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text)
    local = [link for link in links if not link.startswith(("http://", "https://"))]
    assert [link for link in local if not (path.parent / link).exists()] == []


def test_readme_names_every_document() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert [path.name for path in DOCS if f"docs/{path.name}" not in text] == []


def test_readme_has_the_two_commands_of_ci() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    commands = [line for line in text.splitlines() if line.startswith("python3 -m venv ")]
    assert len(commands) == 2
    assert "grade submit submissions/samples/" in commands[0]
    assert commands[1].endswith("python -m pytest")


def test_the_python_page_runs() -> None:
    text = (ROOT / "docs" / "python.md").read_text("utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 5
    names: dict[str, object] = {"print": lambda *_: None}
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)


def test_the_examples_of_solutions_are_what_is_printed() -> None:
    text = (ROOT / "docs" / "solutions.md").read_text("utf-8")
    golden = "".join(path.read_text("utf-8") for path in sorted((ROOT / "tests" / "golden").glob("*.md")))
    lines = [line for block in re.findall(r"```markdown\n(.*?)```", text, re.DOTALL) for line in block.split("\n\n")]
    assert len(lines) == 2
    assert [line for line in lines if line.strip() not in golden] == []


# ----- What the documents say of the code ------------------------------------------------------------------------


def rooms() -> list[str]:
    """The rooms of the table in docs/design.md, in order."""
    text = (ROOT / "docs" / "design.md").read_text("utf-8")
    rows = text.split("| room | knows | holds |\n")[1].split("\n\n")[0].splitlines()[1:]
    return [name for row in rows for name in re.findall(r"`grader\.(\w+)`", row.split("|")[1])]


def floors() -> list[set[str]]:
    """The layers of the import contract, the lowest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [{name.strip().removeprefix("grader.") for name in layer.split("|")} for layer in reversed(layers)]


def test_the_table_of_rooms_names_every_room_and_no_other() -> None:
    there = [*(ROOT / "grader").glob("*.py"), *(path.parent for path in (ROOT / "grader").glob("*/__init__.py"))]
    assert sorted(rooms()) == sorted({path.stem for path in there} - {"__init__", "__main__"})


def test_the_rooms_stand_in_the_order_of_the_import_contract() -> None:
    order = rooms()
    for floor in floors():
        assert set(order[: len(floor)]) == floor
        del order[: len(floor)]
    assert order == []


@pytest.mark.parametrize("path", [ROOT / "README.md", *DOCS], ids=lambda path: path.name)
def test_the_files_and_folders_that_are_named_exist(path: Path) -> None:
    """`tests/tables/slips.yaml` from the root, `rank.py` anywhere; capitals stand for a name of the reader's own."""
    text = path.read_text("utf-8")
    folders = "|".join(folder.name for folder in ROOT.iterdir() if folder.is_dir() and folder.name[0].isalpha())
    named = re.findall(rf"(?<![\w/.-])(?:{folders})/[\w./-]*\w", text)
    assert [name for name in named if not (ROOT / name).exists() and not re.search(r"/[A-Z]{2,}\b", name)] == []
    modules = {module.name for room in ("grader", "tests") for module in (ROOT / room).rglob("*.py")}
    assert [name for name in re.findall(r"`(\w+\.py)`", text) if name not in modules] == []


def is_there(dotted: str) -> bool:
    """Whether a name in full is a module, or what a module holds."""
    try:
        pkgutil.resolve_name(dotted)
    except (ImportError, AttributeError):
        return False
    return True


@pytest.mark.parametrize("path", [ROOT / "README.md", *DOCS], ids=lambda path: path.name)
def test_the_names_of_the_code_are_there(path: Path) -> None:
    """`grader.slips.rank`, `grader.compare(...)`: modules, and what they hold."""
    named = re.findall(r"`(grader(?:\.\w+)+)", path.read_text("utf-8"))
    assert [name for name in named if not is_there(name)] == []


def row_of(kind: SlipKind) -> str:
    """A slip with its words and the first of its examples."""
    key = kind.key_with_part if kind.names_part else kind.key
    words = translate(Message(key, {"where": "", "part": "…"}), "en")
    way = kind.ways[0]
    right = f"`({way.right})′`" if way.family is Family.DERIVATIVE else f"`{way.right}`"
    return f"| `{kind.id}` | {words} | {right} → `{way.wrong}` |"


def test_every_slip_has_its_row() -> None:
    """docs/marking.md shows the table of slips, row by row, and the catalogue has no words for another."""
    lines = (ROOT / "docs" / "marking.md").read_text("utf-8").splitlines()
    assert [line for line in lines if re.match(r"\| `[a-z-]+` \|", line)] == [row_of(kind) for kind in SLIPS]
    frames = {
        "authored",
        "where",
        "where-step",
        "with-formula",
        "tie",
        "two",
        "twice",
        "negation",
        "one-entry",
        "sign-whole",
    }
    ids = {key.removeprefix("slip-").removesuffix("-part") for key in catalogue("en") if key.startswith("slip-")}
    assert {kind.id for kind in SLIPS} == ids - frames
