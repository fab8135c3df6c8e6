"""What the work costs, beside what other tools take for the same: `python -m benchmarks`, see docs/benchmarks.md."""

import os

for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ[_name] = "1"  # read when NumPy is imported, so it is said here, before any module can
