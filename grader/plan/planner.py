"""Problem + form → Plan: loops unrolled, indices resolved, derivatives by a symbol taken, every name accounted for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec
from msgspec.structs import replace

from grader.chance import givens
from grader.chance.grids import whole
from grader.chance.matrices import Matrix
from grader.errors import AuthorError
from grader.facts import fact
from grader.language.functions import Function, inlined
from grader.language.lexer import canonical_name
from grader.language.nodes import Call, Name, Node, names, substitute, walk
from grader.language.primitives import CONSTANTS, FUNCTIONS
from grader.plan.asks import read_ask
from grader.plan.formulas import Formulas, derivative_of, may_be, split_declared, split_shape
from grader.plan.mistaken import read_mistakes
from grader.plan.outline import bases
from grader.plan.plan import Given, Plan, Step, sized, through_calls
from grader.plan.symbols import MOST_LETTERS
from grader.spec import models
from grader.spec.limits import MOST_PARTS
from grader.spec.problem import Form, Problem
from grader.spec.reading import given_model
from grader.spec.source import Path
from grader.yamltext import Entries, Items, Text
from grader.yamltext import Node as YamlNode


def first_form(problem: Problem) -> dict[str, str]:
    """The form with every first option."""
    return {
        choice.name: choice.options[0] if choice.options else composed(problem, choice.name, [0] * len(choice.slots))
        for choice in problem.form
    }


def composed(problem: Problem, name: str, picks: list[int]) -> str:
    """The text of a drawn function: one option of each slot put into the one before."""
    from grader.language.typeset import to_text

    choice = next(choice for choice in problem.form if choice.name == name)
    base = bases(problem)
    tree: Node = Name(choice.variable)
    length = 1
    for slot, pick in reversed(list(zip(choice.slots, picks, strict=True))):
        text, path = slot[pick], ("given", f"{name}({choice.variable})", "function")
        if text in FUNCTIONS:
            tree = Call(FUNCTIONS[text], (tree,))
        else:
            inner = problem.source.expression(text, path, base | {"u", choice.variable}, ())
            length *= max(1, sum(isinstance(part, Name) and part.name == "u" for part in walk(inner)))
            if length > MOST_PARTS:
                problem.source.fail("spec-written-out", path, most=MOST_PARTS)
            tree = substitute(inner, {"u": tree})
    return to_text(tree)


def plan_of(problem: Problem, form: Form) -> Plan:
    """The plan for a form, made once. Raises AuthorError with file, line and cure."""
    order = {choice.name: number for number, choice in enumerate(problem.form)}
    return _planned(problem, tuple(sorted(form.items(), key=lambda item: (order.get(item[0], len(order)), item))))


@fact(needs=(bases, derivative_of))
def _planned(problem: Problem, form: tuple[tuple[str, str], ...]) -> Plan:
    return Planner(problem, dict(form)).plan()


class Planner(Formulas):
    """From the file to the plan, part by part."""

    def plan(self) -> Plan:
        """The whole plan; raises AuthorError with file, line and cure."""
        self.read_symbols()
        self.read_labels()
        given = [self.given(text, node, path) for text, node, path in self.unrolled("given")]
        for text, node, path in self.unrolled("where"):
            self.where(text, node, path)
        steps = [self.step(text, node, path) for text, node, path in self.unrolled("steps")]
        plan = Plan(
            self.problem,
            self.form,
            tuple(item for item in given if item),
            self.functions,
            tuple(steps),
            (),
            tuple(self.requirements()),
            (),
            self.symbols,
            self.declared,
        )
        self.account(plan)
        plan = replace(plan, mistakes=tuple(read_mistakes(self, plan)))
        asks = tuple(read_ask(self, plan, text, node, path) for text, node, path in self.unrolled("ask"))
        everything = [ask for table in asks for ask in (table, *table.rows)]
        if len({ask.id for ask in everything}) < len(everything):
            self.source.fail("spec-ask-twice", ("ask",))
        return replace(plan, asks=asks, derivatives=tuple(self.derivatives))

    def read_labels(self) -> None:
        """The names of all givens and steps, each used once."""
        for part in ("given", "steps"):
            for text, _, path in self.unrolled(part):
                name = self.name(text, path)
                if name in self.labels or name in self.symbols:
                    self.source.fail("spec-name-twice", path, name=name)
                self.labels[name] = path
                if not self.source.key(text, path).parameters:
                    self.valued.add(name)

    # ----- Parts -------------------------------------------------------------------------------------------------

    def given(self, text: str, node: YamlNode, path: Path) -> Given | None:
        """One given; a drawn function becomes a function of the plan instead."""
        key = self.source.key(text, path)
        if isinstance(node, Entries) and "function" in node:
            variable = key.parameters[0]
            tree = self.source.expression(self.form[key.base], path, self.names | {variable}, ())
            tree = substitute(tree, {k: v for k, v in self.constants.items() if k != variable})
            self.define(key.base, Function((variable,), tree), path)
            return None
        name = self.name(text, path)
        if isinstance(node, Text):
            return Given(name, tree=self.tree(node.value, path), path=path)
        if not isinstance(node, Entries):
            return Given(name, tree=self.tree(node.source, path), path=path)
        model = given_model(self.source, node, path)
        if isinstance(model, models.Choose):
            options = tuple(
                self.tree(str(option), (*path, "choose", place)) for place, option in enumerate(model.choose)
            )
            if not options:
                self.source.fail("given-empty", path)
            return Given(name, draw=givens.Choose(len(options)), options=options, path=path)
        try:
            return Given(name, draw=self.draw(model, path), path=path)
        except AuthorError as fault:
            self.source.fail(fault.message.key, path, **fault.message.values)

    def draw(self, model: msgspec.Struct, path: Path) -> givens.Given:
        """The kind of draw with its parameters computed."""

        def number(value: models.Scalar) -> float:
            return self.constant(str(value), path)

        if isinstance(model, models.Integers | models.Reals):
            shape = self.shape(str(model.shape), path) if model.shape is not None else ()
            exclude = tuple(number(value) for value in model.exclude)
            distinct = str(model.distinct).lower() == "true"
            if isinstance(model, models.Integers):
                bounds = [whole(name, number(value)) for name, value in zip(("low", "high"), model.ints, strict=True)]
                return givens.Integers(bounds[0], bounds[1], shape, exclude, distinct)
            low, high = (number(value) for value in model.reals)
            return givens.Reals(low, high, number(model.step), shape, exclude, distinct)
        if isinstance(model, models.Matrix):
            low, high = (number(value) for value in model.entries)
            rows, columns = (*self.shape(str(model.matrix), path), 1)[:2]
            return Matrix((rows, columns), low, high, number(model.step), frozenset(model.properties))
        if isinstance(model, models.Permutation):
            size = whole("permutation", number(model.permutation), least=1)
            self.fits_paper([size], path)
            return givens.Permutation(size)
        assert isinstance(model, models.Graph)  # noqa: S101 - the last of the models of a draw
        nodes, edges = (whole(name, number(model.graph.get(name, 0))) for name in ("nodes", "edges"))
        return givens.Graph(nodes, edges)

    def read_symbols(self) -> None:
        """The named arrays and their shapes."""
        for text, node, path in self.unrolled("symbols"):
            if not isinstance(node, Text):
                self.source.fail("spec-shape", path, text=node.source)
            shape, declared = split_declared(node.value)
            parts = split_shape(shape)
            fits = parts == ["number"] or self.shape_of_symbol(parts)
            if not fits or (declared and not may_be(declared, parts)):
                self.source.fail("spec-shape", path, text=node.value)
            self.symbols[canonical_name(text)] = () if parts == ["number"] else tuple(parts)
            if declared:
                self.declared[canonical_name(text)] = declared

    def shape_of_symbol(self, parts: Sequence[str]) -> bool:
        """Whether these are one or two sizes: numbers that fit on paper, or letters, of which there are few."""
        written = [*parts, *(size for shape in self.symbols.values() for size in shape)]
        letters = {part for part in written if not part.isdecimal()}
        small = all(re.fullmatch("[0-9]{1,2}", part) and int(part) for part in parts if part.isdecimal())
        named = all(re.fullmatch("[A-Za-z][A-Za-z0-9]*", letter) for letter in letters)
        return 1 <= len(parts) <= 2 and small and named and len(letters) <= MOST_LETTERS

    def where(self, text: str, node: YamlNode, path: Path) -> None:
        """One function of the file."""
        key = self.source.key(text, path)
        if not isinstance(node, Text) or not key.parameters:
            self.source.fail("spec-where", path)
        self.define(key.base, Function(key.parameters, self.tree(node.value, path, key.parameters)), path)

    def step(self, text: str, node: YamlNode, path: Path) -> Step:
        """One step; with parameters it is a function too."""
        key = self.source.key(text, path)
        model = models.StepModel(node.value if isinstance(node, Text) else node.source)
        if isinstance(node, Entries):
            model = self.source.model(node, models.StepModel, path)
        elif isinstance(node, Items):
            model = models.StepModel(node.source)
        self.source.texts(model.title, (*path, "title"))
        self.source.texts(model.remark, (*path, "remark"), template=True)
        tree = self.tree(str(model.is_), path, key.parameters)
        check = self.tree(str(model.check), (*path, "check"), key.parameters) if model.check is not None else None
        name = self.name(text, path)
        if key.parameters:
            self.define(key.base, Function(key.parameters, tree), path)
        read = (names(tree) | names(inlined(tree, self.functions))) - set(key.parameters)
        symbolic = bool(read & ({*self.symbols, *({"I"} if self.symbols else ())} | self.symbolic))
        if symbolic:
            self.of_values(tree, path)
            if check is not None:
                self.of_values(check, (*path, "check"))
            self.symbolic.add(name)
            if not key.parameters:  # G(A0, X0): the formula with numbers for the named arrays
                body = through_calls(sized(tree, self.symbols), self.symbolic - {name}, self.symbols)
                self.define(name, Function(tuple(self.symbols), body), path)
        return Step(name, tree, key.parameters, check, model.title, model.remark, path, symbolic)

    def requirements(self) -> Iterator[tuple[Node, Path]]:
        """The conditions on a draw."""
        node = self.source.root.get("require")
        self.loop_values = {}
        if node is not None and not isinstance(node, Items):
            self.source.fail("spec-sequence", ("require",), key="require")
        for place, item in enumerate(node.items if isinstance(node, Items) else ()):
            path = ("require", place)
            yield self.tree(item.value if isinstance(item, Text) else item.source, path), path

    # ----- Names -------------------------------------------------------------------------------------------------

    def account(self, plan: Plan) -> None:
        """Every name a formula reads is given, or a step before it."""
        known, arrays = self.always_known(), self.always_known() - CONSTANTS.keys()
        for given in plan.givens:
            for tree in (given.tree, *given.options):
                if tree is not None:
                    self.known(tree, known - arrays, given.path)
                    self.reached(tree, known, given.path)
            known.add(given.name)
        for step in plan.steps:
            local = set(step.parameters)
            self.known(step.tree, known | local, step.path)
            if step.check is not None:
                self.known(step.check, known | local, step.path)
                if local:
                    self.written_down(step.check, "spec-function-form", (*step.path, "check"))
            if not step.parameters:
                self.reached(step.tree, known, step.path)
                known.add(step.name)
        for name, function in self.functions.items():
            self.known(function.body, known | set(function.parameters), ("where", name))
        for tree, path in plan.require:
            self.known(tree, known - arrays - self.symbolic, path)
        if not plan.steps:
            self.source.fail("spec-no-steps", ("steps",))
        self.not_too_deep(plan)
