"""The maths language: text, trees, values, derivatives, print. It knows nothing of problems.

    what there is      characters, nodes, shapes, windows, primitives (THE table); ranks; doubts (THE table)
    text → tree        literals, scan, latex, lexer; words, suggestions, refusals, ends; cursor, brackets, calls, forms,
                       parser; natural, enclosed, bare, layout, reading: what else a text may mean
    tree → tree        exact, construct, products: tidy terms; differentiate, derivation: by the rules, line by line
    tree → numbers     functions, graph, scope: what names mean; calculus, evaluate; differences: an independent check
    tree → print       plaintext: as typed; numerals, typeset: LaTeX; scripts, pieces, unicode: one line; sympy_export
    LaTeX of a file    boxes, signs, tex, plain: what an author's formula looks like, whatever it means; labels

A module imports only what stands before it here.
"""
