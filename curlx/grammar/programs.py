"""The last words of programs that use libcurl: its message within a sentence of theirs, often with the URL."""

from __future__ import annotations

from curlx.events import Complaint, PageMark, Program, ProgramFailed, Text
from curlx.grammar import understand
from curlx.grammar.within import TYPOGRAPHY, complaint_within
from curlx.patterns import Pattern
from curlx.prose import goes_on, in_prose

_REFUSED = 400
_FAILED_INIT = "2"
# What curl_easy_strerror() begins with (lib/strerror.c), for the programs that print a bare number before it.
_STRERROR = (
    r"(?:SSL |Could(?:n't| not) (?:re(?:solve|ad)|connect|use|open|bind|write|set)|Fail(?:ed|ure) \w"
    r"|Timeout was reached|Server returned nothing|Error in the HTTP|HTTP response code|Transferred a partial"
    r"|Unsupported protocol|URL using bad|Problem with|Peer certificate|Number of redirects|Stream error in"
    r"|Requested range was|Unrecognized or bad|Maximum file size|Login denied$|Access denied to|Weird server reply"
    r"|Out of memory$|FTP: "
    r"|QUIC connection|HTTP/3 error|proxy handshake)"
)
_GOES_ON = r"Could not resolve (?:host|proxy): \S{1,255} [a-z]"
"""A sentence that goes on behind the name, which is its last word: somebody tells about it."""
_REMARKED = Pattern(r"[\"'’`] [a-z]{2,20} [a-z]{2,20}\b")
"""Somebody's sentence goes on behind the quotation."""
_IN_CODE = Pattern(r".{0,400}?\b(?:(?:assert|expect)\w{0,40}\W{1,4}|(?:except|raise|throw new) |side_effect ?= ?)$")
"""Source code that makes or awaits an exception, or a test that tells what it awaited."""
_ANNOUNCED = Pattern(r"[#> ]{0,8}(?:Error in )?(?:curl::)?curl_fetch_(?:memory|disk)\(.{0,400}\) ?: {0,3}$")
"""R breaks its message behind the call, where both are longer than a line."""
_URL = r"(?P<url>https?://[^\s\[\]'\"]{1,1000})"
_GUZZLE = Pattern(  # since 6
    r".{0,1000}?\b(?:Client|Server) error: `?[A-Z]{3,10} (?P<url>https?://(?:‹[^›]{1,60}›|[^\s`‹]){1,1000})`? "
    r"(?P<text>resulted in an? `?(?P<status>[45]\d\d)\b.{0,60}? response)\b.*"
)
_SENTENCES: tuple[tuple[Program, str, Pattern], ...] = (
    # Guzzle, Requests for PHP, WordPress; Composer
    ("PHP", "cURL error ", Pattern(
        r".{0,400}?(?<![A-Za-z])cURL error (?P<code>\d{1,3}): ?(?P<text>.{0,2000}?)"
        rf"(?: \(see https?://[^)]{{1,200}}\)?(?: for {_URL})?.*| \(http_request_failed\)| \) .{{0,400}}"
        r"|\)\.?[\"'][,;)].{0,200})?")),  # in a program's text
    ("Composer", " while downloading ", Pattern(
        rf".{{0,200}}?\bcurl error (?P<code>\d{{1,3}}) while downloading {_URL}: (?P<text>.{{1,2000}})")),
    ("Composer", " while downloading ", Pattern(  # a console broke it within the URL, or behind it
        r"\s{0,8}curl error (?P<code>\d{1,3}) (?P<text>while downloading https?://\S{1,1000})\s{0,4}")),
    ("pycurl", "pycurl error ", Pattern(r".{0,400}?\bpycurl error (?P<code>\d{1,3}): (?P<text>.{1,2000})")),
    ("pycurl", "pycurl.error", Pattern(  # within somebody's sentence, or as Python shows the value behind its type
        r".{0,400}?(?<![A-Za-z.])pycurl\.error(?:'>)?[:,]? ?\((?P<code>\d{1,3}), "
        r"(?P<quote>['\"])(?P<text>.{1,2000}?)(?P=quote)\).*")),
    ("dnf", "PYCURL ERROR ", Pattern(  # yum 3
        r".{0,1000}?\bPYCURL ERROR (?P<code>\d{1,3}) - \"(?P<text>[^\"]{1,2000})\".*")),
    # curl_cffi before 0.6
    ("curl_cffi", ", ErrCode: ", Pattern(
        r".{0,200}?\bFailed to perform, ErrCode: (?P<code>\d{1,3}), Reason: '(?P<text>.{1,2000}?)"
        r"(?:'(?:\. This may be.*)?)?")),
    ("curl_cffi", "Failed to perform, curl: (", Pattern(  # and since, behind a label of somebody's
        r".{0,400}?\bFailed to perform, curl: \((?P<code>\d{1,3})\) (?P<text>[A-Z].{1,2000}?)"
        r"(?:\.? See https?://curl\.se/.*)?")),
    ("Nix", "(Curl error ", Pattern(  # Nix before 2
        rf".{{0,400}}?['‘]{_URL}?['’] \((?P<text>Curl error (?P<code>\d{{1,3}}))\)")),
    # librepo (dnf, microdnf, PackageKit); yum
    ("dnf", "Curl error (", Pattern(
        r".{0,200}?\bCurl error \((?P<code>\d{1,3})\): "
        rf"(?:(?P<words>[^\[]{{1,200}}?) for {_URL}|(?:[^\[]|(?<! )\[){{1,1200}}) \[(?P<text>[^\]]{{0,2000}})\].*")),
    ("dnf", "Curl error (", Pattern(  # cut at the right edge of the terminal
        rf".{{0,200}}?\bCurl error \((?P<code>\d{{1,3}})\): (?P<words>[^\[]{{1,200}}?) for {_URL}\s*")),
    ("", "curl operation failed with error code ", Pattern(  # vcpkg
        r".{0,80}?curl operation failed with error code (?P<code>\d{1,3}) \((?P<text>[^)]{1,200})\)\.?")),
    ("", "Error: ", Pattern(
        rf".{{0,80}}?\bError: (?P<code>\d{{1,3}}): {_STRERROR}[^:]{{0,100}}: (?P<text>.{{1,2000}})")),
    # Guzzle 3
    ("PHP", "[curl] ", Pattern(
        r".{0,400}?\[curl\] (?P<code>\d{1,3}): (?P<text>.{1,2000}?)(?: \[url\] (?:" + _URL + r")?.*)?")),
    ("PHP", "Client error: ", _GUZZLE), ("PHP", "Server error: ", _GUZZLE),
    ("PHP", " error response [", Pattern(  # Guzzle before 6
        r".{0,1000}?\b(?:Client|Server) error response \[url\] (?P<url>https?://[^\s\[]{1,1000}) "
        r"(?P<text>\[status code\] (?P<status>[45]\d\d)\b).*")),
    ("", "Curl returned error code ", Pattern(  # AWS's SDK for C++
        r".{0,200}?\bCurl returned error code (?P<code>\d{1,3})(?: - (?P<text>.{1,2000}))?")),
    ("", ", returning E", Pattern(  # s3fs
        r".{0,200}?\b(?P<text>HTTP response code (?P<status>[45]\d\d))(?: was returned)?, returning E[A-Z]{3,20}\b.*")),
    ("", "curl_easy_perform", Pattern(  # AWS's SDK for voice
        r".{0,200}?\bcurl_easy_perform\w{0,20}[^\w\d]{1,3}(?:failed\W{1,4})?(?:result|code|error|err|ret|res)\\?="
        r"(?P<code>[1-9]\d{0,2})\b.{0,400}")),
    ("libcurl", "curl_easy_perform() ", Pattern(
        r".{0,400}?curl_easy_perform\(\) (?:failed|returned error): ?(?:\(\d{1,3}\) )?"
        r"(?P<text>.{1,400}?)(?: \((?P<code>\d{1,3})\))?")),
    ("dnf", "curl#", Pattern(
        rf"(?:{_URL}: \[Errno \d{{1,3}}\] |.{{0,400}}?\b)curl#(?P<code>\d{{1,3}}) - "
        r"\\?\"(?P<text>[^\"]{1,2000}?)(?:; Unknown error)?(?:\\?\".*)?")),
    ("cargo", "spurious network error (", Pattern(
        r".{0,200}?\bspurious network error \(\d{1,3} tr(?:y|ies) remaining\): \[(?P<code>\d{1,3})\] (?:"
        + _STRERROR + r"[^(;]{1,200}\((?P<text>.{1,2000}?)\)?"
        r"|(?P<words>" + _STRERROR + r"[^(;]{0,200})(?:; class=.*)?)")),
    # rustup; pycurl's error as others print it (marks.py reads it where Python does, as curl's own last word)
    ("", "] ", Pattern(r".{0,200}?\[(?P<code>\d{1,3})\] " + _STRERROR + r"[^(]{1,200}\((?P<text>.{1,2000}?)\)?")),
    ("", "libcurl-errors.html for error code: ", Pattern(  # acme.sh
        r".{0,80}?(?P<text>Please refer to https://curl\.(?:haxx\.)?se/libcurl/c/libcurl-errors\.html for error code: "
        r"(?P<code>\d{1,3}))\s*")),
    ("", "; class=", Pattern(
        rf".{{0,200}}?\[(?P<code>\d{{1,3}})\] (?P<text>{_STRERROR}[^;(]{{1,200}}); class=\w{{1,20}} \(\d{{1,3}}\)")),
    ("PHP", "[errno ", Pattern(  # Stripe's library for PHP
        r".{0,1000}?\((?:Network error )?\[errno (?P<code>\d{1,3})\]: (?P<text>[^()]{1,1000}?)(?:\).*)?")),
    ("", "status was '", Pattern(  # R, which downloads with libcurl
        r"(?:.{0,400}?cannot open URL '(?P<url>https?://[^']{1,1000})': HTTP )?"
        r"status was '(?P<text>(?P<status>[45]\d\d) [^']{3,60})'.*")),
    ("", "] ", Pattern(  # rustup
        rf".{{0,400}}?(?:: |\bfailed with )\[(?P<code>\d{{1,3}})\] (?P<known>{_STRERROR}[^(:]{{0,100}})")),
    ("dnf", "Status code: ", Pattern(  # librepo
        rf".{{0,400}}?(?P<text>Status code: (?P<status>[45]\d\d)) for {_URL}.*")),
    ("dnf", "[Errno 14] HTTP", Pattern(  # yum
        rf"{_URL}: \[Errno 14\] (?P<text>HTTPS? Error (?P<status>[45]\d\d)\b.*)")),
    ("dnf", ": [Errno 12] Timeout on ", Pattern(  # yum
        rf"https?://\S{{1,1000}}: \[Errno 12\] Timeout on {_URL}: "
        r"\((?P<code>\d{1,3}), ['\"](?P<text>.{1,2000})['\"]\)")),
    ("", "error: (", Pattern(r"error: \((?P<code>\d{1,3}), ['\"](?P<text>.{1,2000})['\"]\)")),
    # Hurl points at the place in its own file
    ("", "^ (", Pattern(r"[\s\d|]{0,12} \^{3,200} \((?P<code>\d{1,3})\) (?P<text>.{1,2000})")),
    ("Nix", "unable to download '", Pattern(
        rf".{{0,20}}?unable to download '{_URL}': "
        + _STRERROR + r".{0,200}?\((?P<code>\d{1,3})\) ?(?P<text>.{0,2000}?)(?:; retrying in .{1,40})?")),
    ("", "unable to download '", Pattern(
        rf".{{0,20}}?unable to download '{_URL}': (?P<text>HTTP error (?P<status>[45]\d\d)).*")),
    ("Nix", " (curl error: ", Pattern(  # Nix, of a body that broke off
        rf".{{0,20}}?unable to download '{_URL}': HTTP error \d{{1,3}}(?: \('[^']{{0,60}}'\))? "
        r"\(curl error: (?P<text>.{1,400}?)\)(?:; retrying in .{1,40})?")),
    ("", " - ", Pattern(  # scripts of CMake's; it breaks their lines, within the quotes too
        rf".{{0,200}}?{_URL} - (?P<code>[1-9]\d{{0,2}}) - "
        rf"\"(?P<text>(?:{_STRERROR}|Couldn't$)[^\"]{{0,400}})\"?\s{{0,4}}")),
    ("", "tatus: ", Pattern(  # CMake, vcpkg
        r"(?:\s{0,40}status: \[|.{1,1200}?\bFailed\. Status: )(?P<code>[1-9]\d{0,2});"
        r"\"(?P<text>[^\"]{1,2000})\"\]?\.?")),
    ("CMake", "status_code: ", Pattern(  # CMake's own module
        rf".{{0,400}}?\bdownloading '{_URL}' failed\W{{1,4}}status_code: (?P<code>[1-9]\d{{0,2}})\W{{1,4}}"
        r"(?:status_string: \"?)?(?P<text>\w[^\"]{1,400}).*")),
    ("", "status:", Pattern(r"status:(?P<code>[1-9]\d{0,2});\"(?P<text>[^\"]{1,2000})\"\s*")),
    ("", ", code: ", Pattern(  # Rust's crate curl, as it shows itself to a programmer
        r".{0,400}?\bError \{ description: \"(?P<words>[^\"]{1,200})\", code: (?P<code>\d{1,3}), extra: "
        r"(?:Some\(\"(?P<text>(?:[^\"\\]|\\.){1,2000})\"\)|None) \}.*")),
    ("", ": curl: ", Pattern(rf".{{0,200}}?\b(?i:fail|error)\w{{0,6}}: curl: (?P<known>{_STRERROR}.{{0,400}})")),
    ("mamba", "Transfer finalized, status: ", Pattern(  # mamba
        rf".{{0,200}}?(?P<text>Transfer finalized, status: (?P<status>[45]\d\d)) \[{_URL}\].*")),
    ("Julia", " while requesting http", Pattern(  # Julia
        rf".{{0,200}}?\b(?P<text>HTTP/[\d.]{{1,3}} (?P<status>[45]\d\d)[^:]{{0,60}}?) while requesting {_URL}.*")),
    ("", "CCurlFile::", Pattern(  # Kodi
        r".{0,200}?CCurlFile::\w[\w:]{0,60} .{0,1000}?Failed: "
        r"(?P<text>HTTP returned error (?P<status>[45]\d\d))\(22\).*")),
    ("", "CCurlFile::", Pattern(
        rf".{{0,200}}?CCurlFile::\w[\w:]{{0,60}} - (?:<{_URL}> |\((?:0x)?[0-9a-fA-F]{{1,16}}\) )?Failed: "
        r"(?P<text>[^()]{3,200})\((?P<code>\d{1,3})\).*")),
    ("", "CCurlFile::", Pattern(
        r".{0,200}?(?P<text>CCurlFile::\w{1,40} .{0,1000}?[Ff]ailed with code (?P<status>[45]\d\d)).*")),
    ("", "Received HTTP error ", Pattern(  # FreeSWITCH
        rf".{{0,200}}?\b(?P<text>Received HTTP error (?P<status>[45]\d\d)) trying to fetch {_URL}.*")),
    ("", ": HTTP ", Pattern(  # GDAL
        r"(?:ERROR \d{1,2}|.{0,200}?(?:\w\.RasterioIOError|\bCPLE_\w{1,40}|\w\.DataSourceError)(?: in|:)?):? "
        r"(?P<text>HTTP (?:response|error) code ?: ?(?P<status>[45]\d\d))\W{0,4}")),
    ("", ": HTTP response code ", Pattern(  # TensorFlow
        r".{0,400}?\b(?P<text>Error executing an HTTP request: HTTP response code (?P<status>[45]\d\d))\b.*")),
    ("", "', error details: ", Pattern(
        r".{0,400}?\blibcurl code (?P<code>\d{1,3}) meaning '(?P<words>.{1,200}?)', error details: "
        r"(?P<text>.{0,2000})")),
    ("Composer", " file could not be downloaded (HTTP/", Pattern(  # Composer
        rf"\s{{0,8}}The \"{_URL}\" file could not be downloaded "
        r"\((?P<text>HTTP/[\d.]{1,3} (?P<status>[45]\d\d)[^)]{0,80})\)")),
    ("cargo", " response from `http", Pattern(  # cargo
        rf".{{0,200}}?\b(?P<text>failed to get (?:200|successful HTTP) response from `{_URL}`.{{0,60}}, got "
        r"(?P<status>[45]\d\d))\b.*")),
    ("", ": failed: status code ", Pattern(  # vcpkg
        rf"(?:error|warning): {_URL}: (?P<text>failed: status code (?P<status>[45]\d\d))\b.*")),
    ("R", " : HTTP error ", Pattern(  # R's package curl
        r".{0,40}?\b(?:open\.connection|curl_download)\(.{0,200}?\) ?: {1,3}"
        r"(?P<text>HTTP error (?P<status>[45]\d\d))\.")),
    ("", "Cannot perform request: ", Pattern(r".{0,400}?\bCannot perform request: (?P<known>.{1,2000}?)")),  # Zabbix
    ("", "While ", Pattern(  # OSTree, Flatpak
        rf".{{0,400}}?\bWhile [a-z]{{4,12}} {_URL}: \[(?P<code>\d{{1,3}})\] (?P<text>[A-Z].{{1,400}})")),
    ("mamba", "Download error (", Pattern(
        r".{0,80}?Download error \((?P<code>\d{1,3})\) "
        rf"(?P<text>{_STRERROR}[^\[]{{0,400}}?) \[(?:{_URL}\].*|.{{1,1000}})")),
    # git (remote-curl.c)
    ("git", "RPC failed; ", Pattern(
        r"[\"'“‘]?e\w{0,3}rror: RPC failed; (?:HTTP \d{3} )?curl (?P<code>\d{1,3}) ?(?P<text>.{0,2000})")),
    ("git", "RPC failed; result=", Pattern(  # before 2.5
        r"e\w{0,3}rror: (?P<text>RPC failed; result=(?P<code>\d{1,3}), HTTP code = (?P<status>\d{1,3}))"
        r"(?:\D.{0,200})?")),  # git's progress stands in the same line, partly written over
    ("git", " bytes of body are still expected", Pattern(
        r"\s{0,8}error: (?P<known>\d{1,19} bytes of body are still expected)")),
    # git's own conclusions from a status (remote-curl.c, http.c)
    ("git", "fatal: Authentication failed for '", Pattern(
        r"fatal: (?P<text>Authentication failed for '(?P<url>https?://[^']{1,1000})'.{0,200})")),
    ("git", "fatal: could not read ", Pattern(
        r"fatal: (?P<text>could not read (?:User|Pass)\w+ for '(?P<url>https?://[^']{1,1000})': .{1,400})")),
    ("git", "fatal: repository '", Pattern(
        r"fatal: (?P<text>repository '(?P<url>https?://[^']{1,1000})' not found.{0,20})")),
    ("git", " download error - ", Pattern(  # git before 1.7.5
        rf"fatal: {_URL} download error - (?P<text>.{{1,2000}})")),
    ("git", " while accessing http", Pattern(  # git before 1.8.3
        r"[\"']?error: (?P<text>.{1,1000}?) while accessing "
        r"(?P<url>https?://(?:‹[^›]{1,60}›|[^\s'\"]){1,1000})['\"]?")),  # what was hidden in it may hold a blank
    ("git", "fatal: ", Pattern(  # the URL of git's sentence was left out
        r"fatal: (?P<known>(?:TLS connect error: |OpenSSL |(?:Open|Libre)SSL/|SSL (?:certificate|peer)|SSL_"
        r"|GnuTLS|gnutls_|schannel: |server (?:certificate )?verification|Could(?:n't| not) resolve "
        r"|Failed to connect to |CONNECT tunnel|Received HTTP code|(?:Recv|Send) failure: |Empty reply from"
        r"|The requested URL).{1,400})")),
    ("git", "error setting certificate ", Pattern(  # git before 1.8.3: two lines behind, ` while accessing http...`
        r"error: (?P<known>error setting certificate \w.{1,400})")),
    # git, pacman: without a number
    ("git", "unable to access '", Pattern(  # the rest of the URL stands in the next line
        r"fatal: unable to access 'https?://[^'\s]{1,1000}")),
    ("git", "unable to access '", Pattern(  # somebody shortened the URL; of files it says so as well
        r"fatal: unable to access '(?!https?://)[^']{1,400}': (?P<known>.{1,2000})")),
    ("git", "unable to access '", Pattern(
        r"fatal: unable to access '(?P<url>https?://[^']{1,1000})'(?: with http\.\w{1,40} configuration)?:"
        r"(?:\s{0,4}| (?P<text>.{1,2000}))")),  # the reason may stand in the next line
    # zypper (libzypp); duplicity and others that only have curl_easy_strerror()
    ("", ":  Message: ", Pattern(r"(?:ERROR|WARNING):  Message: (?P<known>.{1,400})")),  # freshclam
    ("", "Error message: ", Pattern(r"Error message: (?P<known>.{1,2000})")),
    ("R", "curl_fetch_", Pattern(  # R
        rf".{{0,400}}?\bcurl_fetch_(?:memory|disk)\(.{{0,200}}?\) ?: {{1,3}}(?!{_GOES_ON})"
        rf"(?:(?!Failed to connect){_STRERROR}[^\[:]{{0,80}}"
        r"(?::? \[[^\]]{1,200}\]:? |: (?=[A-Z][a-z]+ )))?(?P<text>.{1,2000}?)(?:(?:’|\*{3}).*)?")),
    ("", "status was ", Pattern(  # download.file() and url() of R
        r"(?:.{0,400}?\s)?URL ['‘](?P<url>https?://(?:‹[^›]{1,60}›|[^\s'’]){1,1000})['’]: "
        r"status was ['‘](?P<known>.{1,400})['’]")),
    ("", "libcurl: (", Pattern(r".{0,200}?\blibcurl: \((?P<code>\d{1,3})\) (?P<text>[A-Za-z].{1,400})")),  # Gazebo
    ("", "curl (", Pattern(r"curl \((?P<code>\d{1,3})\) (?P<text>[A-Za-z].{1,400})")),  # somebody typed it
    ("", "CURL error: ", Pattern(r".{0,400}?\bCURL error: (?P<known>.{1,2000})")),
    ("", "failed retrieving file ", Pattern(  # the reason may stand in the next line
        r"\s{0,12}[eE]rror: failed retrieving file .{1,400} :(?:\s{0,4}| (?P<text>.{1,2000}))")),
)  # fmt: skip
"""Whose sentence it is, words that it holds, and the sentence: every line of a body is looked through for the words."""


def read_announced(text: str) -> Text | None:
    """Return what announces the message of a program in the line below, marked so; or None."""
    announces = "curl_fetch_" in text and _ANNOUNCED.match(text)
    return Text(text, (PageMark("r-announces"),)) if announces else None


def read_program(text: str) -> ProgramFailed | None:
    """Return what a program reports of a failure, or None."""
    for program, words, sentence in _SENTENCES:
        if words in text and (match := sentence.fullmatch(text)):
            found = match.groupdict()
            said = found.get("text") or found.get("words") or found.get("known") or ""
            code, url = found.get("code"), found.get("url")
            plain = said.translate(TYPOGRAPHY)
            event = understand(plain) if said else None
            told = event if isinstance(event, Complaint) else complaint_within(plain) if said else None
            complaint = _concluded(said, found.get("status")) if said else None
            complaint = complaint or told
            if code == _FAILED_INIT and (complaint is None or complaint.kind == "option"):
                # of libcurl; only of the tool it is a wrong option
                complaint = Complaint("other", said)
            if found.get("known") and (complaint is None or complaint.kind == "other"):
                continue  # anybody says so
            before, behind = text[: text.find(words)], text.rpartition(said)[2] if said else ""
            remarked = goes_on(behind.partition(":")[0]) or _REMARKED.match(behind)  # behind a colon stands a page
            return ProgramFailed(
                said,
                complaint,
                None if code is None else int(code),
                None if url is None else _without_user(url),
                program,
                in_prose(before) or goes_on(said) or bool(_IN_CODE.match(before) or remarked),
            )
    return None


def _concluded(said: str, status: str | None) -> Complaint | None:
    """Return the status that a program tells, or from which git concludes what it says (`http_request`, http.c)."""
    if status is not None and int(status) >= _REFUSED:
        return Complaint("http-status", said, int(status))
    if said.startswith(("Authentication failed for '", "could not read ")):
        return Complaint("http-status", said, 401)
    if said.startswith("repository '"):
        return Complaint("http-status", said, 404)
    return None


def _without_user(url: str) -> str:
    scheme, mark, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{scheme}{mark}{authority.rpartition('@')[2]}{slash}{path}"
