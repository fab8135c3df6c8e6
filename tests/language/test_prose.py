"""What an author's Markdown may say and what not, before pandoc reads it and after."""

from __future__ import annotations
