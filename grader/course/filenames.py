"""Names of files and folders that are made of a student's id."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_RESERVED = re.compile(r"(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\.|$)", re.IGNORECASE)
_DIGEST_LIKE = re.compile(r"-[0-9a-f]{8}$", re.IGNORECASE)
_NAME_BYTES = 120


def answers_name(name: str) -> str:
    """The answers file of a student, by the safe form of the id."""
    return f"answers-{name}.yaml"


def safe_filename(student: str) -> str:
    """A student's id as the name of a file or a folder, the same on every system.

    Letters of any alphabet stay. Where anything had to be changed, a digest keeps two students apart.
    """
    exact = unicodedata.normalize("NFC", student)
    text = "".join(c if c.isalnum() or c in "-_.@+" else "_" for c in exact).strip("._-")
    text = text.encode()[:_NAME_BYTES].decode(errors="ignore").rstrip("._-") or "student"
    if text == exact and not _RESERVED.match(text) and not _DIGEST_LIKE.search(text):
        return text
    digest = hashlib.blake2s(exact.encode(errors="surrogatepass"), digest_size=4).hexdigest()
    return f"{'_' if _RESERVED.match(text) else ''}{text}-{digest}"
