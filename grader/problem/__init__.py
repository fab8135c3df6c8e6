"""What is asked: draws, specs, the reference solution, the kinds of answers; nothing of students' files."""
