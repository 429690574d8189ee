"""The command line: what can be asked of curlx, and how it is spelt. What the commands do is in `console.py`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from typer.core import TyperGroup

from curlx import __version__, console
from curlx.console import FailOn
from curlx.renderers import batch, comparison, formats
from curlx.renderers.batch import GroupBy

Format = StrEnum("Format", [(name, name) for name in formats()])  # type: ignore[misc]
_TERMINAL, _REPLY = Format("terminal"), Format("reply")

BatchFormat = StrEnum("BatchFormat", [(name, name) for name in batch.formats()])  # type: ignore[misc]
_TABLE = BatchFormat("table")

DiffFormat = StrEnum("DiffFormat", [(name, name) for name in comparison.formats()])  # type: ignore[misc]
_SIDE_BY_SIDE = DiffFormat("terminal")


_Hide = Annotated[
    list[str] | None,
    typer.Option("--hide", metavar="KINDS", help="Also hide who is meant: hosts, addresses, names (comma-separated)."),
]
_ShowSecrets = Annotated[bool, typer.Option("--show-secrets", help="Do not hide passwords, tokens and cookies.")]
_FailOn = Annotated[
    FailOn,
    typer.Option("--fail-on", metavar="SEVERITY", help="Exit with 1 from here on: error, warning, note; or never."),
]


class _Commands(TyperGroup):
    """The commands, and `curlx FILE` as short for `curlx explain FILE`; `-` is a file too, and may be left out."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own = {spelt for each in self.get_params(ctx) for spelt in each.opts}
        if args and args[0].startswith("-") and args[0] != "-" and args[0] not in own:
            args = ["explain", *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args in (["help"], ["help", "help"]):
            typer.echo(ctx.get_help())
            ctx.exit()
        if args[0] == "help":
            args = [args[1], "--help"]
        if args[0] not in self.commands:
            if Path(args[0]).is_dir():
                ctx.fail(f"{args[0]} is a folder: `curlx check {args[0]}` checks the logs in it.")
            # What has a dot or a slash is no command, but a file that may not be there: `explain` says so.
            if args[0] == "-" or Path(args[0]).is_file() or "." in args[0] or "/" in args[0]:
                args = ["explain", *args]
        return super().resolve_command(ctx, args)


_commands = typer.Typer(
    cls=_Commands,
    help="Read a curl -v log as a timeline and explain what went wrong, with the lines that prove it.",
    epilog="Examples:\n\n"
    "    curl -v https://example.com 2>&1 | curlx\n\n"
    "    curlx explain trace.log --format json\n\n"
    "    curlx check logs/ --fail-on error\n\n"
    "    curlx diff works.log fails.log\n\n"
    "    curlx redact trace.log > for-the-ticket.log\n\n"
    "    curlx serve --open\n\n"
    "Exit codes: 0 nothing wrong, 1 something found, 2 usage or a report that cannot be written, "
    "3 unreadable or no output of curl in it, 130 stopped with Ctrl-C: what a pipe brought until then is explained.",
    invoke_without_command=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"curlx {__version__}")
        raise typer.Exit


def _codes(incomplete: str) -> list[str]:
    from curlx.diagnoses import known

    return [code for code in known() if code.startswith(incomplete)]


@_commands.callback()
def _main(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback has done it all
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Explain standard input when there is no command."""
    if context.invoked_subcommand is None:
        raise typer.Exit(console.explain())


@_commands.command(epilog="Example:  curl -v https://example.com 2>&1 | curlx explain --format json")
def explain(
    where: Annotated[
        str, typer.Argument(metavar="[FILE|-]", help="A saved log, or - for standard input.", show_default=False)
    ] = "-",
    format: Annotated[
        Format, typer.Option("--format", "-f", metavar="FORMAT", help=f"How to write the report: {', '.join(Format)}.")
    ] = _TERMINAL,
    reply: Annotated[
        bool, typer.Option("--reply", help="Write the answer to the person who sent the log: short for -f reply.")
    ] = False,
    show_secrets: _ShowSecrets = False,
    hide: _Hide = None,
    fail_on: _FailOn = "error",
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report there.")
    ] = None,
    clipboard: Annotated[bool, typer.Option("--clipboard", help="The log is in the clipboard.")] = False,
    copy: Annotated[bool, typer.Option("--copy", help="Put the report into the clipboard too, as Markdown.")] = False,
    cert: Annotated[
        str | None,
        typer.Option(
            "--cert", "-E", metavar="FILE", help="The client certificate that curl was given: look at it too."
        ),
    ] = None,
    key: Annotated[
        str | None, typer.Option("--key", metavar="FILE", help="Its private key, if it is in a file of its own.")
    ] = None,
    passphrase: Annotated[
        str | None,
        typer.Option("--pass", metavar="PHRASE", envvar="CURLX_PASS", help="Its passphrase; on a terminal curlx asks."),
    ] = None,
) -> None:
    """Explain what happened in a log, what went wrong, and what to do."""
    if reply and format not in (_TERMINAL, _REPLY):
        raise typer.BadParameter(f"--reply and --format {format.value} exclude each other")
    if key is not None and cert is None:
        raise typer.BadParameter("--key wants the certificate too: --cert FILE")
    if clipboard and where != "-":
        raise typer.BadParameter(f"--clipboard and {where} exclude each other")
    format = _REPLY if reply else format
    raise typer.Exit(
        console.explain(
            where,
            format=format.value,
            show_secrets=show_secrets,
            hide=_kinds(hide),
            fail_on=fail_on,
            output=output,
            certificate=cert,
            key=key,
            passphrase=passphrase,
            clipboard=clipboard,
            copy=copy,
        )
    )


@_commands.command(epilog="Example:  curlx check logs/ --format jsonl --output reports.jsonl --fail-on error")
def check(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            show_default=False,
            help="Logs, folders, patterns, archives, compressed logs, addresses (s3://...), or - for names on "
            "standard input (a line each, or as find -print0 writes them).",
        ),
    ],
    format: Annotated[
        BatchFormat,
        typer.Option("--format", "-f", metavar="FORMAT", help=f"How to write the result: {', '.join(BatchFormat)}."),
    ] = _TABLE,
    jobs: Annotated[
        int,
        typer.Option(
            "--jobs", "-j", metavar="N", min=0, max=512, help="Processes; 0 is one for each core.", show_default=False
        ),
    ] = 0,
    fail_on: _FailOn = "error",
    each: Annotated[bool, typer.Option("--each", help="Table: a line for each log, as it comes.")] = False,
    group_by: Annotated[
        GroupBy,
        typer.Option("--group-by", metavar="WHAT", help=f"Table: group logs by {', '.join(get_args(GroupBy))}."),
    ] = "code",
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CODES", help="Only these findings, or families (http), comma-separated."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CODES", help="Not these findings, or families.")
    ] = None,
    baseline: Annotated[
        str | None, typer.Option(metavar="FILE", help="Only what is new since FILE, the jsonl of an earlier run.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="WHEN", help="Only logs from then on: 2026-11-23, or so long ago: 36h, 7d.")
    ] = None,
    fold: Annotated[bool, typer.Option("--fold", help="One log of those that tell the same story.")] = False,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write there: the whole result or nothing.")
    ] = None,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", min=0.1, help="What one log may take.")] = 60.0,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the jsonl --output of a stopped run.")] = False,
    cluster: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Let a Dask cluster do it: tcp://scheduler:8786.")
    ] = None,
    show_secrets: _ShowSecrets = False,
    hide: _Hide = None,
    watch: Annotated[bool, typer.Option("--watch", help="Keep looking for new logs, until Ctrl-C.")] = False,
) -> None:
    """Check many saved logs: what is wrong how often, where, with an example each."""
    from curlx.check import Wish
    from curlx.check import check as run

    raise typer.Exit(
        run(
            Wish(
                tuple(paths),
                format=format.value,
                jobs=jobs,
                fail_on=fail_on,
                each=each,
                group_by=group_by,
                select=_listed(select),
                ignore=_listed(ignore),
                baseline=baseline,
                since=since,
                fold=fold,
                output=output,
                timeout=timeout,
                resume=resume,
                cluster=cluster,
                watch=watch,
                show_secrets=show_secrets,
                hide=_kinds(hide),
            )
        )
    )


def _listed(values: list[str] | None) -> tuple[str, ...]:
    return tuple(code.strip() for value in values or () for code in value.split(",") if code.strip())


def _kinds(values: list[str] | None) -> tuple[str, ...]:
    from curlx.redaction.identities import KINDS

    kinds = _listed(values)
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise typer.BadParameter(f"--hide knows {', '.join(KINDS)}, not {unknown[0]!r}")
    return kinds


@_commands.command(
    epilog="Example:  curlx diff works.log fails.log\n\n"
    "Exit codes: 0 nothing that tells, 1 telling differences, 2 usage, 3 unreadable or no output of curl in one."
)
def diff(
    good: Annotated[
        str, typer.Argument(metavar="GOOD", help="The log of a call that works, or -.", show_default=False)
    ],
    bad: Annotated[str, typer.Argument(metavar="BAD", help="The log of one that does not, or -.", show_default=False)],
    format: Annotated[
        DiffFormat,
        typer.Option("--format", "-f", metavar="FORMAT", help=f"How to write the comparison: {', '.join(DiffFormat)}."),
    ] = _SIDE_BY_SIDE,
    show_secrets: _ShowSecrets = False,
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the comparison there.")
    ] = None,
) -> None:
    """Compare a log that works with one that does not: what differs, and what of it explains the failure."""
    if good == bad == "-":
        raise typer.BadParameter("only one of the two logs can come from standard input")
    raise typer.Exit(console.diff(good, bad, format=format.value, show_secrets=show_secrets, output=output))


@_commands.command(epilog="Example:  curlx why client-certificate-missing")
def why(
    code: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE]",
            help="The code of a diagnosis, or an exit code of curl; none lists all.",
            autocompletion=_codes,
        ),
    ] = None,
) -> None:
    """Show the page of a diagnosis: what it means, how curlx knows, what to do."""
    raise typer.Exit(console.why(code))


@_commands.command(epilog="Example:  curlx redact trace.log > for-the-ticket.log")
def redact(
    where: Annotated[
        str, typer.Argument(metavar="[FILE|-]", help="A log, or - for standard input.", show_default=False)
    ] = "-",
    hide: _Hide = None,
    output: Annotated[str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the log there.")] = None,
) -> None:
    """Write the same log with every secret hidden, safe to attach to a ticket; all other bytes stay."""
    raise typer.Exit(console.redact(where, hide=_kinds(hide), output=output))


@_commands.command(epilog="Example:  curlx serve --open")
def serve(
    host: Annotated[
        str, typer.Option(metavar="HOST", help="The address to listen on; another one opens the page to others.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="PORT", min=0, max=65535, help="Its port; 0 is any free one.")] = 8024,
    limit: Annotated[int, typer.Option(metavar="MB", min=1, max=1024, help="The size that can be sent at once.")] = 32,
    timeout: Annotated[float, typer.Option(metavar="SECONDS", min=0.1, help="What one log may take.")] = 60.0,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Serve a page on this machine to paste or drop logs on, and an API; needs the extra "web"."""
    try:
        from curlx.web.serving import serve as run
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("curlx"):
            raise
        console.say('serve needs the extra "web": in the folder with the source of curlx, pip install ".[web]"')
        raise typer.Exit(console.USAGE) from None
    raise typer.Exit(run(host, port, megabytes=limit, timeout=timeout, open_browser=open_browser))


def app(arguments: list[str] | None = None) -> int:
    """Run one command line and return its exit code."""
    code = console.NOTHING_WRONG
    if console.plain():
        from typer import rich_utils  # with NO_COLOR alone its help would still be bold

        rich_utils.COLOR_SYSTEM = None
    try:
        try:
            _commands(arguments, prog_name="curlx")
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else console.USAGE
        if sys.stdout is not None:
            sys.stdout.flush()
    except OSError as error:
        if error.filename is not None:
            raise
        return console.not_written(error)  # the help: all else goes through `console.write`
    return code
