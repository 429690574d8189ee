"""A call of gRPC failed, whatever HTTP's status says.

## What it means

gRPC uses HTTP/2 as its carrier. Whether a call worked is not told by HTTP's status, which is 200 in most cases, but by
`grpc-status`: 0 is success, any other number is a failure. curl knows nothing of it, and ends as if all were well.

## How curlx knows

The answer is of the type `application/grpc`, and has a `grpc-status` other than 0, among its headers or in the trailers
behind its body. `grpc-message` is the server's own explanation.

## What to do

Read `grpc-message`, and look at what the number stands for. A client for gRPC (`grpcurl`) makes its messages by itself;
with curl they must be put together by hand.

## When it is something else

A proxy or gateway that does not speak gRPC answers with a status of HTTP's own, and without `grpc-status`.
"""

from __future__ import annotations

from collections.abc import Iterator

from curlx.findings import Diagnosis, Finding, Remedy, cite
from curlx.timeline import Request, Timeline

DIAGNOSIS = Diagnosis(code="http-grpc-status", title="The gRPC call failed", severity="warning", needs="refusal")

# gRPC, doc/statuscodes.md
_CODES = {
    "1": "CANCELLED: the call was cancelled",
    "2": "UNKNOWN: the server failed, and says no more",
    "3": "INVALID_ARGUMENT: the server does not accept what was sent",
    "4": "DEADLINE_EXCEEDED: the time for the call was up",
    "5": "NOT_FOUND: what was asked for is not there",
    "6": "ALREADY_EXISTS: what was to be made is there already",
    "7": "PERMISSION_DENIED: the caller is known, and may not do this",
    "8": "RESOURCE_EXHAUSTED: a quota or a limit is used up",
    "9": "FAILED_PRECONDITION: the system is not in the state that this call needs",
    "10": "ABORTED: the call got in the way of another",
    "11": "OUT_OF_RANGE: something lies outside the valid range",
    "12": "UNIMPLEMENTED: the server does not know the service or the method, or not in this form",
    "13": "INTERNAL: something is broken in the server, or on the way",
    "14": "UNAVAILABLE: the service cannot be reached just now",
    "15": "DATA_LOSS: data is lost or damaged",
    "16": "UNAUTHENTICATED: the caller did not log in, or not rightly",
}

_UNIMPLEMENTED = "12"
_NAMED = ("Compare the path of the URL with /PACKAGE.SERVICE/METHOD in the service's .proto file.",)
_ANOTHER_CLIENT = "Try the same call with a client for gRPC (`grpcurl`), which makes the message itself."


def diagnose(timeline: Timeline) -> Iterator[Finding]:
    """Find answers that say that a call of gRPC failed."""
    for index, transfer in enumerate(timeline.transfers):
        for exchange in transfer.exchanges:
            response = exchange.response
            status = response.grpc_failure if response is not None else None
            if response is None or status is None or exchange.superseded:
                continue
            said = next((each for each in (*response.headers, *response.trailers)
                         if each.name.lower() == "grpc-message" and each.value), None)  # fmt: skip
            number = status.value.lstrip("0")
            meaning = f" ({_CODES[number]})" if number in _CODES else ", which gRPC does not define"
            evidence = [cite(timeline, status.line, "how the call ended, for gRPC"),
                        cite(timeline, response.first_line, "HTTP's status, which does not count here")]  # fmt: skip
            if said is not None:
                evidence.insert(1, cite(timeline, said.line, "the server's own explanation"))
            message = f' The server says: "{said.value}".' if said is not None else ""
            yield DIAGNOSIS.found(
                "certain",
                f"The server answered the gRPC call with status {number}{meaning}.{message} HTTP's status "
                f"{response.status} does not tell how the call went.",
                evidence,
                transfer=index,
                title=f"{DIAGNOSIS.title}: {_CODES[number].partition(':')[0]}" if number in _CODES else "",
                causes=tuple(_causes(exchange.request)),
                remedies=(
                    Remedy(
                        "client",
                        "Read what the server says of the call",
                        (*(_NAMED if number == _UNIMPLEMENTED else ()), _ANOTHER_CLIENT),
                    ),
                ),
            )
            break


def _causes(request: Request | None) -> Iterator[str]:
    length = request.header("content-length") if request is not None else None
    if length is not None and length.value == "0":
        yield (
            "The request carried no message: even an empty one takes five bytes (doc/PROTOCOL-HTTP2.md of gRPC). "
            "`--data` with a file leaves bytes of zero out, `--data-binary` does not."
        )
