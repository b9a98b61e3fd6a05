import Foundation
import Model
import Testing

@testable import Ingest

struct CDEventsTests {
  private func event(
    _ id: String, _ type: String, at time: String, content: String = "{}", subject: String = "s",
    version: String = #""version": "0.3.0""#
  ) -> String {
    #"{"context": {\#(version), "id": "\#(id)", "source": "/ci", "type": "dev.cdevents.\#(type)", "timestamp": "\#(time)"}, "#
      + #""subject": {"id": "\#(subject)", "source": null, "type": "x", "content": \#(content)}}"#
  }

  @Test("events are put in order, and what is told twice counts once")
  func ordered() throws {
    let deployed = event(
      "1", "service.deployed.0.1.1", at: "2026-10-20T09:12:00Z",
      content: #"{"environment": {"id": "production"}, "artifactId": "pkg:oci/us@1"}"#)
    let text = [
      event("2", "service.rolledback.0.2.0", at: "2026-10-20T12:00:00+02:00", version: #""specversion": "0.5.0""#),
      deployed,
      deployed,
      event("1", "incident.detected.0.2.0", at: "2026-10-20T09:30:00.5Z", content: #"{"description": "slow"}"#)
        .replacingOccurrences(of: "/ci", with: "/watch"),
    ].joined(separator: "\n")
    let list = try #require(try readEvidence(text, as: .cdevents).events)
    #expect(list.events.map(\.type) == ["service.deployed", "incident.detected", "service.rolledback"])
    #expect(list.repeated == 1)
    #expect(list.events[0].kind == .serviceDeployed)
    #expect(list.events[0].typeVersion == "0.1.1")
    #expect(list.events[0].environment == "production")
    #expect(list.events[0].service == "s")
    #expect(list.events[1].summary == "slow")
  }

  @Test("events wrapped as CloudEvents are the events inside")
  func wrapped() throws {
    let inner = event("1", "artifact.published.0.2.0", at: "2026-10-20T09:12:00Z", subject: "pkg:npm/a@1")
    let base64 = Data(inner.utf8).base64EncodedString()
    let head =
      #"{"specversion": "1.0", "id": "x", "source": "/other", "type": "dev.cdevents.artifact.published.0.2.0", "#
    for text in [
      head + #""data": \#(inner)}"#, head + #""data_base64": "\#(base64)"}"#, "[" + head + #""data": \#(inner)}]"#,
    ] {
      let event = try #require(try readEvidence(text, as: .cdevents).events?.events.first)
      #expect([event.source, event.id] == ["/ci", "1"])
      #expect(event.artifact == "pkg:npm/a@1")
    }
  }

  @Test("decisions, outcomes and resolutions are one thing, and kinds that are not used are kept")
  func outcomes() throws {
    let lines = [
      event(
        "1", "approval.closed.0.1.0", at: "2026-10-20T00:00:01Z",
        content: #"{"decision": "approved", "responder": "ben"}"#),
      event(
        "2", "testsuiterun.finished.0.2.0", at: "2026-10-20T00:00:02Z",
        content: #"{"outcome": "pass", "testSuite": {"name": "unit"}}"#),
      event(
        "3", "ticket.closed.0.1.0", at: "2026-10-20T00:00:03Z", content: #"{"resolution": "done", "summary": "s"}"#),
      event("4", "branch.created.0.1.2", at: "2026-10-20T00:00:04Z"),
      event("5", "service.deployed.0.2.0-draft", at: "2026-10-20T00:00:05Z"),
    ]
    let events = try #require(try readEvidence(lines.joined(separator: "\n"), as: .cdevents).events).events
    #expect(events.map(\.outcome) == ["approved", "pass", "done", nil, nil])
    #expect(events.map { $0.kind == nil } == [false, false, false, true, false])
    #expect(events[0].by == "ben")
    #expect(events[1].summary == "unit")
    #expect(events[4].typeVersion == "0.2.0-draft")
  }

  @Test("an event that is read the short way is the one that is decoded, and what is wrong is wrong both ways")
  func short() throws {
    let contents = [
      "{}", "null", #"{"environment": null, "artifactId": null}"#, #"{"environment": {}, "service": {"name": "n"}}"#,
      #"{"environment": {"id": "e", "source": [1, {"a": "}"}]}, "artifactId": "pkg:oci/us@1", "other": {"id": 1}}"#,
      #"{"description": "a \"quoted\" \u00e9\ud83d\ude00 line\nand\\more", "status": "x"}"#,
      #"{ "outcome" : "pass" , "decision":"no","resolution":"","reason":"r","responder":"a","user":"b" }"#,
      #"{"updatedBy": "c", "requester": "d", "creator": "e", "uri": "u", "ticketURI": "t", "summary": "s"}"#,
      #"{"approvalDetailsUrl": "a", "testSuite": {"name": "unit"}, "change": {"id": "c"}, "repository": {"uri": "r"}}"#,
      #"{"art\u0069factId": "pkg:oci/us@2"}"#, #"{"environment": "production"}"#, #"{"artifactId": 1}"#, "[]", "1",
      #"{"summary": true}"#, #"{"environment": {"id": 1}}"#, #"{"description": "é🦊"}"#,
    ]
    var texts: [String] = []
    for content in contents {
      for type in ["service.deployed.0.1.1", "artifact.published.0.2.0", "change.merged.0.1.0", "x.y", "x.y.z.1.0"] {
        texts.append(event("1", type, at: "2026-10-20T09:12:00Z", content: content))
      }
    }
    let plain = texts[0]
    for (old, new) in [
      (#""id": "1", "#, ""), (#""id": "1""#, #""id": 1"#), (#""source": "/ci""#, #""source": null"#), ("09:12", "9"),
      (#""subject":"#, #""subjects":"#), ("dev.cdevents", "dev.cdeventsx"), ("dev.cdevents", "dev"), ("Z\"", "\""),
      (#""id": "s""#, #""id": ["s"]"#), (#""id": "s""#, #""ids": "s""#), ("}}", "}, \"data\": 1}"),
    ] { texts.append(plain.replacingOccurrences(of: old, with: new)) }
    for text in texts {
      // The decoder reads whole lists, and lists are never read the short way.
      func outcome(_ text: String) -> (events: [DeliveryEvent], refusal: String?) {
        do throws(EvidenceProblem) {
          return (try CDEvents.events(in: JSONEvidence(Array(text.utf8))).events, nil)
        } catch {
          return ([], error.reason)
        }
      }
      let (short, decoded) = (outcome(text), outcome("[" + text + "]"))
      #expect(short.events == decoded.events, "\(text)")
      #expect(short.refusal == decoded.refusal, "\(text)")
    }
  }

  @Test("an event without a type or a moment is refused at its place")
  func refused() {
    let first = event("1", "service.deployed.0.1.1", at: "2026-10-20T09:12:00Z")
    let local = first + "\n" + event("2", "service.deployed.0.1.1", at: "2026-10-20T09:12:00")
    #expect(refusal(of: local)?.hasPrefix("E003 2:") == true)
    #expect(refusal(of: event("1", "service.deployed", at: "2026-10-20T09:12:00Z"))?.contains("in `type`") == true)
    #expect(refusal(of: #"{"context": {"type": "dev.cdevents.x.y.0.1.0"}}"#)?.contains("lacks the member `id`") == true)
  }
}
