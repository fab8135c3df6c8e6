"""Files that people hand in: from the disk to text, with a clear word about everything that is not text."""

from __future__ import annotations

import difflib
import itertools
import os
import stat
from pathlib import Path

from grader.errors import InputError, Message
from grader.patterns import pattern

SIZE_LIMIT = 1_000_000
"""Bytes of a spec or of an answers file."""

_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")  # line breaks to YAML, invisible in an editor
_PDF, _PICTURE, _DOCUMENT = "file-kind-pdf", "file-kind-picture", "file-kind-document"
_ARCHIVE, _TABLE = "file-kind-archive", "file-kind-table"
_KINDS = {
    _PDF: (".pdf", ".ps", ".djvu"),
    _PICTURE: (".png", ".jpg", ".jpeg", ".heic", ".heif", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".svg"),
    _DOCUMENT: (".docx", ".doc", ".odt", ".rtf", ".pages", ".docm", ".dot", ".wps"),
    _ARCHIVE: (".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz"),
    _TABLE: (".xlsx", ".xls", ".ods", ".numbers", ".csv", ".tsv", ".xlsm"),
}
_KIND_OF_SUFFIX = {suffix: kind for kind, suffixes in _KINDS.items() for suffix in suffixes}
_MAGIC = {
    b"%PDF": _PDF,
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"{\\rtf": _DOCUMENT,
    b"\xd0\xcf\x11\xe0": _DOCUMENT,
    b"PK\x03\x04": _ARCHIVE,
    b"PK\x05\x06": _ARCHIVE,
    b"Rar!": _ARCHIVE,
    b"7z\xbc\xaf": _ARCHIVE,
    b"\x1f\x8b": _ARCHIVE,
}
_PARTS = {
    b"xl/": _TABLE,
    b"opendocument.spreadsheet": _TABLE,
    b"[Content_Types].xml": _DOCUMENT,
    b"opendocument.text": _DOCUMENT,
}
"""What stands near the beginning of archives that are something else to people."""
_HEAD = 4000


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


def refuse_outside(path: Path, folder: Path) -> None:
    """Refuse a link that leads out of its folder: InputError. Where the folder itself lies is its owner's business."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise InputError("file-outside", file=str(path), folder=folder.name)


def _near_names(path: Path) -> list[str]:
    try:
        with os.scandir(path.parent) as folder:
            names = [entry.name for entry in itertools.islice(folder, 1000) if entry.name != path.name]
    except OSError:
        return []
    return difflib.get_close_matches(path.name[:255], names, n=3, cutoff=0.7)


def _check_size(size: int, limit: int, name: str) -> None:
    if size > limit:
        raise InputError("file-too-large", file=name, size=size / 1e6, limit=limit / 1e6)


def kind_of_file(name: str, data: bytes = b"") -> str:
    """The key of the words for a file that is no text, by how its name ends or how it begins; "" for any other.

    An archive that is called a document, or has one's parts in it, is a document: a DOCX is a ZIP inside.
    """
    by_name = _KIND_OF_SUFFIX.get(os.path.splitext(name)[1].lower(), "")
    by_content = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), "")
    if by_content == _ARCHIVE:
        by_content = next((kind for part, kind in _PARTS.items() if part in data), by_content)
    return by_name if by_name and (not data or by_content) else by_content


def decode(data: bytes, name: str, limit: int = SIZE_LIMIT) -> str:
    """UTF-8 (with or without BOM) as text, lines ending in `\\n`; raises InputError that says what it is."""
    _check_kind(data, name, limit)
    try:
        if 0 not in data:
            return _tidy(data.decode("utf-8"), name)
        line = 1
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    encoding = encoding_of(data)
    if encoding.startswith(("utf-16", "utf-32")):
        raise InputError("file-utf16", file=name)
    key = "file-cp1251" if encoding == "cp1251" else "file-binary" if _CONTROL.search(data) else "file-not-utf8"
    raise InputError(key, file=name, line=line if 0 not in data else None)


def decode_any(data: bytes, name: str, limit: int = SIZE_LIMIT) -> tuple[str, Message | None]:
    """Text in UTF-8, or in any other encoding that can be recognised, and a remark on how it was read.

    A few bytes that are no letters in UTF-8 cost only the lines they stand in.
    """
    try:
        return decode(data, name, limit), None
    except InputError as error:
        encoding = encoding_of(data)
        if error.message.key not in _OTHER_ENCODING or not encoding:
            raise
        line = error.line or data.count(b"\n", 0, max(0, data.find(0))) + 1
    text = _tidy(data.decode(encoding, errors="replace"), name)
    if encoding == "utf-8":
        return text, Message("file-bytes-lost", {"line": line})
    return text, Message("file-read-as", {"encoding": encoding[:6].upper()})


_OTHER_ENCODING = ("file-utf16", "file-cp1251", "file-not-utf8", "file-binary")


def _check_kind(data: bytes, name: str, limit: int) -> None:
    _check_size(len(data), limit, name)
    if not data:
        raise InputError("file-empty", file=name)
    if kind := kind_of_file(name, data[:_HEAD]):
        raise InputError("file-kind", file=name, kind=Message(kind))


def _tidy(text: str, name: str) -> str:
    text = text.lstrip("\ufeff")
    if not text.strip():
        raise InputError("file-empty", file=name)
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINE_ENDS)


# ----- Encodings --------------------------------------------------------------------------------------------------

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROL = pattern(rb"[\x00-\x08\x0e-\x1f]")
_ONE_BYTE_LETTERS = pattern(rb"[\xc0-\xff\xa8\xb8]")
_ONE_BYTE_SIGNS = pattern(rb"[\xab\xbb\xb1-\xb3\xb7\xb9\xb0\x91-\x97\x85\xa0]")
_CYRILLIC_WORD = pattern(rb"(?<![A-Za-z\xc0-\xff\xa8\xb8])[\xc0-\xff\xa8\xb8]{2,}(?![A-Za-z\xc0-\xff\xa8\xb8])")
_CAPITAL_CP1251 = pattern(rb"(?<![\xc0-\xff])[\xc0-\xdf\xa8][\xe0-\xff\xb8]+(?![\xc0-\xff])")
_CAPITAL_KOI8 = pattern(rb"(?<![\xc0-\xff])[\xe0-\xff\xb3][\xc0-\xdf\xa3]+(?![\xc0-\xff])")
_LETTERS_CP866 = pattern(rb"[\x80-\xaf\xe0-\xf1]")
_WESTERN_WORD = pattern(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][A-Za-z]")


def encoding_of(data: bytes) -> str:
    """How bytes are encoded: utf-8, utf-16, utf-32, cp1251 or cp1252, perhaps koi8-r or cp866; "" where it is no text.

    Only the first and those with a mark are certain: tell whoever handed it in.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    if marked not in ("", "utf-8"):
        return marked if _is_text(data, marked) else ""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "" if _CONTROL.search(data) else _one_byte(data)
    bare = data.replace(b"\0", b"")
    if len(bare) == len(data) or (len(data) - len(bare) <= 0.02 * len(data) and not _CONTROL.search(bare)):
        return "utf-8"
    wide = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
    return wide if _is_text(data, wide) else ""


def _is_text(data: bytes, encoding: str) -> bool:
    """Whether bytes are letters people write in that encoding, not any two bytes taken for one."""
    width = 4 if encoding == "utf-32" else 2
    try:
        text = data[: len(data) // width * width].decode(encoding)  # an end that was cut off is no reason
    except UnicodeDecodeError:
        return False
    near = sum(letter in "\t\n\r" or " " <= letter < "\u0600" or "\u2000" <= letter < "\u2c00" for letter in text)
    return "\0" not in text and near >= max(1, 0.7 * len(text))


def _one_byte(data: bytes) -> str:
    """The encoding of bytes that are not UTF-8: most of it broken UTF-8, or letters of one byte each, or no text."""
    high = sum(byte >= 0x80 for byte in data)
    known = "".join(letter for letter in data.decode("utf-8", errors="ignore") if letter >= "\x80")
    broken = high - len(known.encode())
    if len(known) >= 3 * broken:
        return "utf-8"
    letters = len(_ONE_BYTE_LETTERS.findall(data))
    if letters + len(_ONE_BYTE_SIGNS.findall(data)) > 0.8 * high:
        if len(_CYRILLIC_WORD.findall(data)) < max(1, len(_WESTERN_WORD.findall(data))):
            return "cp1252"
        return "koi8-r" if len(_CAPITAL_KOI8.findall(data)) > len(_CAPITAL_CP1251.findall(data)) else "cp1251"
    if high > 3 and len(_LETTERS_CP866.findall(data)) > 0.95 * high:
        return "cp866"
    return "utf-8" if broken <= 3 else ""


def shorten(text: str, length: int = 40) -> str:
    """A text of the file for a message."""
    return text if len(text) <= length else text[: length - 1] + "…"
