"""Take the pictures in docs/pictures/ from fixtures: `python docs/screenshots.py`. Run it when an output changes.

* `terminal.svg`: the beginning of what curlx prints, colours and all; rich only draws the terminal around it.
* `report.png`: the HTML report of the same log, in a headless Chromium (`CHROMIUM` names another program).
* `page.png`: the page of `curlx serve` with the same log, where curlx has that page.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

from curlx import explain, render

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
LOG = ROOT / "fixtures" / "founding.log"
COMMAND = "curlx explain fixtures/founding.log"
COLUMNS = 80
LAST = "possible causes"
PORT = 8765


def printed(*, color: bool) -> str:
    """Return what curlx prints of the log down to the proof, as in the README."""
    report = explain(LOG.read_bytes(), source="fixtures/founding.log")
    text = render(report, "terminal", color=color, width=COLUMNS)
    end = re.search(rf"^.*{LAST}", text, re.I | re.M)
    return text[: end.start()].rstrip() if end else text


def terminal() -> str:
    """Return the terminal as SVG."""
    from rich.console import Console
    from rich.text import Text

    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="standard")
    console.print(Text.from_ansi(f"$ {COMMAND}\n{printed(color=True)}"), soft_wrap=True)
    picture = console.export_svg(title=COMMAND, unique_id="curlx")
    return re.sub(r"@font-face \{.*?\}\s*|<!--.*?-->\s*", "", picture, flags=re.S)  # a picture loads nothing


def photograph(address: str, to: Path, height: int) -> None:
    """Take a picture of a page."""
    browser = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--user-data-dir={profile}",
             f"--window-size=900,{height}", f"--screenshot={to}", address],
            check=True, timeout=120, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


def report(to: Path) -> None:
    """Take a picture of the HTML report."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(render(explain(LOG.read_bytes(), source="founding.log"), "html"), encoding="utf-8")
        photograph(page.as_uri(), to, 1150)


def served(to: Path) -> None:
    """Take a picture of the page of `curlx serve`."""
    address = f"http://127.0.0.1:{PORT}/"
    server = subprocess.Popen([sys.executable, "-m", "curlx", "serve", "--port", str(PORT)])
    try:
        for _ in range(100):
            try:
                urlopen(Request(address), timeout=1).close()
                break
            except URLError:
                time.sleep(0.1)
        photograph(address, to, 700)
    finally:
        server.terminate()
        server.wait(10)


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / "terminal.svg").write_text(terminal(), encoding="utf-8", newline="\n")
    report(PICTURES / "report.png")
    if find_spec("curlx.web") is not None:
        served(PICTURES / "page.png")


if __name__ == "__main__":
    main()
