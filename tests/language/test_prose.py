"""What an author's Markdown may say and what not, before pandoc reads it and after."""

from __future__ import annotations

import pytest
from tables import rows

from grader.errors import AuthorError
from grader.language.prose import fault_of, without_tags
from grader.worksheet.pandoc import convert
