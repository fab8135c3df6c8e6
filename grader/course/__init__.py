"""A course on disk: answers files, the roster, submissions."""
