from grader.language.typeset import to_text


def name_unicode(name):
    return name


def to_unicode(node, language="en", values=None):
    return to_text(node)
