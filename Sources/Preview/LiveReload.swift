/// What makes a page in the browser follow the files: a script, and a tag that only the server adds to pages.
enum LiveReload {
  /// Where the server keeps what is no part of the site.
  static let folder = "/.gazette/"
  static let script = folder + "reload.js"
  static let events = folder + "events"
  static let problems = folder + "problems.json"

  /// The page with the script in its head; what is no whole page is given back as it is.
  ///
  /// - Parameter build: Names the build that the page is of.
  static func injected(into page: [UInt8], build: String) -> [UInt8] {
    let head = firstTag("</head", in: page) ?? firstTag("<body", in: page)
    guard let head else { return page }
    let tag = "<script src=\"\(script)\" data-build=\"\(build)\" defer></script>\n"
    return page[..<head] + Array(tag.utf8) + page[head...]
  }

  /// Where a tag begins, in either case.
  private static func firstTag(_ tag: String, in page: [UInt8]) -> Int? {
    let wanted = Array(tag.utf8)
    guard page.count >= wanted.count else { return nil }
    return (0...(page.count - wanted.count)).first { start in
      page[start] == wanted[0]
        && wanted.indices.allSatisfy { page[start + $0] | 0x20 == wanted[$0] | 0x20 }
    }
  }

  /// A page for as long as there is no site.
  static func waitingPage(build: String) -> [UInt8] {
    Array(
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>gazette serve</title>
      <script src="\(script)" data-build="\(build)" defer></script>
      </head>
      <body>
      <p>There is no site yet. This page shows it as soon as it is built.</p>
      </body>
      </html>

      """.utf8)
  }

  /// The script. Texts only ever become text nodes, whatever is in them, and styles are set where a strict policy of
  /// the page lets them.
  static let code = """
    (() => {
      "use strict";
      const build = document.currentScript.dataset.build;
      let overlay = null;

      const rules = `
        :host { all: initial; position: fixed; inset: auto 0 0 0; z-index: 2147483647; color-scheme: light dark; }
        section { box-sizing: border-box; max-height: 60vh; overflow: auto; padding: 1rem 1.25rem;
          font: 15px/1.5 system-ui, sans-serif; color: #fff; background: #5a1220; border-top: 4px solid #ff6b81;
          box-shadow: 0 -8px 24px rgb(0 0 0 / .35); }
        h2 { margin: 0 0 .25rem; font-size: 1.05rem; }
        p { margin: 0 0 .75rem; }
        pre { margin: 0; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
        button { float: right; margin-left: 1rem; padding: .25rem .75rem; font: inherit; color: inherit;
          background: none; border: 1px solid currentColor; border-radius: 4px; cursor: pointer; }
        button:focus-visible, pre:focus-visible { outline: 3px solid #ffd166; outline-offset: 2px; }
        @media print { :host { display: none; } }`;

      function element(name, text) {
        const made = document.createElement(name);
        if (text !== undefined) made.textContent = text;
        return made;
      }

      function hide() {
        if (overlay) overlay.remove();
        overlay = null;
      }

      function show(problems) {
        hide();
        overlay = element("gazette-problems");
        const shadow = overlay.attachShadow({ mode: "open" });
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(rules);
        shadow.adoptedStyleSheets = [sheet];
        const box = element("section");
        box.setAttribute("role", "alert");
        box.setAttribute("aria-label", problems.title);
        const close = element("button", "Hide");
        close.type = "button";
        close.addEventListener("click", hide);
        const text = element("pre", problems.text);
        text.tabIndex = 0;
        box.append(close, element("h2", problems.title), element("p", problems.state), text);
        shadow.append(box);
        document.documentElement.append(overlay);
      }

      async function follow(state) {
        if (state.build !== build) return location.reload();
        if (!state.problems) return hide();
        const answer = await fetch("\(problems)", { cache: "no-store" });
        if (answer.ok) show(await answer.json());
      }

      const source = new EventSource("\(events)");
      source.addEventListener("state", (event) => { follow(JSON.parse(event.data)).catch(() => {}); });
      addEventListener("pagehide", () => source.close());
      // A page that comes back from memory has lost its connection, and may be of an older build.
      addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
    })();

    """
}
