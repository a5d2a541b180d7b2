"""Codes that people read to each other or that stand in a link: short, without vowels, and not to be guessed.

Twenty-seven signs, none of which is taken for another and which never make a word: a code of ten has 47 bits, one of
eight, 38. Where they come from (`secrets`) is the shell's matter.
"""

SIGNS = "23456789BCDFGHJKMNPQRSTVWXZ"
CODE_LENGTH = 10
SHORT_LENGTH = 8
_HALF = SHORT_LENGTH // 2


def read_code(text: str) -> str | None:
    """Return a person's code as it is stored, from what somebody typed; None where that is none."""
    code = "".join(sign for sign in text.upper() if sign not in " -")
    return code if len(code) == SHORT_LENGTH and set(code) <= set(SIGNS) else None


def spelled(code: str) -> str:
    """Write a person's code in two halves, to be read out."""
    return f"{code[:_HALF]}-{code[_HALF:]}"


def code_in_link(text: str) -> str | None:
    """Return the code after /start, where a deep link puts it; None where nothing of that form stands there.

    Other words are no invitation: a clinic may print links of its own, such as ?start=leaflet.
    """
    parts = text.split()
    is_code = len(parts) > 1 and len(parts[1]) == CODE_LENGTH and set(parts[1]) <= set(SIGNS)
    return parts[1] if is_code else None
