"""Files that begin as no log of curl's does: programs, pictures, documents, archives, source code and changes to it.

They can hold curl's words (curl itself does), and chance makes marks of theirs. So of these only a whole call is
believed (`assembler/strangers.py`); a log that somebody put behind such a beginning is read as ever.
"""

from __future__ import annotations

from curlx.packing import is_packed
from curlx.patterns import Pattern

HEAD = 4096
"""Bytes that tell."""

_BINARY = (
    b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"MZ\x90\0", b"!<arch>\n", b"\0asm",
    b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"\xff\xd8\xff", b"RIFF", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0",
    b"%PDF-", b"%!PS-", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"SQLite format 3\0", b"wOF2", b"OggS", b"ID3",
    b"7z\xbc\xaf", b"Rar!\x1a",
)  # fmt: skip
"""What they begin with, as file(1) knows it, beside what is packed.

The two letters of a bitmap and of a program alone prove nothing.
"""
_WITH_NUL = (b"BM", b"RIFF", b"ID3")
"""Of these, those that a text could begin with as well: it has no zero byte right behind."""

_CODE = Pattern(
    r"\ufeff?(?:[ \t\r]{0,80}\n|#(?!include|ifndef|ifdef|define|pragma)[^\n]{0,400}\n){0,200}"
    r"(?:/\*|//|\"\"\"\w|'''\w(?![^\n]{0,400}'''\s{1,9}''')|#(?:include|ifndef|ifdef|define|pragma) ?[<\"\w]"
    r"|<\?php\b(?![^\n]{0,200}\?>[ \t\r]{0,9}\n)|from [\w.]{1,99} import "
    r"|import [\w.]{1,99}(?: as \w{1,99})?;?[ \t\r]{0,9}\n|import [\w{*].{0,300}? from [\"']"
    r"|(?:package|using|namespace|use) [\w.:\\]{1,99};?[ \t\r]{0,9}\n)"
)
"""How source code begins, behind comments of `#`, as Python, C, Go, Java, JavaScript, PHP, Rust and C# write it.

CodeIgniter keeps its logs in files of PHP whose first line refuses to run, and closes the code again.
"""

_CHANGES = Pattern(
    r"diff --git a/|--- a/[^\n]{1,400}\n\+{3} b/"
    r"|(?:Index: [^\n]{1,400}\n={20,80}\r?\n)?--- [^\n]{1,400}\n\+{3} [^\n]{1,400}\n@@ -\d"
)
"""What git, diff and Subversion show of somebody's changes."""
_OF_WGET = Pattern(r"(?:[^\n]{0,1000}\n){0,20}?DEBUG output created by Wget \d")
"""It shows the heads that it sent and got, and the page: none of it is what curl printed."""
_TYPED = Pattern(r"\n(?:[`$] ?){0,2}curl -\w")
"""A command at the margin: somebody began a note of curl's output as a comment."""
_NOTED = Pattern(
    r"\s{0,80}(?:/\*{1,2}|//) {0,4}(?:curl: \(\d|fatal: unable to access '|error: RPC failed; )"
    r"|[^\n]{0,400}(?:\n[^\n]{0,400}){0,40}?\n[ \t]{0,8}(?:\*|//)[^\n]{0,80}[$%#] curl [^\n]{1,400}\n"
    r"< HTTP/[\d.]{1,3} \d"
)
"""A comment that is nothing but such a note: it begins with a last word, or an answer stands at the margin below."""


def is_strange(head: bytes) -> bool:
    """Tell by its first `HEAD` bytes whether a file is of a kind that holds no log, or only quotes one."""
    if is_binary(head):
        return True
    text = head[:HEAD].decode("latin-1")
    if _CHANGES.match(text) is not None or (_OF_WGET.match(text) is not None and "curl: (" not in text):
        return True
    return _CODE.match(text) is not None and _TYPED.search(text) is None and _NOTED.match(text) is None


def is_binary(head: bytes) -> bool:
    """Tell by its first bytes whether a file is no text: a program, a picture, a document, an archive."""
    if head.startswith(_BINARY):
        return not head.startswith(_WITH_NUL) or b"\0" in head[:16]
    return is_packed(head)
