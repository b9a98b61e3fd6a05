import Diagnostics
import Model

/// Events of CDEvents 0.3–0.5, one or one a line, plain or wrapped as CloudEvents.
///
/// - Source: CDEvents specification, "Context" and the vocabulary; CloudEvents 1.0, JSON format §3.
enum CDEvents {
  static let reader = EvidenceReader(
    format: .cdevents,
    recognises: { content in
      guard let outline = content.outline else { return false }
      return outline.text("context.type")?.hasPrefix("dev.cdevents") == true
        || outline.text("type")?.hasPrefix("dev.cdevents") == true
    },
    read: { content throws(EvidenceProblem) in
      let events = try events(in: content.json())
      var report = EvidenceReport(.events(events))
      report.producedAt = events.events.last?.at
      return report
    })

  /// All events of a file, by time and each once.
  static func events(in json: JSONEvidence) throws(EvidenceProblem) -> EventList {
    let told = json.outline.isArray ? try json.decode([Told].self) : try json.decodeEach(Told.self)
    return EventList(told.map(\.event))
  }

  /// One event as it is told.
  private struct Told: Decodable {
    let event: DeliveryEvent

    private enum Key: String, CodingKey {
      case context, subject, data, specversion
      case encoded = "data_base64"
    }

    init(from decoder: any Decoder) throws {
      let object = try decoder.container(keyedBy: Key.self)
      if object.contains(.context) {
        let context = try object.decode(Context.self, forKey: .context)
        let subject = try object.decode(Subject.self, forKey: .subject)
        do {
          event = try CDEvents.event(context, subject)
        } catch {
          let path = decoder.codingPath + [JSONStep("context"), JSONStep(error.key)]
          throw DecodingError.dataCorrupted(.init(codingPath: path, debugDescription: error.reason))
        }
      } else if let text = try object.decodeIfPresent(String.self, forKey: .encoded) {
        let json = Base64.decoded(text.utf8).map { JSONEvidence($0) }
        guard let json, json.problem == nil, json.texts.count == 1 else {
          throw DecodingError.dataCorruptedError(forKey: .encoded, in: object, debugDescription: "no JSON in base64")
        }
        event = try json.decode(Told.self).event
      } else {
        event = try object.decode(Told.self, forKey: .data).event
      }
    }
  }

  private struct Context: Decodable {
    var id: String
    var source: String
    var type: String
    var timestamp: String
  }

  /// A member of the context that says nothing of use.
  private struct Refusal: Error {
    var reason: String
    var key: String
  }

  private static func event(_ context: Context, _ subject: Subject) throws(Refusal) -> DeliveryEvent {
    guard let at = Moment(context.timestamp) else {
      throw Refusal(reason: "no moment with an offset", key: "timestamp")
    }
    guard let (type, version) = split(context.type) else { throw Refusal(reason: "no type of CDEvents", key: "type") }
    var event = DeliveryEvent(
      id: EvidenceText.name(context.id), source: EvidenceText.name(context.source), type: type, typeVersion: version,
      at: at, subject: EvidenceText.name(subject.id))
    subject.content?.fill(&event)
    if type.hasPrefix("artifact."), event.artifact == nil { event.artifact = event.subject }
    if type.hasPrefix("service."), event.service == nil { event.service = event.subject }
    if type.hasPrefix("change."), event.change == nil { event.change = event.subject }
    return event
  }

  /// `dev.cdevents.service.deployed.0.2.0` into what happened and the version of the type.
  private static func split(_ type: String) -> (type: String, version: String)? {
    let utf8 = type.utf8
    let dots = utf8.indices.filter { utf8[$0] == UInt8(ascii: ".") }
    guard dots.count >= 6, ["dev.cdevents", "dev.cdeventsx"].contains(type[..<dots[1]]) else { return nil }
    let version = type[utf8.index(after: dots[3])...]
    guard version.utf8.first.map({ $0 >= 0x30 && $0 <= 0x39 }) == true else { return nil }
    return (
      EvidenceText.name(String(type[utf8.index(after: dots[1])..<dots[3]])), EvidenceText.name(String(version))
    )
  }

  private struct Named: Decodable {
    var id: String?
    var name: String?
    var uri: String?
  }

  private struct Subject: Decodable {
    var id: String
    var content: Content?
  }

  /// The members of all kinds of events together; each kind has some of them.
  private struct Content: Decodable {
    var environment: Named?
    var service: Named?
    var change: Named?
    var repository: Named?
    var testSuite: Named?
    var artifactId: String?
    var description: String?
    var summary: String?
    var outcome: String?
    var decision: String?
    var resolution: String?
    var status: String?
    var reason: String?
    var responder: String?
    var requester: String?
    var user: String?
    var updatedBy: String?
    var creator: String?
    var uri: String?
    var ticketURI: String?
    var approvalDetailsUrl: String?

    func fill(_ event: inout DeliveryEvent) {
      event.environment = (environment?.id ?? environment?.name).map(EvidenceText.name)
      event.service = (service?.id ?? service?.name).map(EvidenceText.name)
      event.change = change?.id.map(EvidenceText.name)
      event.repository = (repository?.id ?? repository?.uri).map(EvidenceText.name)
      event.artifact = artifactId.map(EvidenceText.name)
      event.outcome = (outcome ?? decision ?? resolution ?? status).map(EvidenceText.name)
      event.summary = (summary ?? description ?? testSuite?.name ?? reason).map(EvidenceText.message)
      event.by = (responder ?? user ?? updatedBy ?? requester ?? creator).map(EvidenceText.name)
      event.url = (approvalDetailsUrl ?? ticketURI ?? uri).map(EvidenceText.name)
    }
  }
}
