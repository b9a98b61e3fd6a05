import Diagnostics
import Model

/// A record to be read, with the paths of its files.
enum RecordJob: Hashable, Sendable {
  case release(ContentInventory.ReleaseEntry, scheme: VersionScheme)
  case fragment(ContentInventory.Named)
  case page(ContentInventory.Named)
  case incident(ContentInventory.Named)
}

extension Records {
  /// What is left to read once products are known, without what has no product or the wrong name.
  func jobs(of inventory: ContentInventory, check: inout ShapeCheck) -> [RecordJob] {
    var jobs: [RecordJob] = []
    var spellings: [String: ContentInventory.ReleaseEntry] = [:]
    let known = Dictionary(uniqueKeysWithValues: products.map { ($0.id.text, $0) })
    let declared = Set(inventory.products.map(\.id))
    var unknown: Set<String> = []
    for entry in inventory.releases {
      guard let path = entry.record ?? entry.notes ?? entry.parts.first else { continue }
      guard let product = known[entry.product] else {
        // One that is declared and could not be read has been reported already.
        if !declared.contains(entry.product), unknown.insert(entry.product).inserted {
          check.add(unknownProduct(entry.product, among: declared, at: path))
        }
        continue
      }
      guard Version(entry.version, scheme: product.versioning) != nil else {
        check.add(.malformedVersion(entry.version, of: product, at: SourceLocation(file: path)))
        continue
      }
      if let twin = spellings.updateValue(entry, forKey: (entry.product + "/" + entry.version).lowercased()) {
        check.add(sameRelease(twin, entry))
        check.add(sameRelease(entry, twin))
      }
      jobs.append(.release(entry, scheme: product.versioning))
    }
    for entry in inventory.fragments where check.isIdentifier(entry) {
      if known[entry.product] != nil {
        jobs.append(.fragment(entry))
      } else if !declared.contains(entry.product), unknown.insert(entry.product).inserted {
        check.add(unknownProduct(entry.product, among: declared, at: entry.path))
      }
    }
    for entry in inventory.incidents where check.isIdentifier(entry) { jobs.append(.incident(entry)) }
    for entry in inventory.pages {
      let odd = entry.id.split(separator: "/").first { !isIdentifier($0) }
      if let odd, let problem = ScalarForm.identifier.problem(String(odd)) {
        check.add(
          .error(
            problem.code, "the file name \(quoted(String(odd))) is \(problem.what)",
            at: SourceLocation(file: entry.path),
            help: problem.help))
      } else {
        jobs.append(.page(entry))
      }
    }
    return jobs
  }

  private func unknownProduct(_ id: String, among declared: Set<String>, at path: String) -> Diagnostic {
    .error(
      .unknownReference, "there is no product \(quoted(id))", at: SourceLocation(file: path),
      help: suggestion(for: id, among: declared.sorted()) ?? "write `products/\(id).yml`")
  }

  private func sameRelease(_ entry: ContentInventory.ReleaseEntry, _ other: ContentInventory.ReleaseEntry) -> Diagnostic
  {
    let path = entry.record ?? entry.notes ?? entry.parts.first ?? ""
    let twin = other.record ?? other.notes ?? other.parts.first ?? ""
    return .error(
      .sameRelease, "`\(entry.version)` and `\(other.version)` differ only in case", at: SourceLocation(file: path),
      notes: [Diagnostic.Note("the other is", at: SourceLocation(file: twin))], help: "keep one of them")
  }
}

/// What one slice of the jobs gave.
struct RecordSlice: Sendable {
  var releases: [ReleaseRecord] = []
  var fragments: [FragmentRecord] = []
  var pages: [PageRecord] = []
  var incidents: [Incident] = []
  var orphanNotes: [OrphanNotes] = []
  var check = ShapeCheck()
  /// The first failure of the machine; nothing after it was read.
  var error: FileError?

  init(joining slices: ArraySlice<RecordSlice>) {
    for slice in slices {
      releases += slice.releases
      fragments += slice.fragments
      pages += slice.pages
      incidents += slice.incidents
      orphanNotes += slice.orphanNotes
      check.merge(slice.check)
      error = error ?? slice.error
    }
  }

  init(of jobs: ArraySlice<RecordJob>, files: ContentSource) {
    do {
      for job in jobs { try read(job, files) }
    } catch {
      self.error = error
    }
  }

  private mutating func read(_ job: RecordJob, _ files: ContentSource) throws(FileError) {
    switch job {
    case .release(let entry, _): try readRelease(entry, files)
    case .fragment(let entry):
      guard let file = try files.file(entry.path, into: &check) else { return }
      if let fragment = FragmentRecord(file, product: ProductID(entry.product), slug: entry.id, check: &check) {
        fragments.append(fragment)
      }
    case .page(let entry):
      guard let file = try files.file(entry.path, into: &check) else { return }
      if let page = PageRecord(file, id: entry.id, check: &check) { pages.append(page) }
    case .incident(let entry):
      guard let file = try files.file(entry.path, into: &check) else { return }
      guard var incident = check.value(of: file, as: .shape(IncidentFields.shape)) else { return }
      (incident.id, incident.location) = (entry.id, SourceLocation(file: entry.path))
      incidents.append(incident)
    }
  }

  private mutating func readRelease(_ entry: ContentInventory.ReleaseEntry, _ files: ContentSource) throws(FileError) {
    let product = ProductID(entry.product)
    var notes: TextFile?
    if let path = entry.notes { notes = try files.file(path, into: &check) }
    guard let record = entry.record else {
      if let notes {
        orphanNotes.append(OrphanNotes(product: product, version: entry.version, notes: FrontMatter.plain(notes)))
      }
      if let part = entry.parts.first {
        check.add(
          .error(
            .notesWithoutRecord, "there are parts of `\(entry.version)` and no record", at: SourceLocation(file: part),
            help: "write `\(entry.version).yml` beside the folder"))
      }
      return
    }
    var parts: [TextFile] = []
    for path in entry.parts {
      guard let part = try files.file(path, into: &check) else { continue }
      parts.append(part)
    }
    // A part that could not be read leaves the record incomplete.
    guard let file = try files.file(record, into: &check), parts.count == entry.parts.count else { return }
    let release = ReleaseFiles(product: product, version: entry.version, record: file, notes: notes, parts: parts)
    guard let read = ReleaseRecord(release, check: &check) else { return }
    releases.append(read)
  }
}
