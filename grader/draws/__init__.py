"""What is drawn: numbers for every student, redrawn until the conditions hold and the slips can be told apart."""
