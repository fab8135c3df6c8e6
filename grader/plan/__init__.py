"""What a plan is: one structure of a problem unrolled, its graph and facts, and students' numbers solved along it."""
