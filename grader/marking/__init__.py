"""What was right: verdicts for a batch of students, from texts and the solved steps."""
