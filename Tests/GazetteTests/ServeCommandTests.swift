import Foundation
import Testing

@Suite("The command serve") struct ServeCommandTests {
  @Test("the site is served as a build writes it, but for the script in pages; nothing outside of it is")
  func serving() throws {
    let site = try SmallSite.repository()
    try site.git("tag", "v1")
    let built = try site.gazette("build", "--quiet")
    #expect(built.status == 0, "\(built.output)\(built.errors)")
    let before = site.files(in: ".")
    let server = try ServeProcess(in: site.path)
    let port = try #require(try server.ports().first)
    try server.wait(for: "Built ")

    let page = try RawAnswer.to("/", port: port)
    #expect(page.status == 200)
    #expect(page.headers["content-type"] == "text/html; charset=utf-8")
    #expect(page.headers["connection"] == "close")
    #expect(page.headers["content-length"] == String(page.body.utf8.count))
    let tag = #/<script src="/\.gazette/reload\.js" data-build="\d+-1" defer></script>\n/#
    #expect(page.body.contains(tag))
    #expect(page.body.replacing(tag, with: "") == site.text("_site/index.html"))
    for (path, type) in [
      ("/style.css", "text/css; charset=utf-8"), ("/feed.atom", "application/atom+xml; charset=utf-8"),
      ("/seal.json", "application/json"), ("/calendar/all.ics", "text/calendar; charset=utf-8"),
    ] {
      let answer = try RawAnswer.to(path, port: port)
      #expect(answer.status == 200, "\(path)")
      #expect(answer.headers["content-type"] == type)
      #expect(answer.body == site.text("_site" + path), "\(path)")
    }
    #expect(try RawAnswer.to("/products/gw/1.0.0/?a=b", port: port).body.contains(tag))
    let folder = try RawAnswer.to("/products/gw?a=b", port: port)
    #expect(folder.status == 301)
    #expect(folder.headers["location"] == "/products/gw/?a=b")
    let missing = try RawAnswer.to("/products/none/", port: port)
    #expect(missing.status == 404)
    #expect(missing.body.contains("There is no such page") && missing.body.contains(tag))
    let head = try RawAnswer.to("/style.css", port: port, method: "HEAD")
    #expect(head.status == 200 && head.body.isEmpty)
    #expect(head.headers["content-length"] == String(site.text("_site/style.css")?.utf8.count ?? 0))
    #expect(try RawAnswer.to("/", port: port, method: "POST").status == 405)

    for target in [
      "/%2e%2e/", "/..%2f", "/%2e%2e%2fa/index.html", "/../../../../etc/passwd", "/%00", "/index.html%00", "//../x",
      "/%2E%2E/%2E%2E/etc/passwd", "/.%2e/x",
    ] {
      let answer = try RawAnswer.to(target, port: port)
      #expect([400, 404].contains(answer.status), "\(target): \(answer.status)")
      #expect(!answer.body.contains("root:"))
    }
    #expect(try RawAnswer.to("/.gazette-manifest", port: port).status == 404)
    for host in ["evil.example", "127.0.0.1.evil.example", nil] {
      let answer = try RawAnswer.to("/", port: port, host: host)
      #expect(answer.status == 403)
      #expect(!answer.body.contains("Harbor"))
    }
    // What need not be read again may be internal.
    let output = try #require(try FileManager.default.contentsOfDirectory(atPath: server.temporary).first)
    let attributes = try FileManager.default.attributesOfItem(atPath: "\(server.temporary)/\(output)")
    #expect(attributes[.posixPermissions] as? Int == 0o700)

    #expect(server.stop() == 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: server.temporary).isEmpty)
    #expect(site.files(in: ".") == before)
  }

  @Test("a change is built and told to the page; what is wrong leaves the last site and is shown, and then goes away")
  func following() throws {
    let site = try SmallSite.repository()
    try site.write("title: Harbor\ntheme: {templates: look}\n", to: "content/gazette.yml")
    let server = try ServeProcess(in: site.path)
    let port = try #require(try server.ports().first)
    try server.wait(for: "Built ")
    let events = try RawConnection(port: port)
    events.send("GET /.gazette/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    let first = events.receive(until: "\"problems\": false}")
    #expect(first.contains("text/event-stream"))
    #expect(first.contains("-1\", \"problems\": false}"))

    try site.write("# Notes\n\n- Another thing\n", to: SmallSite.notes)
    #expect(events.receive(until: "-2\"").contains("\"problems\": false"))
    #expect(try RawAnswer.to("/products/gw/1.0.0/", port: port).body.contains("Another thing"))

    // A template that does not compile: text of others is in the message, and never markup.
    try site.write("{{#open}}<img src=x onerror=alert(1)>", to: "look/404.mustache")
    #expect(events.receive(until: "\"problems\": true").contains("-2\""))
    let problems = try RawAnswer.to("/.gazette/problems.json", port: port)
    #expect(problems.body.contains("look/404.mustache:1:"))
    #expect(!problems.body.contains("<img"))
    #expect(try RawAnswer.to("/products/gw/1.0.0/", port: port).body.contains("Another thing"))
    try site.remove("look/404.mustache")
    #expect(events.receive(until: "\"problems\": false").contains("-2\""))

    // A folder that goes away and comes back.
    let moved = site.path + "/away"
    try FileManager.default.moveItem(atPath: site.path + "/content", toPath: moved)
    #expect(events.receive(until: "\"problems\": true").contains("-2\""))
    #expect(try RawAnswer.to("/", port: port).status == 200)
    try FileManager.default.moveItem(atPath: moved, toPath: site.path + "/content")
    #expect(events.receive(until: "\"problems\": false").contains("-2\""))

    // A commit alone changes what pages say of the content.
    try site.commit("Change")
    #expect(events.receive(until: "-3\"").contains("\"problems\": false"))
    #expect(server.stop() == 0)
  }

  @Test("a page whose link leads nowhere is shown, and said to be refused by a build") func brokenLink() throws {
    let site = try SmallSite.repository()
    try site.write("title: Harbor\ntheme: {templates: look}\n", to: "content/gazette.yml")
    let server = try ServeProcess(in: site.path)
    let port = try #require(try server.ports().first)
    try server.wait(for: "Built ")
    try site.write("<title>Gone</title><a href=\"{{root}}nowhere/\">Another</a>", to: "look/404.mustache")
    try server.wait(for: "`gazette build` would not write it")
    #expect(server.output.contains("nowhere/"))
    let problems = try RawAnswer.to("/.gazette/problems.json", port: port)
    #expect(problems.body.contains("The pages are not in order: 1 error"))
    #expect(problems.body.contains("What you see is the site as it is now"))
    #expect(try RawAnswer.to("/404.html", port: port).body.contains("Another"))
    try site.remove("look/404.mustache")
    try server.wait(for: "Built ", times: 3)
    #expect(try RawAnswer.to("/.gazette/problems.json", port: port).body.contains("\"title\": \"\""))
    #expect(server.stop() == 0)
  }

  @Test("a thousand files that change at once are one change") func branches() throws {
    let site = try SmallSite.repository()
    try site.git("checkout", "--quiet", "-b", "other")
    for index in 0..<1000 { try site.write("# Page\n\nWords.\n", to: "content/pages/p\(index).md") }
    try site.commit("Pages")
    try site.git("checkout", "--quiet", "main")
    let server = try ServeProcess(in: site.path)
    let port = try #require(try server.ports().first)
    try server.wait(for: "Built ")
    try site.git("checkout", "--quiet", "other")
    try server.wait(for: "Built ", times: 2)
    #expect(try RawAnswer.to("/guide/p999/", port: port).status == 200)
    try site.write("# Notes\n\n- Another thing\n", to: SmallSite.notes)
    try server.wait(for: "Built ", times: 3)
    #expect(!server.output.contains("error"))
    #expect(server.stop() == 0)
  }

  @Test("a site that cannot be built at first is shown once it can") func brokenAtFirst() throws {
    let site = try SmallSite.repository()
    try site.write("status: relased\n", to: SmallSite.record)
    let server = try ServeProcess(in: site.path)
    let port = try #require(try server.ports().first)
    try server.wait(for: "did you mean `released`?")
    let page = try RawAnswer.to("/", port: port)
    #expect(page.status == 503)
    #expect(page.body.contains("/.gazette/reload.js"))
    #expect(try RawAnswer.to("/.gazette/problems.json", port: port).body.contains("There is no site yet"))
    try site.write("status: released\nreleased: 2024-01-01\n", to: SmallSite.record)
    try server.wait(for: "Built ")
    #expect(try RawAnswer.to("/", port: port).status == 200)
    #expect(server.stop() == 0)
  }

  @Test("both audiences have a port each") func audiences() throws {
    let site = try SmallSite.repository()
    try site.write("status: released\nreleased: 2024-01-01\nreason: A secret reason\n", to: SmallSite.record)
    let server = try ServeProcess(["--audience", "all"], in: site.path)
    let ports = try server.ports()
    try #require(ports.count == 2)
    try server.wait(for: "Built ")
    #expect(server.output.contains("Serving the public site at http://127.0.0.1:\(ports[0])/"))
    for (port, isInternal) in zip(ports, [false, true]) {
      let page = try RawAnswer.to("/products/gw/1.0.0/", port: port)
      #expect(page.status == 200)
      #expect(page.body.contains("internal-site") == isInternal)
    }
    #expect(server.stop() == 0)
  }

  @Test("a port that is taken is status 2, with advice") func busyPort() throws {
    let site = try SmallSite.repository()
    let server = try ServeProcess(in: site.path)
    let port = try #require(try server.ports().first)
    let outcome = try site.gazette("serve", "--port", "\(port)")
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.errors.contains("port \(port): already in use by another program"))
    #expect(outcome.errors.contains("--port 0"))
    #expect(server.stop() == 0)
  }
}
