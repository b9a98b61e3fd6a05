import Diagnostics
import Foundation
import Model
import TestSupport

@testable import Ingest

/// A file of evidence as its format's reader takes it.
func readEvidence(_ bytes: [UInt8]) throws(EvidenceProblem) -> (format: EvidenceFormat, report: EvidenceReport)? {
  let content = EvidenceContent(bytes)
  guard let reader = EvidenceReader.all.first(where: { $0.recognises(content) }) else { return nil }
  return (reader.format, try reader.read(content))
}

struct Unrecognised: Error {}

/// The report of a text in this format.
func readEvidence(_ text: String, as format: EvidenceFormat) throws -> EvidenceReport {
  guard let (found, report) = try readEvidence(Array(text.utf8)), found == format else { throw Unrecognised() }
  return report
}

/// Why a text is refused, with the place: `E003 2:5 …`.
func refusal(of text: String) -> String? {
  do throws(EvidenceProblem) {
    _ = try readEvidence(Array(text.utf8))
    return nil
  } catch {
    return "\(error.code.id) \(error.place.map { "\($0.line):\($0.column) " } ?? "")\(error.reason)"
  }
}

extension EvidenceReport {
  var components: ComponentList? { if case .components(let list) = payload { list } else { nil } }
  var vex: VEXStatements? { if case .vex(let vex) = payload { vex } else { nil } }
  var provenance: Provenance? { if case .provenance(let provenance) = payload { provenance } else { nil } }
  var scan: VulnerabilityScan? { if case .vulnerabilities(let scan) = payload { scan } else { nil } }
  var reviews: ReviewExport? { if case .reviews(let reviews) = payload { reviews } else { nil } }
  var events: EventList? { if case .events(let events) = payload { events } else { nil } }
}

extension SharedData {
  /// The bytes of a real file of evidence.
  static func evidence(_ path: String) throws -> [UInt8] {
    guard let folder else { throw Unrecognised() }
    return Array(try Data(contentsOf: folder.appending(path: "evidence/" + path)))
  }
}
