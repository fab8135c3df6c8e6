"""A problem proves itself: forms, draws, values, mistakes, independent confirmation, answers, texts, typesetting."""
