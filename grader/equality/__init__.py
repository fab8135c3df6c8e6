"""Are two answers the same: numbers, arrays and expressions, by value and never by form."""
