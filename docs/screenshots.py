"""Take the pictures in docs/pictures/ from fixtures: `python docs/screenshots.py`. Run it when an output changes.

* `terminal.svg`: the beginning of what curlx prints, colours and all; rich only draws the terminal around it.
* `report-light.png`, `report-dark.png`: the HTML report of the same log.
* `page-light.png`, `page-dark.png`: the page of `curlx serve` with the same log.

The last four need the extra `browser`, and Chromium.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from curlx import explain, render

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
LOG = ROOT / "fixtures" / "founding.log"
COMMAND = "curlx explain fixtures/founding.log"
COLUMNS = 80
LAST = "possible causes"


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


def of_report(browser: Browser, scheme: str) -> None:
    """Show what `--format html` writes."""
    page = browser.new_page(viewport={"width": 900, "height": 860}, color_scheme=scheme)  # type: ignore[arg-type]
    page.set_content(render(explain(LOG.read_bytes(), source=LOG.name), "html"))
    page.screenshot(path=PICTURES / f"report-{scheme}.png")


def of_page(browser: Browser, address: str, scheme: str) -> None:
    """Explain the log on the page of `curlx serve`."""
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    page.set_input_files("#files", LOG)
    page.get_by_role("button", name="Explain").click()
    page.wait_for_url("**/results/**")
    page.screenshot(path=PICTURES / f"page-{scheme}.png")


def main() -> None:
    """Take all pictures."""
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / "terminal.svg").write_text(terminal(), encoding="utf-8", newline="\n")
    command = [sys.executable, "-m", "curlx", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as served, sync_playwright() as driver:
        address = next(iter(re.findall(r"http://\S+/", next(served.stderr or iter(())))))
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox"])
        for scheme in ("light", "dark"):
            of_report(browser, scheme)
            of_page(browser, address, scheme)
        browser.close()
        served.terminate()


if __name__ == "__main__":
    main()
