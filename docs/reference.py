"""The two reference pages that are made from the code: the command line, and the messages of curl."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from typing import Any

import typer

import curlx.grammar
from curlx import cli
from curlx.grammar.message import Message


def command_line() -> str:
    """Return `docs/cli.md`: every command with its arguments and options, as `--help` says them."""
    group: Any = typer.main.get_command(cli._commands)  # of click, or of the click within newer typers
    context = group.context_class(group, info_name="curlx", **group.context_settings)
    parts = ["# The command line\n", *_command(group, context, "")]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if command is not None and not command.hidden:
            parts += [
                f"## curlx {name}\n",
                *_command(command, command.context_class(command, context, name, **command.context_settings), name),
            ]
    return "\n".join(parts)


def _command(command: Any, context: Any, name: str) -> list[str]:
    shown = [one for one in command.get_params(context) if not getattr(one, "hidden", False)]
    arguments = [one for one in shown if one.param_type_name == "argument"]
    options = [one for one in shown if one.param_type_name == "option"]
    usage = ["curlx", name or "COMMAND", "[OPTIONS]", *(one.metavar or one.name.upper() for one in arguments)]
    parts = [f"```text\n{' '.join(usage)}\n```\n", f"{inspect.cleandoc(command.help or '')}\n"]
    rows = [f"* `{one.metavar or one.name.upper()}`: {getattr(one, 'help', '')}" for one in arguments]
    rows += [f"* `{_spelling(one)}`: {_sentence(one)}" for one in options]
    parts.append("\n".join(rows) + "\n")
    if command.epilog:
        lines = [line.strip() for line in command.epilog.replace("Example:  ", "").splitlines()]
        code = [line for line in lines if re.match(r"(curl|curlx) ", line)]
        prose = [line for line in lines if line and line not in code and line != "Examples:"]
        parts += ["```sh\n" + "\n".join(code) + "\n```\n", *(f"{line}\n" for line in prose)]
    return parts


def _spelling(option: Any) -> str:
    """Spell an option out, in the same way whatever the release of typer."""
    names = ", ".join(sorted([*option.opts, *option.secondary_opts], key=len))
    if option.is_flag or option.count:
        return names
    return f"{names} {option.metavar or '|'.join(getattr(option.type, 'choices', ())) or 'NUMBER'}"


def _sentence(option: Any) -> str:
    said = option.help or ""
    if option.envvar:
        said += f" (or the environment variable `{option.envvar}`)"
    default = getattr(option.default, "value", option.default)
    shown = option.show_default and default not in (None, False, "", [], ()) and not callable(default)
    return f"{said} [default: {default}]" if shown else said


def messages() -> str:
    """Return `docs/messages.md`: every message that the grammar knows, by topic, with the event it becomes."""
    parts = [
        "# The messages of curl\n",
        "What curlx understands of curl's own words, without the mark before them: a line of a real log for each, "
        "which is also its test, and the event it becomes (`curlx/events/`). A message is one entry in one file of "
        "`curlx/grammar/`.\n",
    ]
    for info in sorted(pkgutil.iter_modules(curlx.grammar.__path__), key=lambda one: one.name):
        topic = importlib.import_module(f"curlx.grammar.{info.name}")
        known: tuple[Message, ...] = getattr(topic, "MESSAGES", ())
        if not known:
            continue
        parts.append(f"## {info.name}\n")
        parts.append(f"{(topic.__doc__ or '').strip().splitlines()[0]}\n")
        parts.append("| Message | Event |\n| --- | --- |")
        parts += [f"| {_code(one.sample)} | {_event(one)} |" for one in known]
        parts.append("")
    return "\n".join(parts)


def _event(message: Message) -> str:
    event = message.read(message.sample)
    kind = getattr(event, "kind", None)
    return f"`{type(event).__name__}`" + (f" {kind}" if isinstance(kind, str) else "")


def _code(text: str) -> str:
    """Return text as code in a table, where `|` would end the cell (GFM, 4.10)."""
    marks = "``" if "`" in text else "`"
    pad = " " if marks == "``" else ""
    return f"{marks}{pad}{text.strip().replace('|', chr(92) + '|')}{pad}{marks}"
