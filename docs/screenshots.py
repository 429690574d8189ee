"""Make the pictures under docs/images from fixtures: `python docs/screenshots.py` (extra `browser`, and Chromium)."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import curlx

ROOT = Path(__file__).resolve().parent.parent
LOG = ROOT / "fixtures" / "founding.log"
IMAGES = ROOT / "docs" / "images"


def main() -> None:
    """Write all pictures."""
    IMAGES.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "curlx", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as served, sync_playwright() as driver:
        address = next(iter(re.findall(r"http://\S+/", next(served.stderr or iter(())))))
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--headless", "--no-sandbox"])
        for scheme in ("light", "dark"):
            of_page(browser, address, scheme)
            of_report(browser, scheme)
        browser.close()
        served.terminate()


def of_page(browser: Browser, address: str, scheme: str) -> None:
    """Explain a log on the page of `curlx serve`."""
    page = browser.new_page(viewport={"width": 1400, "height": 860}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(address)
    page.set_input_files("#files", LOG)
    page.get_by_role("button", name="Explain").click()
    page.wait_for_url("**/results/**")
    page.screenshot(path=IMAGES / f"page-{scheme}.png")


def of_report(browser: Browser, scheme: str) -> None:
    """Show what `--format html` writes."""
    page = browser.new_page(viewport={"width": 900, "height": 860}, color_scheme=scheme)  # type: ignore[arg-type]
    page.set_content(curlx.render(curlx.explain(LOG.read_bytes(), source=LOG.name), "html"))
    page.screenshot(path=IMAGES / f"html-{scheme}.png")


if __name__ == "__main__":
    main()
