"""Run by itself in an interpreter that has mathematics_dataset: prints seconds per problem over COUNT problems."""

import sys
from time import perf_counter

from mathematics_dataset.modules import calculus


def main(count: int) -> None:
    make = calculus.train(lambda entropies: entropies)["differentiate"]
    make()  # imports and caches
    start = perf_counter()
    for _ in range(count):
        problem = make()
        str(problem.question), str(problem.answer)
    print((perf_counter() - start) / count)


main(int(sys.argv[1]))
