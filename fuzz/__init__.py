"""Texts and files that nobody would write, thrown at the readers and markers of the package; see docs/fuzzing.md.

    grammar, file_grammar, changes   what is thrown: texts and files grown from rules, and what was changed in them
    language, files, sheets, problems   what is thrown at what, and what has to hold
    targets              THE table of targets
    outcome, worker      one input looked at; a process that goes through many
    watch                the processes of a run, and what became of them
    shrink, report       the least input that still shows a fault; a run as a table and as JSON
    guided               the same targets led by coverage, where atheris is installed

An input is a function of target, seed and number: whatever was found is found again.
"""
