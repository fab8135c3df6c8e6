"""Files that people hand in: from the disk to text, with a clear word about everything that is not text."""

from __future__ import annotations

import difflib
import itertools
import os
import stat
from pathlib import Path

from grader.errors import InputError

SIZE_LIMIT = 1_000_000
"""Bytes of a spec or of an answers file."""

_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")  # line breaks to YAML, invisible in an editor
_KINDS = {b"%PDF": "PDF", b"PK\x03\x04": "ZIP, DOCX, XLSX", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG"}


def read_file(path: str | Path, limit: int = SIZE_LIMIT) -> bytes:
    """The bytes of an ordinary file of at most `limit` bytes; raises InputError before it reads more."""
    path, name = Path(path), str(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError("file-directory", file=name)
        if not stat.S_ISREG(status.st_mode):
            raise InputError("file-special", file=name)
        _check_size(status.st_size, limit, name)
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        near = _near_names(path)
        key = "file-missing-near" if near else "file-missing"
        raise InputError(key, file=name, near=near) from None
    except PermissionError:
        raise InputError("file-permission", file=name) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError("file-unreadable", file=name, reason=reason) from None
    _check_size(len(data), limit, name)
    return data


def _near_names(path: Path) -> list[str]:
    try:
        with os.scandir(path.parent) as folder:
            names = [entry.name for entry in itertools.islice(folder, 1000)]
    except OSError:
        return []
    return difflib.get_close_matches(path.name[:255], names, n=3, cutoff=0.7)


def _check_size(size: int, limit: int, name: str) -> None:
    if size > limit:
        raise InputError("file-too-large", file=name, size=size / 1e6, limit=limit / 1e6)


def decode(data: bytes, name: str, limit: int = SIZE_LIMIT) -> str:
    """UTF-8 (with or without BOM) as text, lines ending in `\\n`; raises InputError that says what it is."""
    _check_size(len(data), limit, name)
    kind = next((kind for magic, kind in _KINDS.items() if data.startswith(magic)), None)
    if kind:
        raise InputError("file-kind", file=name, kind=kind)
    zeros = data.count(0)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or 0.2 * len(data) < zeros <= 0.5 * len(data):
        raise InputError("file-utf16", file=name)
    if zeros:
        raise InputError("file-binary", file=name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        key = "file-cp1251" if looks_cp1251(data) else "file-not-utf8"
        raise InputError(key, file=name, line=line) from None
    if not text.strip():
        raise InputError("file-empty", file=name)
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS)


def looks_cp1251(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 are probably Russian text in the old Windows encoding."""
    high = [byte for byte in data if byte >= 0x80]
    letters = sum(byte >= 0xC0 or byte in (0xA8, 0xB8) for byte in high)
    return letters > 0.8 * len(high) and not any(byte < 9 or 13 < byte < 32 for byte in data)


def shorten(text: str, length: int = 40) -> str:
    """A text of the file for a message."""
    return text if len(text) <= length else text[: length - 1] + "…"
