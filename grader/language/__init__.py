"""The maths language: text, trees, values, derivatives, print. It knows nothing of problems.

    what there is      characters, nodes, shapes, windows, primitives (THE table); ranks
    text → tree        scan, latex, lexer; words, suggestions; cursor, brackets, calls, forms, parser; reading, enclosed
    tree → tree        exact, construct, products: tidy terms; differentiate, derivation: by the rules, line by line
    tree → numbers     functions, graph, scope: what names mean; calculus, evaluate; differences: an independent check
    tree → print       plaintext: as typed; numerals, typeset: LaTeX; scripts, pieces, unicode: one line; sympy_export
    LaTeX of a file    boxes, signs, tex, plain: what an author's formula looks like, without knowing what it means

A module imports only what stands before it here.
"""
