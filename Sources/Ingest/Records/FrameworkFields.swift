import Diagnostics
import Model

/// The keys of a built-in framework.
enum FrameworkFields {
  static let title = Field("title", .text, "What it is called.", required: true)
  static let edition = Field("edition", .text, "Who publishes it, and which edition this is.")
  static let source = Field("source", .url, "Where it is published.")
  static let controls = Field("controls", .list(of: ControlFields.shape), "Its controls, in its order.", required: true)

  static let shape = Shape(
    "framework", "Requirements that somebody outside has written.", [title, edition, source, controls]
  ) {
    fields -> Framework? in
    guard let title = fields.value(title) else { return nil }
    var framework = Framework(id: "", title: title)
    framework.edition = fields.value(edition)
    framework.source = fields.value(source)
    framework.controls = fields.values(controls)
    return framework
  }
}

enum ControlFields {
  static let id = Field("id", .text, "As the framework writes it.", required: true, example: "CC8.1")
  static let title = Field("title", .text, "What it is about.", required: true)
  static let shows = Field("shows", .list(of: .identifier), "Rules that answer it by themselves.")
  static let supports = Field("supports", .list(of: .identifier), "Rules that are one input of several.")
  static let outside = Field("outside", .text, "Why no release can answer it.")

  static let shape = Shape(
    "control", "A requirement of a framework.", [id, title, shows, supports, outside],
    constraint: { fields, report in
      let isAnswered = fields[shows] != nil || fields[supports] != nil
      guard isAnswered == (fields[outside] != nil) else { return }
      report.error(
        .missingKey, "a control needs rules or `outside`, and not both", at: fields.location,
        help: "map it to rules, or say why no release can answer it")
    }
  ) { fields -> Control? in
    guard let id = fields[id], let title = fields.value(title) else { return nil }
    var control = Control(id: id, title: title)
    control.answers =
      fields.list(shows).map { Control.Answer(rule: $0, extent: .shows) }
      + fields.list(supports).map { Control.Answer(rule: $0, extent: .supports) }
    control.outside = fields.value(outside)
    return control
  }
}
