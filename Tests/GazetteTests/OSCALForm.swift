import Foundation

/// What OSCAL 1.1 asks of the parts of assessment results that Gazette writes, put down anew from its reference: members
/// that are required and allowed, and the patterns of values.
indirect enum OSCALForm: Sendable {
  case uuid, moment, token, line, text, address
  case word([String])
  case list(OSCALForm)
  case object(required: [String: OSCALForm], optional: [String: OSCALForm])

  /// What is wrong, each with its place.
  func faults(in value: Any?, at path: String = "") -> [String] {
    switch self {
    case .list(let form):
      guard let list = value as? [Any], !list.isEmpty else { return ["\(path) is no list, or an empty one"] }
      return list.enumerated().flatMap { form.faults(in: $1, at: "\(path)[\($0)]") }
    case .object(let required, let optional):
      guard let object = value as? [String: Any] else { return ["\(path) is no object"] }
      let unknown = object.keys.filter { required[$0] == nil && optional[$0] == nil }.sorted()
      return unknown.map { "\(path)/\($0) is not allowed" }
        + required.sorted { $0.key < $1.key }.flatMap { $1.faults(in: object[$0], at: "\(path)/\($0)") }
        + optional.sorted { $0.key < $1.key }.flatMap { key, form in
          object[key].map { form.faults(in: $0, at: "\(path)/\(key)") } ?? []
        }
    default:
      guard let text = value as? String else { return ["\(path) is no text"] }
      return isWell(text) ? [] : ["\(path) is “\(text)”"]
    }
  }

  private func isWell(_ text: String) -> Bool {
    switch self {
    case .uuid: text.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-[45][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil
    case .moment:
      text.wholeMatch(
        of: /[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})/)
        != nil
    case .token: text.wholeMatch(of: /[\p{L}_][\p{L}\p{N}._-]*/) != nil
    case .line: text.wholeMatch(of: /\S([^\n]*\S)?/) != nil
    case .address: text.wholeMatch(of: /[A-Za-z0-9._~:\/?#@!$&'()*+,;=%-]+/) != nil
    case .word(let words): words.contains(text)
    default: !text.isEmpty
    }
  }

  private static let property = object(
    required: ["name": .token, "value": .line],
    optional: [
      "ns": .address, "class": .token, "uuid": .uuid, "group": .token, "remarks": .text,
    ])
  private static let link = object(
    required: ["href": .address],
    optional: ["rel": .token, "media-type": .line, "resource-fragment": .line, "text": .line])
  private static let component = object(
    required: [
      "uuid": .uuid, "type": .line, "title": .line, "description": .text,
      "status": .object(
        required: ["state": .word(["under-development", "operational", "disposition", "other"])],
        optional: ["remarks": .text]),
    ], optional: ["purpose": .line, "props": .list(property), "links": .list(link), "remarks": .text])
  private static let selection = object(
    required: [:],
    optional: [
      "description": .text, "props": .list(property), "links": .list(link), "remarks": .text,
      "include-controls": .list(
        .object(required: ["control-id": .token], optional: ["statement-ids": .list(.token)])),
    ])
  private static let observation = object(
    required: ["uuid": .uuid, "description": .text, "methods": .list(.word(["EXAMINE"])), "collected": .moment],
    optional: [
      "title": .line, "props": .list(property), "links": .list(link), "types": .list(.token), "expires": .moment,
      "remarks": .text,
      "subjects": .list(
        .object(
          required: ["subject-uuid": .uuid, "type": .word(["component"])],
          optional: ["title": .line, "props": .list(property), "remarks": .text])),
      "relevant-evidence": .list(
        .object(
          required: ["description": .text],
          optional: ["href": .address, "props": .list(property), "links": .list(link), "remarks": .text])),
    ])
  private static let result = object(
    required: [
      "uuid": .uuid, "title": .line, "description": .text, "start": .moment,
      "reviewed-controls": .object(
        required: ["control-selections": .list(selection)],
        optional: ["description": .text, "props": .list(property), "remarks": .text]),
    ],
    optional: [
      "end": .moment, "props": .list(property), "links": .list(link), "remarks": .text,
      "local-definitions": .object(required: [:], optional: ["components": .list(component), "remarks": .text]),
      "observations": .list(observation),
    ])
  private static let resource = object(
    required: ["uuid": .uuid],
    optional: [
      "title": .line, "description": .text, "props": .list(property), "remarks": .text,
      "rlinks": .list(
        .object(
          required: ["href": .address],
          optional: [
            "media-type": .line,
            "hashes": .list(.object(required: ["algorithm": .word(["SHA-256"]), "value": .line], optional: [:])),
          ])),
    ])

  static let document = object(
    required: [
      "assessment-results": .object(
        required: [
          "uuid": .uuid,
          "metadata": .object(
            required: ["title": .line, "last-modified": .moment, "version": .line, "oscal-version": .word(["1.1.3"])],
            optional: ["published": .moment, "props": .list(property), "links": .list(link), "remarks": .text]),
          "import-ap": .object(required: ["href": .address], optional: ["remarks": .text]),
          "results": .list(result),
        ],
        optional: [
          "back-matter": .object(required: [:], optional: ["resources": .list(resource)])
        ])
    ], optional: ["$schema": .address])
}
