"""Hide secrets at the door, before any later stage can see them.

What is hidden becomes a placeholder such as `‹authorization 1›`; equal values get equal placeholders within one log, so
that an explanation can still say that two requests carried the same token. The scheme of an authorization, the names of
cookies and the expiry of a JSON Web Token (RFC 7519, 4.1.4) are kept.
"""

from __future__ import annotations

from curlx.redaction.placeholders import MASK, Secret
from curlx.redaction.redactor import Redactor

__all__ = ["MASK", "Redactor", "Secret"]
