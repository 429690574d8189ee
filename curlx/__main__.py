"""`python -m curlx` and the command `curlx`."""

from __future__ import annotations

import gc
import os
import sys

from curlx import __version__


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
    where, format = "-", "terminal"
    match arguments:
        case [] if "_CURLX_COMPLETE" not in os.environ:
            pass
        case ["-"]:
            pass
        case ["explain", where] if _is_place(where):
            pass
        case ["explain", "--format" | "-f", "json" as format]:
            pass
        case ["explain", where, "--format" | "-f", "json" as format] if _is_place(where):
            pass
        case ["--version" | "-V"]:
            try:
                print(f"curlx {__version__}", flush=True)
            except OSError as error:
                from curlx.console import not_written

                return not_written(error)
            return 0
        case _:
            from curlx.cli import app

            return app()
    from curlx.console import explain

    return explain(where, format=format)


def _is_place(argument: str) -> bool:
    return argument == "-" or not argument.startswith("-")


if __name__ == "__main__":
    main()
