"""Figures of problems: from the file's formulas to a scene of lines and labels, and from there to SVG and TikZ.

reading      the file's part with its formulas parsed, once for a plan
numbers      one student's values and words
kinds        the kinds of pictures: net, plot, ...; each makes a scene and sentences that say the same
canvas       lines, and labels that look for a place
scene        what is drawn, as data
svg, tikz    the scene in two notations
overlaps     what a picture must not have
"""
