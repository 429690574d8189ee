"""The page in a real browser, headless Chromium: with a script and without, with the keyboard alone, light and dark."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason='the extra "browser" is not installed')
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium (Debian: apt-get install chromium)"),
    pytest.mark.timeout(180),
]

FIXTURES = Path(__file__).parent.parent.parent / "fixtures"
FOUNDING = FIXTURES / "founding.log"
OTHER = FIXTURES / "logs" / "certfile-cert-garbage--8.14.1-openssl.log"
PAIR = FIXTURES / "diff" / "credentials-missing"
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
TITLE = "No client certificate was sent"
# Markup, Markdown, escape sequences, formulas: as header, as page, as name in a certificate.
HOSTILE = (
    "* Connected to a.example (192.0.2.1) port 80\n"
    "> GET /<script>boom()</script> HTTP/1.1\n"
    "> X: </td></table></textarea><script>boom()</script><img src=/gone onerror=boom()>\n"
    "> Y: [link](javascript:boom()) ![i](https://evil.example/x.png) <svg onload=boom()> `x` ${boom()} {{ 7*7 }}\n"
    ">\n"
    "< HTTP/1.1 400 <b onmouseover=boom()>Bad</b>\n"
    "< Server: \x1b]0;title\x07\x1b[31m=HYPERLINK(\"https://evil.example\")\x1b[0m\n"
    "< Content-Type: text/html\n"
    "<\n"
    "<head><title>400 No required SSL certificate was sent</title><base href=https://evil.example/></head>\n"
    "<meta http-equiv=refresh content='0;url=https://evil.example/'><link rel=stylesheet href=//evil.example/x.css>\n"
    "<iframe srcdoc='<script>parent.boom()</script>'></iframe><form action=https://evil.example/><button autofocus>\n"
)  # fmt: skip
Page: TypeAlias = Any
Browsing: TypeAlias = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium: Any, served: Any) -> Iterator[Browsing]:
    """What opens the page in a context of its own. At the end: no request left the machine, and nothing went wrong."""
    asked: list[str] = []
    wrong: list[str] = []
    contexts: list[Any] = []

    def opened(**options: Any) -> Page:
        context = chromium.new_context(base_url=served.address, **options)
        contexts.append(context)
        context.on("request", lambda request: asked.append(request.url))
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if is_fault(message) else None)
        page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
        page.goto("/")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert asked
    assert [url for url in asked if not url.startswith(served.address)] == []
    assert wrong == []


def is_fault(message: Any) -> bool:
    """Whether the console tells an error; a refusal, which it tells too, is an answer."""
    return message.type == "error" and "responded with a status of 4" not in message.text


def explained(page: Page) -> None:
    page.wait_for_url("**/results/**")
    playwright.expect(page.get_by_role("heading", level=1)).to_be_visible()


def sent(page: Page, *logs: Path) -> Page:
    page.set_input_files("#files", [str(log) for log in logs])
    page.get_by_role("button", name="Explain").click()
    explained(page)
    return page


def test_a_log_is_pasted_with_the_keyboard_alone(browse: Browsing) -> None:
    page = browse(permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", FOUNDING.read_text())
    playwright.expect(page.get_by_label("Paste a log")).to_be_focused()
    page.keyboard.press("Control+V")
    page.keyboard.press("Control+Enter")
    explained(page)
    playwright.expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_the_button_is_reached_and_pressed_with_the_keyboard(browse: Browsing) -> None:
    page = browse()
    page.keyboard.insert_text(FOUNDING.read_text())
    for _ in range(2):
        page.keyboard.press("Tab")
    playwright.expect(page.get_by_role("button", name="Explain")).to_be_focused()
    page.keyboard.press("Enter")
    explained(page)


def test_files_are_dropped_anywhere_on_the_page(browse: Browsing) -> None:
    page = browse()
    dropped = page.evaluate_handle(
        """logs => {
            const data = new DataTransfer();
            for (const [name, text] of logs) data.items.add(new File([text], name));
            return data;
        }""",
        [["a.log", FOUNDING.read_text()], ["b.log", OTHER.read_text()]],
    )
    page.dispatch_event("h1", "drop", {"dataTransfer": dropped})
    playwright.expect(page.get_by_role("status")).to_have_text("2 files chosen.")
    page.get_by_role("button", name="Explain").click()
    explained(page)
    playwright.expect(page.get_by_role("heading", level=1)).to_have_text("2 logs explained")
    page.get_by_role("link", name="a.log").click()
    playwright.expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)


def test_text_is_dropped_into_the_field(browse: Browsing) -> None:
    page = browse()
    dropped = page.evaluate_handle(
        "text => { const data = new DataTransfer(); data.setData('text/plain', text); return data; }", "* dropped\n"
    )
    page.dispatch_event("h1", "drop", {"dataTransfer": dropped})
    playwright.expect(page.get_by_label("Paste a log")).to_have_value("* dropped\n")


@pytest.mark.parametrize(("button", "field"), [("Copy as Markdown", "markdown"), ("Copy as reply", "reply")])
def test_what_is_copied_is_what_the_command_line_writes(browse: Browsing, button: str, field: str) -> None:
    import curlx

    page = sent(browse(permissions=["clipboard-read", "clipboard-write"]), FOUNDING)
    page.get_by_role("button", name=button).press("Enter")
    playwright.expect(page.get_by_role("status")).to_have_text("Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    report = curlx.explain(FOUNDING.read_bytes(), source=FOUNDING.name)
    assert copied.rstrip("\n") == curlx.render(report, field).rstrip("\n")


def test_evidence_leads_to_its_line_and_the_line_leads_back(browse: Browsing) -> None:
    page = sent(browse(), FOUNDING)
    page.locator("#E13").get_by_role("link").press("Enter")
    line = page.locator("#L13")
    assert page.evaluate("document.querySelector(':target').id") == "L13"
    playwright.expect(line).to_be_in_viewport()
    playwright.expect(line).to_contain_text("No required SSL certificate was sent")
    line.get_by_role("link").first.press("Enter")
    assert page.evaluate("document.querySelector(':target').id") == "E13"
    playwright.expect(page.locator("#E13")).to_be_in_viewport()


def test_every_link_within_the_page_leads_somewhere(browse: Browsing) -> None:
    page = sent(browse(), OTHER)
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.hash.slice(1)).filter(id => !document.getElementById(id))"
    )
    assert lost == []


@pytest.mark.parametrize(
    ("link", "end"), [("HTML", "report.html"), ("JSON", "report.json"), ("redacted log", "redacted.log")]
)
def test_results_are_saved(browse: Browsing, link: str, end: str, tmp_path: Path) -> None:
    page = sent(browse(), FOUNDING)
    with page.expect_download() as going:
        page.get_by_role("link", name=link, exact=True).click()
    going.value.save_as(tmp_path / "saved")
    assert going.value.suggested_filename == f"founding-{end}"
    assert (tmp_path / "saved").stat().st_size > 500


def test_all_of_it_works_without_a_script(browse: Browsing) -> None:
    page = browse(java_script_enabled=False)
    playwright.expect(page.locator(".drop-word")).to_be_hidden()
    page.get_by_label("Paste a log").fill(FOUNDING.read_text())
    page.get_by_role("button", name="Explain").click()
    page.wait_for_url("**/results/**")
    playwright.expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    playwright.expect(page.get_by_role("button", name="Copy as Markdown")).to_be_hidden()
    page.get_by_text("As Markdown", exact=True).click()
    assert "## Error: No client certificate was sent" in page.get_by_label("The explanation as Markdown").input_value()
    page.locator("#E13").get_by_role("link").click()
    playwright.expect(page.locator("#L13")).to_be_in_viewport()
    page.get_by_role("link", name="Explain another").click()
    page.get_by_role("button", name="Explain").click()
    playwright.expect(page.get_by_text("There is no log in it")).to_be_visible()


@pytest.mark.parametrize("script", [True, False])
def test_two_logs_are_compared(browse: Browsing, script: bool) -> None:
    page = browse(java_script_enabled=script)
    page.get_by_role("link", name="Compare two logs").click()
    page.get_by_role("group", name="The call that works").get_by_label("Paste it").fill((PAIR / "good.log").read_text())
    page.set_input_files("#bad-file", str(PAIR / "bad.log"))
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url("**/results/**")
    playwright.expect(page.get_by_role("heading", level=1)).to_contain_text("This explains the failure")


def test_what_is_too_big_is_said_before_it_is_sent(browse: Browsing, tmp_path: Path) -> None:
    with (tmp_path / "big.log").open("wb") as file:
        file.truncate((32 << 20) + 1)
    page = browse()
    page.set_input_files("#files", str(tmp_path / "big.log"))
    page.get_by_role("button", name="Explain").click()
    playwright.expect(page.get_by_role("status")).to_contain_text("more than 32 MB")


def test_a_refusal_is_told_where_the_form_is(browse: Browsing) -> None:
    page = browse()
    with page.expect_response("**/explain") as answer:
        page.get_by_role("button", name="Explain").click()
    assert answer.value.status == 400
    playwright.expect(page.get_by_role("status")).to_contain_text("There is no log in it")


def test_progress_is_shown_while_a_big_log_is_sent(browse: Browsing, tmp_path: Path) -> None:
    (tmp_path / "long.log").write_bytes(FOUNDING.read_bytes() + b"a line of a page\n" * (8 << 16))
    page = browse()
    page.evaluate(
        """() => {
            window.seen = [];
            new MutationObserver(() => seen.push(document.getElementById("status").textContent))
                .observe(document.getElementById("status"), {childList: true});
            addEventListener("beforeunload", () => sessionStorage.setItem("seen", JSON.stringify(seen)));
        }"""
    )
    sent(page, tmp_path / "long.log")
    seen = page.evaluate("JSON.parse(sessionStorage.getItem('seen'))")
    assert any(text.startswith("Sending: ") for text in seen)
    assert "Explaining …" in seen


@pytest.mark.parametrize("script", [True, False])
def test_nothing_of_a_hostile_log_runs(browse: Browsing, tmp_path: Path, script: bool) -> None:
    (tmp_path / "<img src=x onerror=boom()>.log" if os.name != "nt" else tmp_path / "x.log").write_text(HOSTILE)
    page = browse(java_script_enabled=script)
    ran: list[bool] = []
    page.expose_function("boom", lambda: ran.append(True))
    sent(page, *tmp_path.iterdir())
    page.wait_for_timeout(500)
    assert ran == []
    # All markup on the page is ours.
    assert (
        page.locator("iframe, base, meta[http-equiv], object, embed, svg[onload], img:not([src='/icon.svg'])").count()
        == 0
    )
    assert page.locator("script").count() == 1
    playwright.expect(page.locator("#L2")).to_contain_text("<script>boom()</script>")


def test_a_saved_report_of_a_hostile_log_runs_nothing_either(browse: Browsing, tmp_path: Path) -> None:
    (tmp_path / "x.log").write_text(HOSTILE)
    page = sent(browse(), tmp_path / "x.log")
    with page.expect_download() as going:
        page.get_by_role("link", name="HTML", exact=True).click()
    html = Path(going.value.path()).read_text()
    ran: list[bool] = []
    page = page.context.new_page()
    page.expose_function("boom", lambda: ran.append(True))
    page.set_content(html)
    page.wait_for_timeout(500)
    assert ran == []
    assert page.locator("script, iframe, base, img").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_reader(browse: Browsing, scheme: str) -> None:
    page = sent(browse(color_scheme=scheme), FOUNDING)
    red, green, blue = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert (red + green + blue > 600) == (scheme == "light")


@pytest.mark.parametrize("width", [360, 800, 1500])
def test_the_page_is_never_wider_than_the_window(browse: Browsing, width: int) -> None:
    page = sent(browse(viewport={"width": width, "height": 800}), OTHER)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(browse: Browsing, scheme: str) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason='the extra "browser" is not installed'
    ).Axe()
    for width in (400, 1500):
        page = browse(color_scheme=scheme, viewport={"width": width, "height": 900})
        assert faults(axe.run(page)) == []
        sent(page, FOUNDING, OTHER)
        assert faults(axe.run(page)) == []
        page.get_by_role("link", name="founding.log").click()
        for summary in page.locator("summary").all():
            summary.click()
        assert faults(axe.run(page)) == []
        page.goto("/compare")
        assert faults(axe.run(page)) == []
        page.set_input_files("#good-file", str(PAIR / "good.log"))
        page.set_input_files("#bad-file", str(PAIR / "bad.log"))
        page.get_by_role("button", name="Compare").click()
        page.wait_for_url("**/results/**")
        assert faults(axe.run(page)) == []


def faults(results: Any) -> list[tuple[str, str]]:
    assert results.response["passes"]
    found = results.response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
