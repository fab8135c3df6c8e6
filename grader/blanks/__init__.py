"""What a blank takes: the kinds of answers, and how far honest rounding may lead from the exact value."""
