"""Numbers from a hash: streams, variant codes, and the kinds of draws; nothing of problems."""
