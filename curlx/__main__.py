"""`python -m curlx` and the command `curlx`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130  # as shells do: 128 + SIGINT
    gc.freeze()  # the collection at exit would look through the whole grammar: a sixth of the time for a short log
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    # Loading the parser of the command line takes longer than explaining a log: not for what needs no parser.
    match arguments:
        case [] if "_CURLX_COMPLETE" not in os.environ:
            where = "-"
        case ["explain", where] if where == "-" or not where.startswith("-"):
            pass
        case _:
            from curlx.cli import app

            return app()
    from curlx.console import explain

    return explain(where)


if __name__ == "__main__":
    main()
