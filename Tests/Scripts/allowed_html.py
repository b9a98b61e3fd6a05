"""Reads every HTML page of a site with a real parser and names each tag and attribute that no page may have.

Usage: allowed_html.py SITE. Prints one finding a line; exit status 1 when there are any.
"""
import html.parser
import pathlib
import sys

TAGS = set(
    "a abbr article aside b blockquote body br button caption code col colgroup dd del details div dl dt em fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hr html i img input kbd label legend li link main mark meta nav noscript ol "
    "optgroup option output p picture pre q s samp script search section select small source span strong sub summary sup table "
    "tbody td tfoot th thead time title tr ul var wbr".split()
)
ATTRIBUTES = set(
    "abbr action align alt autocapitalize autocomplete charset checked class colspan content datetime decoding defer disabled for "
    "headers height hidden href hreflang http-equiv id label lang loading maxlength media method multiple name open property "
    "placeholder rel role rowspan scope selected sizes spellcheck src start tabindex title type value width".split()
)
# Inside of a picture, and nowhere else.
PICTURE_TAGS = set("svg g title desc rect line circle path text tspan pattern a".split())
PICTURE_ATTRIBUTES = set(
    "class id role viewbox width height x y x1 y1 x2 y2 cx cy r rx d fill text-anchor patternunits tabindex focusable".split()
)
ADDRESSES = {"href", "src", "action"}
SCHEMES = ("https:", "http:", "mailto:")


class Page(html.parser.HTMLParser):
    def __init__(self, path, findings):
        super().__init__(convert_charrefs=True)
        self.path, self.findings = path, findings
        self.pictures = 0

    def say(self, words):
        line, column = self.getpos()
        self.findings.append(f"{self.path}:{line}:{column + 1}: {words}")

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag == "svg":
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag == "svg":
            self.pictures -= 1

    def handle_starttag(self, tag, attributes):
        if tag == "svg":
            self.pictures += 1
        tags = PICTURE_TAGS if self.pictures > 0 else TAGS
        if tag not in tags:
            self.say(f"the tag {tag}")
        if tag == "script" and not dict(attributes).get("src"):
            self.say("a script without a file")
        if len({name for name, _ in attributes}) != len(attributes):
            self.say(f"an attribute twice in {tag}")
        for name, value in attributes:
            if self.pictures > 0 and name == "fill" and not (value or "").startswith("url(#"):
                self.say(f"the fill {value!r}")
            known = ATTRIBUTES | PICTURE_ATTRIBUTES if self.pictures > 0 else ATTRIBUTES
            if name not in known and not name.startswith(("aria-", "data-")):
                self.say(f"the attribute {name} of {tag}")
            if name in ADDRESSES:
                address = "".join(c for c in value or "" if c > " ").lower()
                head = address.split("/")[0].split("?")[0].split("#")[0]
                if (":" in head and not address.startswith(SCHEMES)) or address.startswith(("//", "\\")):
                    self.say(f"the address {value!r}")

    def unknown_decl(self, data):
        self.say("a declaration")

    def handle_pi(self, data):
        self.say("a processing instruction")


def main():
    site, findings, pages = pathlib.Path(sys.argv[1]), [], 0
    for path in sorted(site.rglob("*.html")):
        page = Page(path.relative_to(site), findings)
        page.feed(path.read_text(encoding="utf-8"))
        page.close()
        pages += 1
    print(*findings, sep="\n", end="\n" if findings else "")
    return 1 if findings or not pages else 0


sys.exit(main())
