"""Worksheets: a format-neutral document, and the formats it is printed in."""
