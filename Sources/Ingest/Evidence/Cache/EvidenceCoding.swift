import Model

/// Files of evidence as bytes, for the formats that cost time to read: tests, findings, components, vulnerabilities.
///
/// Raise ``form`` when one of these types, or what a reader makes of a file, changes.
enum EvidenceCoding {
  static let form = 1

  /// - Returns: `nil` for a payload that is read anew each time: it is small, or depends on more than the bytes.
  static func bytes(of file: EvidenceFile) -> [UInt8]? {
    var writer = PackedWriter()
    writer.write(file.size)
    writer.write(file.format.rawValue)
    writer.write(file.producedAt?.seconds) { $0.write($1) }
    writer.write(file.tool) { $0.write($1) }
    writer.write(file.subjects) { writer, subject in
      writer.write(subject.name)
      writer.write(subject.commit)
      writer.write(subject.digests) { $0.write($1) }
    }
    switch file.payload {
    case .tests(let report):
      writer.write(UInt8(0))
      writer.write(report)
    case .findings(let report):
      writer.write(UInt8(1))
      writer.write(report)
    case .components(let list):
      writer.write(UInt8(2))
      writer.write(list)
    case .vulnerabilities(let scan):
      writer.write(UInt8(3))
      writer.write(scan)
    case .vex, .provenance, .coverage, .accessibility, .reviews, .measurements, .events, .document: return nil
    }
    return writer.bytes
  }

  static func file(
    in bytes: UnsafeRawBufferPointer, path: String, sha256: String
  ) throws(DamagedBytes) -> EvidenceFile {
    var reader = PackedReader(bytes)
    let size = try reader.number()
    let format = try reader.choice(EvidenceFormat.self)
    var file = EvidenceFile(path: path, size: size, sha256: sha256, format: format, payload: .document)
    file.producedAt = try reader.optional { reader throws(DamagedBytes) in Moment(seconds: try reader.number()) }
    file.tool = try reader.optional { reader throws(DamagedBytes) in try reader.tool() }
    file.subjects = try reader.list { reader throws(DamagedBytes) in
      EvidenceSubject(
        name: try reader.optionalText(), commit: try reader.optionalText(), digests: try reader.digests())
    }
    switch try reader.byte() {
    case 0: file.payload = .tests(try reader.tests())
    case 1: file.payload = .findings(try reader.findings())
    case 2: file.payload = .components(try reader.components())
    case 3: file.payload = .vulnerabilities(try reader.scan())
    default: throw DamagedBytes()
    }
    guard reader.isAtEnd else { throw DamagedBytes() }
    return file
  }
}

extension PackedWriter {
  fileprivate mutating func write(_ tool: EvidenceTool) {
    write(tool.name)
    write(tool.version)
  }

  fileprivate mutating func write(_ digest: ContentDigest) {
    write(digest.algorithm)
    write(digest.hex)
  }

  fileprivate mutating func write(_ report: TestReport) {
    write(report.cases) { writer, test in
      writer.write(test.suite)
      writer.write(test.className)
      writer.write(test.name)
      writer.write(test.seconds) { $0.write($1) }
      writer.write(test.outcome.rawValue)
      writer.write(test.isFlaky)
      writer.write(test.message)
    }
    write(report.timeWithoutZone)
  }

  fileprivate mutating func write(_ report: FindingReport) {
    write(report.findings) { writer, finding in
      writer.write(finding.tool)
      writer.write(finding.rule)
      writer.write(finding.level.rawValue)
      writer.write(finding.securitySeverity) { $0.write($1) }
      writer.write(finding.message)
      writer.write(finding.path)
      writer.write(finding.line) { $0.write($1) }
      writer.write(finding.fingerprint)
      writer.write(finding.suppression) { writer, suppression in
        writer.write(suppression.place?.rawValue)
        writer.write(suppression.justification)
      }
      writer.write(finding.isUndecided)
    }
    write(report.passed)
    write(report.tools) { $0.write($1) }
    write(report.failures) { $0.write($1) }
  }

  fileprivate mutating func write(_ component: Component) {
    write(component.name)
    write(component.group)
    write(component.version)
    write(component.kind)
    write(component.purl)
    write(component.licences) { writer, claim in
      writer.write(claim.text)
      writer.write(EvidenceCoding.kinds.firstIndex(of: claim.kind) ?? 0)
      writer.write(EvidenceCoding.origins.firstIndex(of: claim.origin) ?? 0)
    }
    write(component.digests) { $0.write($1) }
    write(component.depth)
  }

  fileprivate mutating func write(_ list: ComponentList) {
    write(list.specification)
    write(list.serial)
    write(list.subject) { $0.write($1) }
    write(list.components) { $0.write($1) }
    write(list.dependencies) { writer, dependency in
      writer.write(dependency.component) { $0.write($1) }
      writer.write(dependency.needs) { $0.write($1) }
    }
    write(list.vulnerabilities) { $0.write($1) }
    write(list.statements) { $0.write($1) }
    write(list.notes) { writer, notes in
      writer.write(notes.component)
      writer.write(notes.title)
      writer.write(notes.resolves) { writer, resolved in
        writer.write(resolved.kind)
        writer.write(resolved.id)
      }
    }
  }

  fileprivate mutating func write(_ found: ScannedVulnerability) {
    write(found.id)
    write(found.aliases) { $0.write($1) }
    write(found.package)
    write(found.version)
    write(found.purl)
    write(found.severity?.rawValue) { $0.write($1) }
    write(found.score) { $0.write($1) }
    write(found.fixedIn) { $0.write($1) }
    write(found.summary)
    write(found.suppression) { writer, suppression in
      writer.write(suppression.source)
      writer.write(suppression.reason)
    }
    write(found.withdrawn?.seconds) { $0.write($1) }
  }

  fileprivate mutating func write(_ statement: VEXStatement) {
    write(statement.vulnerability)
    write(statement.aliases) { $0.write($1) }
    write(statement.status.rawValue)
    write(statement.justification)
    write(statement.impact)
    write(statement.action)
    write(statement.at?.seconds) { $0.write($1) }
    write(statement.products) { writer, product in
      writer.write(product.names) { $0.write($1) }
      writer.write(product.components) { $0.write($1) }
    }
  }

  fileprivate mutating func write(_ scan: VulnerabilityScan) {
    write(scan.target)
    write(scan.dataAsOf?.seconds) { $0.write($1) }
    write(scan.vulnerabilities) { $0.write($1) }
    write(scan.packages) { $0.write($1) }
    write(scan.otherFindings)
  }
}

extension EvidenceCoding {
  /// Only ever added to at the end.
  fileprivate static let kinds: [LicenceClaim.Kind] = [.expression, .name, .none, .unstated]
  fileprivate static let origins: [LicenceClaim.Origin] = [.stated, .declared, .concluded]
}

extension PackedReader {
  fileprivate mutating func tool() throws(DamagedBytes) -> EvidenceTool {
    EvidenceTool(name: try text(), version: try optionalText())
  }

  fileprivate mutating func digests() throws(DamagedBytes) -> [ContentDigest] {
    try list { reader throws(DamagedBytes) in ContentDigest(algorithm: try reader.text(), hex: try reader.text()) }
  }

  fileprivate mutating func texts() throws(DamagedBytes) -> [String] {
    try list { reader throws(DamagedBytes) in try reader.text() }
  }

  fileprivate mutating func moment() throws(DamagedBytes) -> Moment? {
    try optional { reader throws(DamagedBytes) in Moment(seconds: try reader.number()) }
  }

  fileprivate mutating func optionalDouble() throws(DamagedBytes) -> Double? {
    try optional { reader throws(DamagedBytes) in try reader.double() }
  }

  fileprivate mutating func optionalNumber() throws(DamagedBytes) -> Int? {
    try optional { reader throws(DamagedBytes) in try reader.number() }
  }

  fileprivate mutating func tests() throws(DamagedBytes) -> TestReport {
    let cases = try list { reader throws(DamagedBytes) in
      let (suite, className, name) = (try reader.text(), try reader.optionalText(), try reader.text())
      let seconds = try reader.optionalDouble()
      var test = TestReport.Case(
        suite: suite, className: className, name: name, seconds: seconds,
        outcome: try reader.choice(TestReport.Outcome.self))
      test.isFlaky = try reader.flag()
      test.message = try reader.optionalText()
      return test
    }
    var report = TestReport(cases: cases)
    report.timeWithoutZone = try optionalText()
    return report
  }

  fileprivate mutating func findings() throws(DamagedBytes) -> FindingReport {
    var report = FindingReport()
    report.findings = try list { reader throws(DamagedBytes) in
      let (tool, rule) = (try reader.text(), try reader.text())
      let level = try reader.choice(FindingReport.Level.self)
      let severity = try reader.optionalDouble()
      var finding = FindingReport.Finding(tool: tool, rule: rule, level: level, message: try reader.text())
      finding.securitySeverity = severity
      finding.path = try reader.optionalText()
      finding.line = try reader.optionalNumber()
      finding.fingerprint = try reader.optionalText()
      finding.suppression = try reader.optional { reader throws(DamagedBytes) in
        let place = try reader.optional { reader throws(DamagedBytes) in
          try reader.choice(FindingReport.Suppression.Place.self)
        }
        return FindingReport.Suppression(place: place, justification: try reader.optionalText())
      }
      finding.isUndecided = try reader.flag()
      return finding
    }
    report.passed = try number()
    report.tools = try list { reader throws(DamagedBytes) in try reader.tool() }
    report.failures = try texts()
    return report
  }

  fileprivate mutating func component() throws(DamagedBytes) -> Component {
    var component = Component(name: try text())
    component.group = try optionalText()
    component.version = try optionalText()
    component.kind = try optionalText()
    component.purl = try optionalText()
    component.licences = try list { reader throws(DamagedBytes) in
      let (text, kind, origin) = (try reader.text(), try reader.number(), try reader.number())
      guard EvidenceCoding.kinds.indices.contains(kind), EvidenceCoding.origins.indices.contains(origin) else {
        throw DamagedBytes()
      }
      return LicenceClaim(text, kind: EvidenceCoding.kinds[kind], origin: EvidenceCoding.origins[origin])
    }
    component.digests = try digests()
    component.depth = try number()
    return component
  }

  fileprivate mutating func components() throws(DamagedBytes) -> ComponentList {
    var all = ComponentList(specification: try text())
    all.serial = try optionalText()
    all.subject = try optional { reader throws(DamagedBytes) in try reader.component() }
    all.components = try list { reader throws(DamagedBytes) in try reader.component() }
    all.dependencies = try list { reader throws(DamagedBytes) in
      ComponentDependency(
        component: try reader.optionalNumber(),
        needs: try reader.list { reader throws(DamagedBytes) in try reader.number() })
    }
    all.vulnerabilities = try vulnerabilities()
    all.statements = try list { reader throws(DamagedBytes) in try reader.statement() }
    all.notes = try list { reader throws(DamagedBytes) in
      ComponentNotes(
        component: try reader.text(), title: try reader.optionalText(),
        resolves: try reader.list { reader throws(DamagedBytes) in
          ComponentNotes.Resolved(kind: try reader.optionalText(), id: try reader.text())
        })
    }
    return all
  }

  fileprivate mutating func vulnerabilities() throws(DamagedBytes) -> [ScannedVulnerability] {
    try list { reader throws(DamagedBytes) in
      let (id, aliases) = (try reader.text(), try reader.texts())
      var found = ScannedVulnerability(id: id, package: try reader.text())
      found.aliases = aliases
      found.version = try reader.optionalText()
      found.purl = try reader.optionalText()
      found.severity = try reader.optional { reader throws(DamagedBytes) in
        guard let severity = ScannedVulnerability.Severity(rawValue: try reader.number()) else { throw DamagedBytes() }
        return severity
      }
      found.score = try reader.optionalDouble()
      found.fixedIn = try reader.texts()
      found.summary = try reader.optionalText()
      found.suppression = try reader.optional { reader throws(DamagedBytes) in
        ScannedVulnerability.Suppression(source: try reader.text(), reason: try reader.optionalText())
      }
      found.withdrawn = try reader.moment()
      return found
    }
  }

  fileprivate mutating func statement() throws(DamagedBytes) -> VEXStatement {
    let (vulnerability, aliases) = (try text(), try texts())
    var statement = VEXStatement(vulnerability: vulnerability, status: try choice(VEXStatement.Status.self))
    statement.aliases = aliases
    statement.justification = try optionalText()
    statement.impact = try optionalText()
    statement.action = try optionalText()
    statement.at = try moment()
    statement.products = try list { reader throws(DamagedBytes) in
      VEXProduct(names: try reader.texts(), components: try reader.texts())
    }
    return statement
  }

  fileprivate mutating func scan() throws(DamagedBytes) -> VulnerabilityScan {
    var scan = VulnerabilityScan(target: try optionalText())
    scan.dataAsOf = try moment()
    scan.vulnerabilities = try vulnerabilities()
    scan.packages = try optionalNumber()
    scan.otherFindings = try number()
    return scan
  }
}
