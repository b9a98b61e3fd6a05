package import Diagnostics

/// A test's input with the places marked where findings must be: `"title: 1️⃣nonsense"`.
///
/// Lines and columns are 1-based and count Unicode scalars, as ``SourceLocation`` does.
package struct MarkedText: Sendable {
  package struct Place: Hashable, Sendable {
    package let line: Int
    package let column: Int
  }

  /// The input without the markers.
  package let text: String
  /// Where `1️⃣` to `9️⃣` stood; each marker may be there once.
  package let places: [Int: Place]

  package init(_ marked: String) {
    var clean = String.UnicodeScalarView()
    var places: [Int: Place] = [:]
    var line = 1
    var column = 1
    let scalars = Array(marked.unicodeScalars)
    var index = 0
    while index < scalars.count {
      // A keycap is a digit, a variation selector and an enclosing box.
      if index + 2 < scalars.count, scalars[index + 1] == "\u{FE0F}", scalars[index + 2] == "\u{20E3}",
        let marker = Int(String(scalars[index]))
      {
        precondition(places[marker] == nil, "the marker \(marker) is there twice")
        places[marker] = Place(line: line, column: column)
        index += 3
        continue
      }
      clean.append(scalars[index])
      (line, column) = scalars[index] == "\n" ? (line + 1, 1) : (line, column + 1)
      index += 1
    }
    text = String(clean)
    self.places = places
  }

  /// The findings of a report, one string each, in its order: `1 T005` for the code at a marker.
  ///
  /// A finding where no marker stands reads `3:7 T005`, one in another file `other.yml:3:7 T005`, one without a place
  /// `T005`; so `#expect(input.findings(of: report, in: file) == ["1 T005"])` fails on any that is not expected.
  package func findings(of report: Report, in file: String) -> [String] {
    report.diagnostics.map { finding in
      guard let location = finding.location else { return finding.code }
      guard location.file == file else {
        return "\(location.file):\(location.line):\(location.column) \(finding.code)"
      }
      let place = Place(line: location.line, column: location.column)
      let marker = places.first { $0.value == place }.map { "\($0.key)" }
      return "\(marker ?? "\(place.line):\(place.column)") \(finding.code)"
    }
  }
}
