import Model

/// What one group of those asked by DORA reported in one year. Shown with its year, never as a target or a grade.
package struct DORABand: Hashable, Sendable {
  package var year: String
  package var name: String
  package var deploymentFrequency: String
  package var leadTime: String
  package var changeFailRate: String
  package var recoveryTime: String

  /// The bands in a table with a line of heads; lines with other than six fields are none.
  package static func list(_ csv: some StringProtocol) -> [DORABand] {
    csv.utf8.split(separator: 0x0A).dropFirst().compactMap { line in
      let fields = line.split(separator: UInt8(ascii: ",")).map { String(decoding: Array($0), as: UTF8.self) }
      guard fields.count == 6 else { return nil }
      return DORABand(
        year: fields[0], name: fields[1], deploymentFrequency: fields[2], leadTime: fields[3],
        changeFailRate: fields[4], recoveryTime: fields[5])
    }
  }
}
