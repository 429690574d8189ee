"""Hide what is a secret by its shape alone: keys and tokens of vendors, JSON Web Tokens, credentials within URLs."""

from __future__ import annotations

from curlx.patterns import Pattern
from curlx.redaction.placeholders import Placeholders

_USERINFO = Pattern(
    r"(?:(?<=://)|(?<=:\\/\\/))(?:[^\s/\"'<>?#]{1,2000}|[^\s/@:\"'<>]{1,200}:(?!\d{1,5}[/?#])[^\s@\"'<>]{1,1000})(?=@(?:[^\s@/]|\s{0,400}$))"
    r"|(?<=host: )[^\s/@:]{1,200}:[^\s@]{1,1000}(?=@)"
)
_CUT_USERINFO = Pattern(r"(?<=://)[^\s/@:\"'<>?#(){}\[\]$%|*]{1,200}:(?!\d{1,5}(?!\w))[^\s/@:\"'<>(){}\[\]|,]{6,1000}$")
"""A user and a password whose `@` is on the next line: behind a host stands a port, which is a number."""
_JWT = Pattern(r"(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?(?![\w-])")
# The forms are documented by the vendors; what two letters begin is told by its length as well.
KEYS = (
    r"(?:(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)|gh[pousr]_\w{20,}|github_pat_\w{20,}|xox[a-z]-[\w-]{10,}|xapp-[\w-]{20,}|AIza[\w-]{35,}"
    r"|[rs]k_(?:live|test)_\w{10,}|whsec_\w{20,}|gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|soat)-[\w-]{20,}|glsa_\w{20,}|glc_[\w=+/]{20,}"
    r"|ya29\.[\w-]{20,}|GOCSPX-[\w-]{20,}|1//0[\w-]{30,}|hv[bs]\.[\w-]{20,}|npm_\w{36,}|pypi-[\w-]{30,}|sk-[\w-]{24,}|dckr_pat_[\w-]{20,}"
    r"|SG\.[\w-]{16,}\.[\w-]{20,}|key-[0-9a-f]{32}(?!\w)|dapi[0-9a-f]{32}|do[opr]_v1_[0-9a-f]{32,}"
    r"|shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}|sq0[a-z]{3}-[\w-]{20,}|\d{8,10}:AA[\w-]{33}|ATATT3x[\w=-]{20,}|ATCTT3x[\w=-]{20,}|hf_\w{30,}"
    r"|NRAK-\w{20,}|lin_api_\w{30,}|v1\.0-[0-9a-f]{24}-[0-9a-f]{100,}|AGE-SECRET-KEY-1\w{40,})"
)
_KEY = Pattern(r"(?:(?<![\w-])|(?<=/bot))" + KEYS)
_HOOK = Pattern(r"(?<=hooks\.slack\.com/services/)[\w/-]{20,}|(?<=/api/webhooks/)\d{10,22}/[\w-]{20,}")


def hide_shapes(text: str, lowered: str, hidden: Placeholders) -> str:
    """Hide keys, tokens and the credentials of URLs wherever they stand."""
    if "@" in text:
        text = _USERINFO.sub(hidden.whole("url-credentials"), text)
    elif "://" in text:
        text = _CUT_USERINFO.sub(hidden.whole("url-credentials"), text)
    if "eyj" in lowered:
        text = _JWT.sub(hidden.whole("token"), text)
    if may_be_key(lowered):
        text = _KEY.sub(hidden.whole("cloud-key"), text)
        if "hook" in lowered:
            text = _HOOK.sub(hidden.whole("cloud-key"), text)
    return text


def ends_in_userinfo(text: str) -> bool:
    """Tell whether a line ends within the credentials of a URL."""
    return _CUT_USERINFO.search(text) is not None


def may_be_key(lowered: str) -> bool:
    """Tell whether a line may hold one: it runs on every line, and a substring costs 25 ns, an expression far more."""
    return (
        ("_" in lowered and (
            "gh" in lowered or "k_" in lowered or "sec_" in lowered or "sa_" in lowered or "glc_" in lowered
            or "npm_" in lowered or "dckr_" in lowered or "_v1_" in lowered or "shp" in lowered or "hf_" in lowered
            or "lin_" in lowered))
        or ("-" in lowered and (
            "sk-" in lowered or "gl" in lowered or "xox" in lowered or "xapp-" in lowered or "key-" in lowered
            or "pypi-" in lowered or "gocspx" in lowered or "sq0" in lowered or "nrak" in lowered
            or "v1.0-" in lowered))
        or "akia" in lowered or "asia" in lowered or "aiza" in lowered or "ya29." in lowered or "hv" in lowered
        or "sg." in lowered or "dapi" in lowered or ":aa" in lowered or "tt3x" in lowered or "hook" in lowered
        or "1//0" in lowered
    )  # fmt: skip
