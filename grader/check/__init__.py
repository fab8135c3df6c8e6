"""A problem proves itself: forms, draws, values, mistakes, independent confirmation, answers, texts, typesetting."""

from grader.check.check import check_problem as check_problem
from grader.check.check import check_problems as check_problems
from grader.check.paths import check_paths as check_paths
from grader.check.report import Finding as Finding
from grader.check.report import Report as Report
