"""What could have gone wrong: the formulas of a plan with one slip each, and the programs that compute them."""
