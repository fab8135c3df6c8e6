"""Problem + form → Plan: loops unrolled, indices resolved, derivatives by a symbol taken, every name accounted for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any

import numpy as np

from grader.errors import AuthorError, GraderError, Message
from grader.language.calculus import inlined as inlined  # part of a plan's vocabulary
from grader.language.evaluate import Function, evaluate
from grader.language.lexer import canonical_name
from grader.language.nodes import Call, Index, Name, Node, Number, names, substitute, transform, walk
from grader.language.primitives import CONSTANTS, FUNCTIONS
from grader.language.suggestions import nearest
from grader.problem import givens, models
from grader.problem.asks import read_ask
from grader.problem.problem import Derivative, Form, Given, Mistake, Plan, Problem, Step
from grader.problem.source import Path, Source, label, whole
from grader.problem.spec import given_model
from grader.yamltext import Entries, Items, Text
from grader.yamltext import Node as YamlNode

MAX_UNROLLED = 200


def first_form(problem: Problem) -> dict[str, str]:
    """The form with every first option."""
    return {choice.name: choice.options[0] if choice.options else composed(problem, choice.name, [0] * len(choice.slots))
            for choice in problem.form}  # fmt: skip


def composed(problem: Problem, name: str, picks: list[int]) -> str:
    """The text of a drawn function: one option of each slot put into the one before."""
    from grader.language.typeset import to_text

    choice = next(choice for choice in problem.form if choice.name == name)
    base = _bases(problem.source)
    tree: Node = Name(choice.variable)
    for slot, pick in reversed(list(zip(choice.slots, picks, strict=True))):
        text, path = slot[pick], ("given", f"{name}({choice.variable})", "function")
        if text in FUNCTIONS:
            tree = Call(FUNCTIONS[text], (tree,))
        else:
            inner = problem.source.expression(text, path, base | {"u", choice.variable}, ())
            tree = substitute(inner, {"u": tree})
    return to_text(tree)


def plan_of(problem: Problem, form: Form) -> Plan:
    """The plan for a form, made once. Raises AuthorError with file, line and cure."""
    key = tuple(sorted(form.items()))
    plan = problem.plans.get(key)
    if plan is None:
        plan = problem.plans[key] = _Planner(problem, form).plan()
    return plan


def _bases(source: Source) -> frozenset[str]:
    """Names that a formula may use, loops included: what the parser must take for names and not for products."""
    found: set[str] = set()

    def collect(node: YamlNode | None, path: Path) -> None:
        for key, value in node.entries if isinstance(node, Entries) else ():
            place = (*path, key.value)
            loop = source.loop(key.value, place)
            if loop:
                found.add(loop.name)
                collect(value, place)
                continue
            parsed = source.key(key.value, place)
            found.update(parsed.parameters)
            if not parsed.parameters:
                found.add(canonical_name(parsed.base))

    for part in ("form", "given", "where", "symbols", "steps"):
        collect(source.root.get(part), (part,))
    return frozenset(found)


@dataclass
class _Planner:
    problem: Problem
    form: Form
    constants: dict[str, Node] = field(default_factory=dict)
    functions: dict[str, Function] = field(default_factory=dict)
    labels: dict[str, Path] = field(default_factory=dict)
    symbols: dict[str, tuple[str, ...]] = field(default_factory=dict)
    symbolic: set[str] = field(default_factory=set)
    derivatives: list[Derivative] = field(default_factory=list)
    loop_values: dict[str, Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source = self.problem.source
        self.names = _bases(self.source)
        words = [choice for choice in self.problem.form if choice.options]
        for choice in words:
            text = self.form[choice.name]
            tree = self.source.expression(text, ("form", choice.name), (), ())
            self.constants[canonical_name(choice.name)] = tree
        self.words = {option for choice in words for option in choice.options if not re.fullmatch(r"[-\d.]+", option)}
        self.function_names = {key.base for key in self.keys() if key.parameters}

    def keys(self) -> Iterator[Any]:
        for part in ("given", "where", "steps"):
            for text, _, path in self.unrolled(part):
                yield self.source.key(text, path)

    def plan(self) -> Plan:
        self.read_symbols()
        self.read_labels()
        given = [self.given(text, node, path) for text, node, path in self.unrolled("given")]
        for text, node, path in self.unrolled("where"):
            self.where(text, node, path)
        steps = [self.step(text, node, path) for text, node, path in self.unrolled("steps")]
        plan = Plan(
            self.problem, self.form, tuple(item for item in given if item), self.functions, tuple(steps), (),
            tuple(self.requirements()), (), self.symbols,
        )  # fmt: skip
        self.account(plan)
        asks = tuple(read_ask(self, plan, text, node, path) for text, node, path in self.unrolled("ask"))
        if len({ask.id for ask in asks}) < len(asks):
            self.source.fail("spec-ask-twice", ("ask",))
        return replace(plan, asks=asks, mistakes=tuple(self.mistakes()), derivatives=tuple(self.derivatives))

    def read_labels(self) -> None:
        """The names of all givens and steps, each used once."""
        for part in ("given", "steps"):
            for text, _, path in self.unrolled(part):
                name = self.name(text, path)
                if name in self.labels or name in self.symbols:
                    self.source.fail("spec-name-twice", path, name=name)
                self.labels[name] = path

    # ----- Walking the file --------------------------------------------------------------------------------------

    def unrolled(self, part: str) -> Iterator[tuple[str, YamlNode, Path]]:
        """Entries of a part in order, loops unrolled; the loop's name is put into the texts' trees later."""
        node = self.source.root.get(part)
        if node is None:
            return
        if not isinstance(node, Entries):
            self.source.fail("spec-mapping", (part,), key=part)
        yield from self.block(node, (part,), {})

    def block(self, node: Entries, path: Path, values: dict[str, Node]) -> Iterator[tuple[str, YamlNode, Path]]:
        for key, value in node.entries:
            place = (*path, key.value)
            loop = self.source.loop(key.value, place)
            if loop is None:
                self.loop_values = dict(values)
                yield key.value, value, place
                continue
            if not isinstance(value, Entries):
                self.source.fail("spec-mapping", place, key=key.value)
            known = {**self.constants, **values}
            first, last = whole(loop.first, known), whole(loop.last, known)
            if first is None or last is None or last - first >= MAX_UNROLLED:
                self.source.fail("spec-loop", place, key=key.value)
            for number in range(first, last + 1):
                yield from self.block(value, place, {**values, loop.name: Number(str(number))})

    def name(self, text: str, path: Path) -> str:
        """The unrolled name of a key: `m[t]` at t = 2 is `m[2]`."""
        key = self.source.key(text, path)
        indices = [whole(index, {**self.constants, **self.loop_values}) for index in key.indices]
        if any(index is None for index in indices):
            self.source.fail("spec-index", path, name=text)
        base = canonical_name(key.base)
        return label(base, [index for index in indices if index is not None])

    # ----- Formulas ----------------------------------------------------------------------------------------------

    def tree(self, text: str, path: Path, local: tuple[str, ...] = ()) -> Node:
        """A formula with loop values and the form put in, indices resolved, decided conditions removed."""
        node = self.source.expression(text, path, self.names | set(local), self.function_names)
        values = {key: value for key, value in {**self.constants, **self.loop_values}.items() if key not in local}
        node = transform(substitute(node, values), lambda part: self.resolve(part, path))
        try:
            return self.take_derivatives(node, path)
        except GraderError as fault:
            if isinstance(fault, AuthorError) and fault.file:
                raise
            self.source.fail("spec-expression", path, text=text, reason=fault.message)

    def resolve(self, node: Node, path: Path) -> Node:
        if isinstance(node, Call) and node.op == "if":
            return self.decide(node)
        if isinstance(node, Call):
            self.fits(node, path)
            truth = self.truth(node) if node.op in ("eq", "ne") else None
            node = node if truth is None else Number("1" if truth else "0", node.span)
        if not isinstance(node, Index):
            return node
        base = canonical_name(node.base)
        indices = [whole(index, {}) for index in node.indices]
        if all(index is not None for index in indices):
            name = label(base, [index for index in indices if index is not None])
            if name in self.labels:
                return Name(name, node.span)
        if base in self.labels or base in self.names:
            if base not in self.labels and any(known.startswith(f"{base}[") for known in self.labels):
                self.source.fail("spec-unknown-step", path, name=label(base, [index or 0 for index in indices]))
            return Call("entry", (Name(base, node.span), *node.indices), node.span)
        self.source.fail("spec-unknown-name", path, name=base, hint="")

    def fits(self, node: Call, path: Path) -> None:
        """A call of a function of the file has as many arguments as the function."""
        function = self.functions.get(node.op)
        if function and len(function.parameters) != len(node.args):
            wanted, given = len(function.parameters), len(node.args)
            self.source.fail("spec-arguments", path, function=node.op, count=wanted, given=given)

    def decide(self, node: Call) -> Node:
        """`if(mode = sgd, a, b)`: a condition on the form is decided here, one on drawn numbers stays."""
        condition, then, otherwise = node.args
        truth = self.truth(condition)
        return node if truth is None else then if truth else otherwise

    def truth(self, condition: Node) -> bool | None:
        """What the form alone says of a condition; None where it needs drawn numbers."""
        if isinstance(condition, Number):  # decided before
            return condition.value > 0.5
        if not isinstance(condition, Call):
            return None
        if condition.op in ("eq", "ne"):
            left, right = condition.args
            fixed = all(isinstance(side, Number) or (isinstance(side, Name) and side.name in self.words)
                        for side in (left, right))  # fmt: skip
            return (left == right) == (condition.op == "eq") if fixed else None
        if condition.op not in ("and", "or"):
            return None
        parts, enough = [self.truth(part) for part in condition.args], condition.op == "or"
        return enough if enough in parts else None if None in parts else not enough

    def take_derivatives(self, node: Node, path: Path) -> Node:
        """`diff(f(x), x)` by the rules; functions are written out first."""

        def rule(part: Node) -> Node:
            if not isinstance(part, Call) or part.op != "diff":
                return part
            from grader.language.differentiate import differentiate

            by = part.args[1]
            if not isinstance(by, Name):
                self.source.fail("spec-derivative-by", path)
            what = inlined(part.args[0], self.functions)
            result = differentiate(what, by.name)
            self.derivatives.append(Derivative(what, by.name, result, path))
            return result

        return transform(node, rule)

    # ----- Parts -------------------------------------------------------------------------------------------------

    def given(self, text: str, node: YamlNode, path: Path) -> Given | None:
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
            options = tuple(self.tree(str(option), (*path, "choose", place)) for place, option in enumerate(model.choose))
            if not options:
                self.source.fail("given-empty", path)
            return Given(name, draw=givens.Choose(len(options)), options=options, path=path)
        try:
            return Given(name, draw=self.draw(model, path), path=path)
        except AuthorError as fault:
            self.source.fail(fault.message.key, path, **fault.message.values)

    def draw(self, model: Any, path: Path) -> givens.Given:
        """The kind of draw with its parameters computed."""
        number: Callable[[Any], float] = lambda value: self.constant(str(value), path)  # noqa: E731
        if isinstance(model, models.Integers | models.Reals):
            shape = self.shape(str(model.shape), path) if model.shape is not None else ()
            exclude = tuple(number(value) for value in model.exclude)
            distinct = str(model.distinct).lower() == "true"
            if isinstance(model, models.Integers):
                low, high = (number(value) for value in model.ints)
                return givens.Integers(low, high, shape, exclude, distinct)
            low, high = (number(value) for value in model.reals)
            return givens.Reals(low, high, number(model.step), shape, exclude, distinct)
        if isinstance(model, models.Matrix):
            low, high = (number(value) for value in model.entries)
            rows, columns = (*self.shape(str(model.matrix), path), 1)[:2]
            return givens.Matrix((rows, columns), low, high, number(model.step), frozenset(model.properties))
        if isinstance(model, models.Permutation):
            return givens.Permutation(int(number(model.permutation)))
        return givens.Graph(int(number(model.graph.get("nodes", 0))), int(number(model.graph.get("edges", 0))))

    def constant(self, text: str, path: Path) -> float:
        tree = self.tree(text, path)
        for name in sorted(names(tree) - CONSTANTS.keys()):
            drawn = name in self.labels or name in self.symbols
            self.source.fail("spec-not-constant" if drawn else "spec-unknown-name", path, name=name, hint="")
        return float(np.ravel(evaluate(tree, {}))[0])

    def shape(self, text: str, path: Path) -> tuple[int, ...]:
        sizes = [self.constant(part, path) for part in split_shape(text)]
        if not 1 <= len(sizes) <= 2 or any(size != int(size) or size < 1 for size in sizes):
            self.source.fail("spec-shape", path, text=text)
        return tuple(int(size) for size in sizes)

    def read_symbols(self) -> None:
        for text, node, path in self.unrolled("symbols"):
            if not isinstance(node, Text):
                self.source.fail("spec-shape", path, text=node.source)
            parts = split_shape(node.value)
            self.symbols[canonical_name(text)] = () if parts == ["number"] else tuple(parts)

    def where(self, text: str, node: YamlNode, path: Path) -> None:
        key = self.source.key(text, path)
        if not isinstance(node, Text) or not key.parameters:
            self.source.fail("spec-where", path)
        self.define(key.base, Function(key.parameters, self.tree(node.value, path, key.parameters)), path)

    def define(self, name: str, function: Function, path: Path) -> None:
        """Add a function; one that comes back to itself is refused."""
        self.functions[name] = function
        reached, todo = set[str](), [function.body]
        while todo:
            calls = {part.op for part in walk(todo.pop()) if isinstance(part, Call)} & self.functions.keys() - reached
            reached |= calls
            todo += [self.functions[call].body for call in calls]
        if name in reached:
            self.source.fail("spec-function-cycle", path, name=name)

    def step(self, text: str, node: YamlNode, path: Path) -> Step:
        key = self.source.key(text, path)
        model = models.StepModel(node.value if isinstance(node, Text) else node.source)
        if isinstance(node, Entries):
            model = self.source.model(node, models.StepModel, path)
        elif isinstance(node, Items):
            model = models.StepModel(node.source)
        self.source.texts(model.title, (*path, "title"))
        self.source.texts(model.remark, (*path, "remark"))
        tree = self.tree(str(model.is_), path, key.parameters)
        check = self.tree(str(model.check), (*path, "check"), key.parameters) if model.check is not None else None
        name = self.name(text, path)
        if key.parameters:
            self.define(key.base, Function(key.parameters, tree), path)
        read = names(inlined(tree, self.functions)) - set(key.parameters)
        symbolic = bool(read & (self.symbols.keys() | self.symbolic))
        if symbolic:
            self.symbolic.add(name)
        return Step(name, tree, key.parameters, check, model.title, model.remark, path, symbolic)

    def requirements(self) -> Iterator[tuple[Node, Path]]:
        node = self.source.root.get("require")
        self.loop_values = {}
        if node is not None and not isinstance(node, Items):
            self.source.fail("spec-sequence", ("require",), key="require")
        for place, item in enumerate(node.items if isinstance(node, Items) else ()):
            path = ("require", place)
            yield self.tree(item.value if isinstance(item, Text) else item.source, path), path

    def mistakes(self) -> Iterator[Mistake]:
        self.loop_values = {}
        for name, model in self.problem.mistakes.items():
            possible = model.when is None or self.constant(f"if({model.when}, 1, 0)", ("mistakes", name, "when"))
            if possible:
                yield Mistake(name, dict(self.altered(name, model.steps)), model.say)

    def altered(self, mistake: str, steps: dict[str, Any]) -> Iterator[tuple[str, Node]]:
        """The altered formulas of a slip, for every round of the loop their key names (`mhat[t]`)."""
        known = {text: place for text, _, place in self.unrolled("steps")}
        for key, text in steps.items():
            path = ("mistakes", mistake, "steps", key)
            place = known.get(key)
            if place is None and key not in self.labels:
                self.source.fail("spec-unknown-step", path, name=key)
            for found, _, _ in self.unrolled("steps") if place else iter([(key, None, ())]):
                if found == key:
                    local = self.source.key(key, path).parameters
                    step, tree = self.name(key, path), self.tree(str(text), path, local)
                    before = takewhile(lambda label: label != step, self.labels)  # noqa: B023 - used at once
                    self.known(tree, {*CONSTANTS, *self.symbols, *local, "I", *before}, path)
                    yield step, tree

    # ----- Names -------------------------------------------------------------------------------------------------

    def account(self, plan: Plan) -> None:
        """Every name a formula reads is given, or a step before it."""
        known = {*CONSTANTS, *self.symbols, *({"I"} if self.symbols else ())}
        for given in plan.givens:
            for tree in (given.tree, *given.options):
                if tree is not None:
                    self.known(tree, known, given.path)
            known.add(given.name)
        for step in plan.steps:
            local = set(step.parameters)
            self.known(step.tree, known | local, step.path)
            if step.check is not None:
                self.known(step.check, known | local, step.path)
            if not step.parameters:
                known.add(step.name)
        for name, function in self.functions.items():
            self.known(function.body, known | set(function.parameters), ("where", name))
        for tree, path in plan.require:
            self.known(tree, known, path)
        if not plan.steps:
            self.source.fail("spec-no-steps", ("steps",))

    def known(self, tree: Node, known: set[str], path: Path) -> None:
        for part in walk(tree):
            if isinstance(part, Call):
                self.fits(part, path)
            if isinstance(part, Name) and part.name not in known and part.name not in self.functions:
                meant = nearest(part.name, known)
                hint: Any = Message("syntax-did-you-mean", {"word": meant}) if meant else ""
                self.source.fail("spec-unknown-name", path, name=part.name, hint=hint)


def split_shape(text: str) -> list[str]:
    """`2x3` → 2, 3; `n x m` → n, m; `n` → n."""
    return [part for part in re.split(r"(?<=[\d)])\s*[x×]\s*(?=[\d(])|\s+[x×]\s+", text.strip()) if part]
