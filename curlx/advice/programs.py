"""What programs on libcurl call the options of curl that our remedies name: a log of theirs is not of the tool.

Names of libcurl's options: curl_easy_setopt(3), which `curl --libcurl -` prints for options of the tool. The programs:
PHP's manual (cURL constants; `curl.cainfo`), Composer ("Config": `cafile`; "How to use Composer behind a proxy"),
pycurl, curl_cffi's API, R's package curl (`curl_options`) and httr, dnf.conf(5) and yum.conf(5), Cargo's book
(`[http]`), nix.conf(5), CMake (`file(DOWNLOAD)`, `CMAKE_TLS_CAINFO`), Julia's NetworkOptions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from curlx.events import Program

_OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z0-9-]{1,30}(?:\.\d)?|-[46L])(?![\w-]|\.\d)(?: (\d\.\d)\b)?")
"""An option of curl in a step or a command, not the full stop behind it; of `--tls-max` with its value."""

# Of libcurl: the option, and the constant that it is set to where the option of the tool has no value of its own.
_LIBCURL: Final[Mapping[str, tuple[str, str]]] = {
    "--cacert": ("CAINFO", ""),
    "--capath": ("CAPATH", ""),
    "--cert": ("SSLCERT", ""),
    "--key": ("SSLKEY", ""),
    "--pass": ("KEYPASSWD", ""),
    "--cert-type": ("SSLCERTTYPE", ""),
    "--crlfile": ("CRLFILE", ""),
    "--ciphers": ("SSL_CIPHER_LIST", ""),
    "--curves": ("SSL_EC_CURVES", ""),
    "--http1.1": ("HTTP_VERSION", "CURL_HTTP_VERSION_1_1"),
    "--http2": ("HTTP_VERSION", "CURL_HTTP_VERSION_2_0"),
    "--http0.9": ("HTTP09_ALLOWED", ""),
    "--compressed": ("ACCEPT_ENCODING", ""),
    "--tlsv1.0": ("SSLVERSION", "CURL_SSLVERSION_TLSv1_0"),
    "--tlsv1.2": ("SSLVERSION", "CURL_SSLVERSION_TLSv1_2"),
    "--tlsv1.3": ("SSLVERSION", "CURL_SSLVERSION_TLSv1_3"),
    "--tls-max 1.1": ("SSLVERSION", "CURL_SSLVERSION_MAX_TLSv1_1"),
    "--tls-max 1.2": ("SSLVERSION", "CURL_SSLVERSION_MAX_TLSv1_2"),
    "--max-time": ("TIMEOUT", ""),
    "--connect-timeout": ("CONNECTTIMEOUT", ""),
    "--speed-limit": ("LOW_SPEED_LIMIT", ""),
    "--speed-time": ("LOW_SPEED_TIME", ""),
    "--keepalive-time": ("TCP_KEEPIDLE", ""),
    "--proxy": ("PROXY", ""),
    "--proxy-user": ("PROXYUSERPWD", ""),
    "--proxy-cacert": ("PROXY_CAINFO", ""),
    "--proxy-cert": ("PROXY_SSLCERT", ""),
    "--proxy-key": ("PROXY_SSLKEY", ""),
    "--noproxy": ("NOPROXY", ""),
    "--user": ("USERPWD", ""),
    "--resolve": ("RESOLVE", ""),
    "--connect-to": ("CONNECT_TO", ""),
    "--interface": ("INTERFACE", ""),
    "-4": ("IPRESOLVE", "CURL_IPRESOLVE_V4"),
    "-6": ("IPRESOLVE", "CURL_IPRESOLVE_V6"),
    "-L": ("FOLLOWLOCATION", ""),
    "--max-redirs": ("MAXREDIRS", ""),
    "--ssl-revoke-best-effort": ("SSL_OPTIONS", "CURLSSLOPT_REVOKE_BEST_EFFORT"),
    "--ca-native": ("SSL_OPTIONS", "CURLSSLOPT_NATIVE_CA"),
}
_NUMBERS = {
    "CURL_HTTP_VERSION_1_1": "2L", "CURL_HTTP_VERSION_2_0": "3L",
    "CURL_SSLVERSION_TLSv1_0": "4L", "CURL_SSLVERSION_TLSv1_2": "6L", "CURL_SSLVERSION_TLSv1_3": "7L",
    "CURL_SSLVERSION_MAX_TLSv1_1": "5L * 65536L", "CURL_SSLVERSION_MAX_TLSv1_2": "6L * 65536L",
    "CURLSSLOPT_REVOKE_BEST_EFFORT": "8L", "CURLSSLOPT_NATIVE_CA": "16L",
    "CURL_IPRESOLVE_V4": "1L", "CURL_IPRESOLVE_V6": "2L",
}  # fmt: skip
"""R has no names for these (include/curl/curl.h)."""

_OWN: Final[Mapping[Program, Mapping[str, str]]] = {
    "Composer": {
        "--cacert": "`cafile` (`composer config -g cafile FILE`)",
        "--proxy": "the variables `http_proxy` and `https_proxy`",
        "--noproxy": "the variable `no_proxy`",
    },
    "curl_cffi": {
        "--cacert": "`verify=\"FILE\"`",
        "--cert": "`cert=`",
        "--key": "`cert=(\"CERTIFICATE\", \"KEY\")`",
        "--http1.1": "`http_version=CurlHttpVersion.V1_1`",
        "--max-time": "`timeout=`",
        "--proxy": "`proxies=`",
        "--user": "`auth=`",
        "--interface": "`interface=`",
        "-L": "`allow_redirects=`",
        "--max-redirs": "`max_redirects=`",
    },
    "dnf": {
        "--cacert": "`sslcacert=`",
        "--cert": "`sslclientcert=`",
        "--key": "`sslclientkey=`",
        "--proxy": "`proxy=`",
        "--proxy-user": "`proxy_username=` with `proxy_password=`",
        "--noproxy": "an empty `proxy=` (of yum `_none_`)",
        "--user": "`username=` with `password=`",
        "--max-time": "near to `timeout=`, which counts while it connects and while next to nothing comes",
        "--connect-timeout": "`timeout=`",
        "--speed-limit": "`minrate=`",
        "--speed-time": "`timeout=`",
        "-4": "`ip_resolve=4`",
        "-6": "`ip_resolve=6`",
    },
    "mamba": {
        "--cacert": "`ssl_verify: FILE`",
        "--proxy": "`proxy_servers`",
        "--ssl-revoke-best-effort": "near to `ssl_no_revoke: true`, which asks nobody at all",
    },
    "cargo": {
        "--cacert": "`http.cainfo`",
        "--http1.1": "`http.multiplexing = false`",
        "--proxy": "`http.proxy`",
        "--proxy-cacert": "`http.proxy-cainfo`",
        "--max-time": "`http.timeout`",
        "--connect-timeout": "`http.timeout`",
        "--speed-limit": "`http.low-speed-limit`",
        "--speed-time": "`http.timeout`",
        "--ssl-revoke-best-effort": "near to `http.check-revoke = false`, which asks nobody at all",
        "--tlsv1.2": "`http.ssl-version`",
        "--tlsv1.3": "`http.ssl-version`",
        "--tls-max 1.1": "`http.ssl-version.max`",
        "--tls-max 1.2": "`http.ssl-version.max`",
    },
    "Nix": {
        "--cacert": "`ssl-cert-file`, or the variable `NIX_SSL_CERT_FILE`",
        "--http1.1": "`http2 = false`",
        "--connect-timeout": "`connect-timeout`",
        "--speed-time": "`stalled-download-timeout`",
        "--proxy": "the variable `https_proxy`",
    },
    "CMake": {
        "--cacert": "the variable `CMAKE_TLS_CAINFO`",
        "--max-time": "`TIMEOUT`",
        "--speed-time": "`INACTIVITY_TIMEOUT`",
    },
    "Julia": {
        "--cacert": "the variable `JULIA_SSL_CA_ROOTS_PATH`",
        "--proxy": "the variable `https_proxy`",
    },
}  # fmt: skip
_CALLED: Final[Mapping[Program, str]] = {
    "PHP": "most likely PHP", "libcurl": "a program that uses libcurl", "dnf": "dnf or yum",
}  # fmt: skip
_WHERE: Final[Mapping[Program, str]] = {
    "PHP": " (`curl_setopt`; in Guzzle below the request option `curl`)", "pycurl": " (`setopt`)",
    "R": " (`curl::handle_setopt` or `httr::config`)", "libcurl": " (`curl_easy_setopt`)",
    "curl_cffi": " (arguments of the call)",
    "mamba": " (in .condarc or .mambarc)",
    "dnf": " (in the file of the repository, or in dnf.conf or yum.conf)",
    "cargo": " (in `.cargo/config.toml`)", "Nix": " (in nix.conf)",
}  # fmt: skip


def in_own_words(program: Program, texts: Iterable[str]) -> str:
    """Say what the options in remedies are called in the program that made the call; empty where there is nothing."""
    named = {option for text in texts for option in _options(text)}
    told = {option: name for option in _LIBCURL if option in named and (name := _name(program, option))}
    if not told:
        return ""
    who = _CALLED.get(program, program)
    pairs = _listed([f"`{option}` is {name}" for option, name in told.items()])
    return f"It was {who} that made this call, not the command curl. There{_WHERE.get(program, '')} {pairs}."


def _options(text: str) -> Iterator[str]:
    for option, value in _OPTION.findall(text):
        yield f"{option} {value}" if option == "--tls-max" and value else option


def _name(program: Program, option: str) -> str:
    own = _OWN.get(program, {})
    if option in own:
        return own[option]
    name, constant = _LIBCURL[option]
    match program:
        case "curl_cffi":  # it takes whatever libcurl does as well
            return "" if constant else f"`CurlOpt.{name}` in `curl_options=`"
        case "PHP":
            ini = ", or `curl.cainfo` in php.ini" if option == "--cacert" else ""
            return f"`CURLOPT_{name}`{f' => `{constant}`' if constant else ''}{ini}"
        case "pycurl":
            return f"`pycurl.{name}`{f' set to `pycurl.{_of_pycurl(constant)}`' if constant else ''}"
        case "R":
            return f"`{name.lower()}{f' = {_NUMBERS[constant]}' if constant else ''}`"
        case "libcurl":
            return f"`CURLOPT_{name}`{f' set to `{constant}`' if constant else ''}"
    return ""


def _of_pycurl(constant: str) -> str:
    return constant if constant.startswith("CURL_HTTP_VERSION") else constant.removeprefix("CURL").removeprefix("_")


def _listed(words: list[str]) -> str:
    return ", ".join(words[:-1]) + (", and " if len(words) > 1 else "") + words[-1]
