package import Model
import Templates

/// The words that pages use for what the model knows: statuses, kinds, severities.
package enum Wording {
  /// A choice: its word in YAML, and what a person reads.
  static func choice(_ id: String, _ text: String) -> Value { ["id": .text(id), "text": .text(text)] }

  static func words(for status: Release.Status) -> String {
    switch status {
    case .planned: "Planned"
    case .candidate: "Candidate"
    case .approved: "Approved"
    case .rollingOut: "Rolling out"
    case .released: "Released"
    case .rolledBack: "Rolled back"
    case .withdrawn: "Withdrawn"
    case .cancelled: "Cancelled"
    }
  }

  static func choice(_ status: Release.Status) -> Value { choice(status.rawValue, words(for: status)) }

  static func words(for kind: Release.Kind) -> String {
    switch kind {
    case .major: "Major"
    case .minor: "Minor"
    case .patch: "Patch"
    case .preRelease: "Pre-release"
    }
  }

  static func choice(_ kind: Release.Kind) -> Value { choice(kind.rawValue, words(for: kind)) }

  static func choice(_ kind: Product.Kind) -> Value {
    switch kind {
    case .service: choice("service", "Service")
    case .package: choice("package", "Package")
    case .application: choice("application", "Application")
    case .firmware: choice("firmware", "Firmware")
    }
  }

  static func choice(_ procedure: Release.Procedure) -> Value {
    switch procedure {
    case .standard: choice("standard", "Standard")
    case .normal: choice("normal", "Normal")
    case .emergency: choice("emergency", "Emergency")
    }
  }

  static func choice(_ risk: Release.Risk) -> Value { choice(risk.rawValue, capitalized(risk.rawValue)) }

  static func choice(_ severity: Vulnerability.Severity) -> Value {
    choice(severity.rawValue, capitalized(severity.rawValue))
  }

  /// The name of one change of the kind.
  static func choice(_ kind: Change.Kind?) -> Value {
    choice(kind?.rawValue ?? "other", kind.map { capitalized($0.rawValue) } ?? "Other change")
  }

  /// The heading over changes of the kind.
  package static func heading(for kind: Change.Kind?) -> String {
    switch kind {
    case .breaking: "Breaking changes"
    case .security: "Security"
    case .feature: "Features"
    case .improvement: "Improvements"
    case .performance: "Performance"
    case .fix: "Fixes"
    case .deprecation: "Deprecations"
    case .removal: "Removals"
    case .documentation: "Documentation"
    case .dependency: "Dependencies"
    case .internal: "Internal"
    case nil: "Other changes"
    }
  }

  /// The kinds that stand under ``heading(for:)`` on a release's page, in their order.
  static let listedKinds: [Change.Kind?] = [
    .feature, .improvement, .performance, .fix, .deprecation, .removal, .documentation, .dependency, .internal, nil,
  ]

  static func capitalized(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }

  /// Such as `1 change`, `12 changes`.
  static func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }

  /// Such as `Two`; numbers from ten on in digits.
  static func numeral(_ number: Int) -> String {
    let words = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"]
    return words.indices.contains(number) ? words[number] : String(number)
  }

  /// Such as `10.5 MB`, in powers of ten.
  static func size(_ bytes: Int) -> String {
    guard bytes >= 1000 else { return count(bytes, "byte", "bytes") }
    var (tenths, unit) = ((bytes + 50) / 100, 0)
    while tenths >= 10_000, unit < 3 { (tenths, unit) = ((tenths + 500) / 1000, unit + 1) }
    let rest = tenths % 10 == 0 || tenths >= 1000 ? "" : ".\(tenths % 10)"
    return "\(tenths / 10)\(rest) \(["kB", "MB", "GB", "TB"][unit])"
  }

  /// One sentence, or as many whole words as fit, of a plain text.
  static func excerpt(_ text: String, limit: Int = 160) -> String? {
    var text = text
    return text.withUTF8 { bytes -> String? in
      var (index, characters, lastBlank) = (0, 0, 0)
      while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
        if bytes[index] & 0xC0 != 0x80 { characters += 1 }
        if characters > limit {
          return String(decoding: bytes[..<(lastBlank > 0 ? lastBlank : index)], as: UTF8.self) + "…"
        }
        if bytes[index] == UInt8(ascii: " ") {
          lastBlank = index
          if characters > 20, bytes[index - 1] == UInt8(ascii: ".") { break }
        }
        index += 1
      }
      return index == 0 ? nil : String(decoding: bytes[..<index], as: UTF8.self)
    }
  }
}
