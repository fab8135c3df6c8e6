"""The maths language: text, trees, values, derivatives, print. It knows nothing of problems."""
