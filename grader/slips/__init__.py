"""Slips as rewrite rules on trees: what a formula becomes when one thing in it is done wrong."""
