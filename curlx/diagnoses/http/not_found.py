"""The server says that what was asked for is not there (HTTP 404).

## What it means

The connection works and a server answered: it has nothing under this path, or does not want to say that it has.
Where several sites or services share one address, it may also be that no site or route belongs to the host name
asked for.

## How curlx knows

The final answer has status 404 (RFC 9110, 15.5.5), or curl says so under `-f`. A 404 that curl went on from, by
a redirect or another try, does not count. git's `repository '...' not found` means the same, as `likely`.

## What to do

Compare path and query with the server's documentation, letter by letter: upper and lower case, a slash at the
end, an API version at the beginning, characters that the shell took (`&`, `?` need quotes). Then the host name
and port: the `Host` line in the log is what the server chose the site by.

## When it is something else

Some services answer 404 instead of 403, to hide what a caller may not see; some gateways answer 404 for a host
name they have no route for. A header or page that names a gateway points that way.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.diagnoses.http.shared.statuses import Answer, answers
from curlx.diagnoses.server_certificate.shared.origins import stand_in
from curlx.findings import Diagnosis, Finding, Remedy
from curlx.timeline import Timeline

DIAGNOSIS = Diagnosis(code="http-not-found", title="The server has nothing at this address (404)", needs="refusal")


_OF_GIT = Remedy(
    who="client",
    title="Check the repository's address, and who git is",
    steps=(
        "`git remote -v` shows the address.",
        "To whoever is not logged in, or as somebody else, many servers show a private repository as a missing one: "
        "`git config credential.helper` names what gives git its user.",
    ),
    commands=("git remote -v",),
)


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find final answers with status 404."""
    for answer in answers(timeline, (404,)):
        host = answer.request_value("host")
        yield answer.found(
            DIAGNOSIS,
            f"The answer{answer.about()} was 404: the server has nothing to show at this address.",
            evidence=answer.asked("host", "the host name that was asked for"),
            causes=(
                *_of_proxy(answer),
                *_of_stand_in(answer),
                "The path is wrong: its spelling, an API version, a slash at the end.",
                f"The server that answered has no site or route for the host name{f' {host}' if host else ''}.",
                "The thing was moved or removed, or is hidden from callers who may not see it.",
            ),
            remedies=(
                _OF_GIT
                if answer.by_git
                else Remedy(
                    who="client",
                    title="Compare the address with what the server offers",
                    steps=(
                        answer.reading(),
                        "Check path, query, host and port, and quote the URL: the shell takes `&`, `?` and `;` away.",
                        "If the host name comes from `-H 'Host: ...'`, `--resolve` or `--connect-to`, check that too.",
                    ),
                ),
            ),
        )


def _of_proxy(answer: Answer) -> Iterator[str]:
    proxy = answer.connection.proxy if answer.connection is not None else None
    if proxy is not None and proxy.kind == "forward":
        yield (
            "What curl was given for a proxy may be a web server, which answered by itself: a proxy passes the request "
            "on to the server that the URL names."
        )


def _of_stand_in(answer: Answer) -> Iterator[str]:
    """Yield what the certificate says of who answered: a server that knows the host would have shown another."""
    tls = answer.connection.tls if answer.connection is not None else None
    known = stand_in(tls.certificate) if tls is not None else None
    if known is not None:
        yield (
            f"The certificate is the one that {known.product} shows where it has none for the name: most likely it has "
            "no rule for this host either, and the 404 is its own."
        )
