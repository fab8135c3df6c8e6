"""Many variants of one formula evaluated together: shared parts once, for a whole batch.

A program computes an asked value and all its mutants as one list of operations in which equal parts are one entry. Its
inputs are the names at which the way back from the ask stops: givens, and the steps a student has written down.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence

import numpy as np
from msgspec.structs import replace

from grader.arrays import Floats
from grader.language import shapes
from grader.language.evaluate import special_form
from grader.language.graph import names_read
from grader.language.lexer import canonical_name
from grader.language.nodes import Array, Call, Name, Node, Number
from grader.language.primitives import CONSTANTS, SPECIAL_FORMS, bound_primitives
from grader.language.scope import Scope, dependent_steps
from grader.plan.plan import Plan, sized
from grader.suspects.mutants import Mutant, rank
from grader.suspects.running import NOTHING, Function, Operation, Stage, done, staged
from grader.suspects.trial import different, drawn_scenarios, scenarios, signed_scenarios

DERIVATIVES = frozenset({"grad", "jacobian", "hessian", "diff"})


class Program:
    """Operations in order; `outputs` are the registers of the right value and of every mutant that has one."""

    def __init__(self, plan: Plan, target: Node, inputs: frozenset[str], parameters: Sequence[str] = ()) -> None:
        self.plan, self.inputs, self.parameters = plan, inputs, tuple(parameters)
        self.trees = {step.name: step.tree for step in plan.steps}
        self.operations: list[Operation | None] = []
        self.leaves: dict[str, int] = {}
        self.literals: dict[int, Floats] = {}
        self.registers: dict[Hashable, int] = {}
        self.table = bound_primitives(np)
        self.scopes: dict[tuple[tuple[str, int], ...], int] = {(): 0}  # what parameters stand for, by number
        self.settled: dict[tuple[int, int], tuple[int, Node]] = {}  # by part and scope; a part kept is no other's id
        self.constants: dict[tuple[int, int], tuple[int, Node]] = {}  # the same of parts that read no step
        self.followed = 0  # how often a step was met on the way to a register
        self.forms: dict[Hashable, Function] = {}  # special forms by what they read, done together for many variants
        self.changed: dict[frozenset[str], frozenset[str]] = {}  # what wrong formulas of these names affect
        self.affected, self.target = 0, target  # how often a slip was met on the way to a register
        self.right = self.build(target, _Names(self, {}))
        self.mutants: list[Mutant] = []
        self.outputs: list[int] = []
        self.numbers: dict[int, int] = {}  # of the mutants, by their outputs

    def add(self, mutant: Mutant, target: Node | None = None) -> None:
        """One more variant; one that changes nothing is left out."""
        register = self.build(target if target is not None else self.target, _Names(self, mutant.trees))
        number = self.numbers.get(register)
        if register != self.right and number is None:
            self.numbers[register] = len(self.mutants)
            self.mutants.append(mutant)
            self.outputs.append(register)
        elif number is not None and rank(mutant) < rank(self.mutants[number]):
            self.mutants[number] = mutant

    # ----- Building ----------------------------------------------------------------------------------------------

    def register(self, key: Hashable, operation: Operation | None) -> int:
        """The register of an operation, the one that is there if it is an old one."""
        register = self.registers.get(key)
        if register is None:
            register = self.registers[key] = len(self.operations)
            self.operations.append(operation)
        return register

    def build(self, node: Node, known: _Names) -> int:
        """The register of a tree's value."""
        if isinstance(node, Name):
            return known.register(node.name)
        if isinstance(node, Number):
            register = self.register(("number", node.value), None)
            self.literals[register] = np.array((node.value,))
            return register
        key = (id(node), known.scope)
        constant = self.constants.get(key)
        if constant is not None:
            return constant[0]
        if not known.settled:
            return self.unsettled(node, key, known)
        kept = self.settled.get(key)
        if kept is not None:
            return kept[0]
        before = self.affected
        register = self.calculated(node, known)
        if self.affected == before:
            self.settled[key] = (register, node)
        return register

    def unsettled(self, node: Node, key: tuple[int, int], known: _Names) -> int:
        """The register of a part that may be another one in another variant, unless it reads no step at all."""
        before = self.followed
        register = self.calculated(node, known)
        if self.followed == before:
            self.constants[key] = (register, node)
        return register

    def calculated(self, node: Node, known: _Names) -> int:
        """The register of what a call or an array makes of its parts."""
        if isinstance(node, Call):
            if node.op in SPECIAL_FORMS:
                return self.special(node, known)
            if node.op not in self.table:
                return self.called(node, known)
            parts = tuple([self.build(arg, known) for arg in node.args])
            return self.computed(node.op, self.table[node.op], parts)
        if not isinstance(node, Array):
            raise KeyError(str(node))
        parts = tuple([self.build(item, known) for item in node.items])
        return self.computed("array", _stacked, parts)

    def computed(self, op: str, function: Callable[..., Floats], parts: tuple[int, ...]) -> int:
        """The register of an operation; what numbers that stand in a formula come to is known: the ones of a mask."""
        known = bool(parts) and op in ("neg", "array") and all(part in self.literals for part in parts)
        register = self.register((op, parts), None if known else (function, parts))
        if known and register not in self.literals:
            self.literals[register] = function(*[self.literals[part] for part in parts])
        return register

    def called(self, node: Call, known: _Names) -> int:
        """A function of the file; one that is a step is its formula, wrong if that is."""
        function = self.plan.functions[node.op]
        self.followed += canonical_name(node.op) in self.trees
        wrong = known.trees.get(canonical_name(node.op))
        body = function.body if wrong is None else sized(wrong, self.plan.symbols)
        arguments = {name: self.build(arg, known) for name, arg in zip(function.parameters, node.args, strict=True)}
        return self.build(body, known.having(canonical_name(node.op), arguments))

    def special(self, node: Call, known: _Names) -> int:
        """A derivative or a repetition, by the evaluator, from the values of everything it reads."""
        plan, altered = self.plan, known.trees
        definitions = {name: altered.get(name, tree) for name, tree in plan.definitions.items()}
        functions = {
            name: replace(function, body=altered.get(canonical_name(name), function.body))
            for name, function in plan.functions.items()
        }
        graph = plan.graph.having(
            {name: plan.names_read((tree,)) - {*plan.step(name).parameters} for name, tree in altered.items()}
        )
        scope = Scope({}, functions, definitions, graph=graph)
        trees: list[Node] = [node]
        if isinstance(node.args[-1], Name) and node.op in DERIVATIVES:  # it goes through the formulas between
            trees += [definitions[name] for name in dependent_steps(node.args[0], node.args[-1].name, scope)]
        mentioned = names_read(trees, functions)
        read = sorted(name for name in mentioned if known.reaches(name))
        kept = self.inputs.intersection(read, definitions)  # what stands on the sheet stands in the derivative too
        parts = tuple(known.register(name) for name in read)
        # Other formulas on the way are another derivative; those before it are the same one of other values.
        formulas = mentioned | {canonical_name(name) for name in mentioned & functions.keys()}
        own = tuple((name, tree) for name, tree in altered.items() if name in formulas)
        self.affected += bool(own)
        self.followed += 1

        def value(*values: Floats) -> Floats:
            values_read = dict(zip(read, values, strict=True))
            scope = Scope(values_read, functions, definitions, kept=kept, graph=graph, trial=True)
            result: Floats = special_form(node, scope)
            return result

        form = self.forms.setdefault((node, tuple(read), kept, own), value)
        return self.register(("special", node, parts, own), (form, parts))

    def affected_by(self, names: frozenset[str]) -> frozenset[str]:
        """The steps that wrong formulas of these names reach."""
        affected = self.changed.get(names)
        if affected is None:
            affected = self.changed[names] = self.plan.graph.after(names, self.inputs) if names else names
        return affected

    def leaf(self, name: str) -> int:
        """The register of an input or a constant."""
        if name in CONSTANTS and name not in self.inputs:
            register = self.register(("constant", name), None)
            self.literals[register] = np.array([CONSTANTS[name]])
            return register
        register = self.leaves[name] = self.register(("leaf", name), None)
        return register

    # ----- Running -----------------------------------------------------------------------------------------------

    def trial(self, values: Mapping[str, Floats], of_shape: bool = True) -> None:
        """Drop the variants whose sizes do not fit, those that another one says, and the operations only they need.

        `values` are those of one student, (1, *shape). Without `of_shape` those stay that have another shape.
        """
        if not self.mutants:
            self._prune()
            return
        drawn, signed = drawn_scenarios(self.registers), signed_scenarios(self.registers)
        leaves = {name: values[name] for name in self.leaves}
        with np.errstate(all="ignore"):
            results = self._run(scenarios(leaves, self.plan.index_names, drawn, signed), careful=True)
        shape = results[self.right].shape[1:]
        fitting = [
            number
            for number, register in enumerate(self.outputs)
            if results[register] is not NOTHING and (results[register].shape[1:] == shape) == of_shape
        ]
        ranked = sorted(fitting, key=lambda number: rank(self.mutants[number]))
        candidates = {number: results[self.outputs[number]] for number in ranked}
        of_each_sign = different(results[self.right], candidates, drawn + signed)
        kept = of_each_sign if self.parameters else different(results[self.right], candidates, drawn)
        kept = sorted({*kept, *(number for number in of_each_sign if self.mutants[number].only_told)})
        self.mutants = [self.mutants[number] for number in kept]
        self.outputs = [self.outputs[number] for number in kept]
        self._prune()

    def only(self, numbers: Sequence[int]) -> Program:
        """The same with some of the variants, in this order."""
        part = Program.__new__(Program)
        part.__dict__.update(self.__dict__)
        part.mutants = [self.mutants[number] for number in numbers]
        part.outputs = [self.outputs[number] for number in numbers]
        part._prune()
        return part

    def _prune(self) -> None:
        needed = {self.right, *self.outputs}
        for register in range(len(self.operations) - 1, -1, -1):
            operation = self.operations[register]
            if register in needed and operation is not None:
                needed.update(operation[1])
        self.stages = self._stages(needed)

    def _stages(self, needed: set[int]) -> list[Stage]:
        """The operations of these registers, as they are done."""
        steps = [(register, *operation) for register, operation in enumerate(self.operations)
                 if operation is not None and register in needed]  # fmt: skip
        return staged(steps, frozenset(self.forms.values()))

    def _run(self, values: Mapping[str, Floats], careful: bool) -> list[Floats]:
        """What stands in every register; `careful`: NOTHING where sizes do not fit."""
        results: list[Floats] = [NOTHING] * len(self.operations)
        for name, register in self.leaves.items():
            results[register] = values[name]
        for register, value in self.literals.items():
            results[register] = value
        done(self._stages(set(range(len(self.operations)))) if careful else self.stages, results, careful)
        return results

    def run(self, values: Mapping[str, Floats], size: int) -> tuple[Floats, Floats]:
        """The right value (size, *shape) and those of the mutants (mutants, size, *shape)."""
        with np.errstate(all="ignore"):
            results = self._run(values, careful=False)
        right = results[self.right]
        table = np.empty((len(self.outputs), size, *right.shape[1:]))
        for number, register in enumerate(self.outputs):
            table[number] = results[register]
        return np.broadcast_to(right, table.shape[1:]), table

    def values(self, values: Mapping[str, Floats]) -> list[Floats]:
        """The values of the variants, each in its own shape."""
        with np.errstate(all="ignore"):
            results = self._run(values, careful=False)
        return [results[register] for register in self.outputs]


class _Names:
    """What names mean in one variant: parameters of the function around, wrong formulas, steps, inputs."""

    def __init__(self, program: Program, trees: Mapping[str, Node], local: Mapping[str, int] | None = None) -> None:
        self.program, self.trees, self.local = program, trees, dict(local or {})
        self.affected = program.affected_by(frozenset(trees))
        self.memo: dict[Hashable, int] = {}
        self.scope, self.settled = 0, not trees

    def having(self, formula: str, local: Mapping[str, int]) -> _Names:
        """The same inside a formula; the body of a function sees its own parameters only."""
        inner = _Names.__new__(_Names)
        inner.program, inner.trees, inner.local = self.program, self.trees, dict(local)
        inner.affected, inner.memo = self.affected, self.memo
        inner.scope = self.program.scopes.setdefault(tuple(local.items()), len(self.program.scopes))
        inner.settled = self.settled
        if formula in self.program.trees:  # other functions of the file are no formulas of the graph
            inner.settled = formula not in self.affected or (formula in self.trees and len(self.trees) == 1)
        return inner

    def reaches(self, name: str) -> bool:
        """Whether the name has a value here."""
        program = self.program
        return (
            name in self.local
            or name in program.inputs
            or (name in program.trees and not program.plan.step(name).parameters)
        )

    def register(self, name: str) -> int:
        """Where the value of a name is."""
        local = self.local.get(name)
        if local is not None:
            return local
        program = self.program
        if name in self.trees and name not in program.parameters and name not in program.inputs:
            return self.stepped(name, self.trees[name])
        if name in program.parameters or name in program.inputs or name not in program.trees:
            return program.leaf(name) if name not in program.leaves else program.leaves[name]
        return self.stepped(name, program.trees[name])

    def stepped(self, name: str, tree: Node) -> int:
        """The register of a step's value, built once per variant (once for all where the slip does not reach it)."""
        self.program.followed += 1
        shared = name not in self.affected
        self.program.affected += not shared
        memo = self.program.registers if shared else self.memo
        key: Hashable = ("step", name) if shared else name
        register = memo.get(key)
        if register is None:
            register = memo[key] = self.program.build(tree, self.having(name, {}))
        return register


def _stacked(*items: Floats) -> Floats:
    return shapes.stack(np, list(items))
