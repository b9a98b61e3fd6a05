import Diagnostics
import Export
import Governance
import Ingest
import Model
import Templates
import Theme

/// Everything that a site is made from, read and found sound.
struct SiteSource: Sendable {
  let checkout: Checkout
  private(set) var ledger: Ledger
  /// What its releases are held to.
  let book: RuleBook
  let templates: TemplateLibrary
  /// Files that are copied as they are, by their address; the site's own before the built-in ones.
  let files: [CopiedFile]
  /// The folder that holds evidence by its digest.
  let evidenceStore: String?

  /// A file that is in every site, whatever its audience.
  struct CopiedFile: Hashable, Sendable {
    var address: String
    var bytes: [UInt8]
  }

  static func open(_ request: SourceRequest, into report: inout Report) async throws(FileError) -> Checkout {
    try await Checkout.open(
      at: request.folder, content: request.content, sources: request.sources, revision: request.revision,
      isEarlier: request.isEarlier, into: &report)
  }

  /// - Parameter memory: Of the last load, for this one to do less.
  /// - Returns: `nil` when the report says why there is nothing to make a site from.
  init?(
    _ opened: Checkout, _ request: SourceRequest, remembering memory: inout LoadMemory?, into report: inout Report
  ) async throws(FileError) {
    var options = request.options
    options.library = .builtIn
    options.questions = { policy in
      // What is wrong with the policy is reported when it is judged by.
      var unreported = Report()
      let book = RuleBook(policy, into: &unreported)
      // Without a policy nobody judges, and there are no pages for auditors.
      let isSilent = book.entries.isEmpty && request.asks.contains(.log)
      return isSilent ? request.asks.intersection(.calendar) : book.questions.union(request.asks)
    }
    guard opened.repository != nil,
      let ledger = try await Ledger.load(from: opened, options: options, remembering: &memory, into: &report)
    else { return nil }
    checkout = try await opened.holding(
      ledger.namedFiles, below: [ledger.site.theme.templates, ledger.site.theme.files].compactMap { $0?.value })
    self.ledger = ledger
    self.ledger.recordFiles = RecordFiles { [checkout] in checkout.recordFiles(of: $0) }
    evidenceStore = options.evidenceStore
    book = RuleBook(ledger.policy, periods: ledger.site.periods, into: &report)
    let builtIn = Dictionary(
      uniqueKeysWithValues: BuiltInTheme.templates.compactMap { file -> (String, TemplateSource)? in
        guard let name = SiteSource.templateName(file.path) else { return nil }
        return (name, TemplateSource(file: "templates/" + file.path, bytes: file.bytes))
      })
    let overrides = try SiteSource.overrides(in: ledger.site.theme.templates, of: checkout, into: &report)
    templates = TemplateLibrary(
      sources: TemplateLibrary.merge(builtIn: builtIn, overrides: overrides, into: &report), into: &report)
    files = try SiteSource.files(in: ledger.site.theme.files, of: checkout, into: &report)
  }

  /// Refuses what needs history where the clone has not all of it, or notes that for each page where that is allowed.
  mutating func considerHistory(_ request: BuildRequest, into report: inout Report) async throws(FileError) {
    let needsHistory = request.audiences.contains(.internal)
    guard needsHistory || request.allowsMissingHistory, ledger.head != nil else { return }
    var known = ledger.git.obstacle
    if ledger.git.asked.isEmpty { known = try await checkout.repository?.historyObstacle() }
    guard let obstacle = known else { return }
    if request.allowsMissingHistory {
      ledger.missingHistory = obstacle
    } else {
      report.error(
        .needsHistory, "audit pages need the whole history, and \(obstacle.words)",
        help: "\(obstacle.cure); or pass `--allow-shallow`, which each page tells")
    }
  }

  /// The folders of the checkout that the site is made from.
  var folders: [String] {
    [checkout.content] + [ledger.site.theme.templates, ledger.site.theme.files].compactMap { $0?.value }
  }

  /// The same, with the files elsewhere in the checkout that its products and records name.
  var sources: [String] {
    let keys = ledger.site.signing
    let named =
      ledger.shelves.flatMap(\.product.sources).filter { $0.repository == .checkout }.map(\.changelog)
      + ledger.evidencePaths + keys.keys.values.map(Optional.some) + [keys.allowedSigners]
    let elsewhere = Set(named.compactMap { $0?.value }.filter { !$0.hasPrefix(checkout.content + "/") })
    return folders + elsewhere.sorted()
  }

  private static func templateName(_ path: String) -> String? {
    let ending = ".mustache"
    return path.hasSuffix(ending) ? String(path.dropLast(ending.count)) : nil
  }

  private static func overrides(
    in folder: Located<String>?, of checkout: Checkout, into report: inout Report
  ) throws(FileError) -> [String: TemplateSource] {
    var sources: [String: TemplateSource] = [:]
    for (address, path) in try paths(in: folder, of: checkout, into: &report) {
      guard let name = templateName(address),
        let bytes = try checkout.bytes(of: path, at: folder?.location, into: &report)
      else { continue }
      sources[name] = TemplateSource(file: path, bytes: bytes)
    }
    return sources
  }

  private static func files(
    in folder: Located<String>?, of checkout: Checkout, into report: inout Report
  ) throws(FileError) -> [CopiedFile] {
    var files = Dictionary(uniqueKeysWithValues: BuiltInTheme.files.map { ($0.path, $0.bytes) })
    for (address, path) in try paths(in: folder, of: checkout, into: &report) {
      guard !namesOfOurs.contains(where: { address == $0 || address.hasPrefix($0 + "/") }) else {
        report.error(
          .sameAddress, "the name `\(address)` is taken: Gazette keeps a file of its own there",
          at: SourceLocation(file: path), help: "rename the file, or remove it")
        continue
      }
      files[address] = try checkout.bytes(of: path, limit: largestFile, at: folder?.location, into: &report)
    }
    return files.map { CopiedFile(address: $0.key, bytes: $0.value) }
      .sorted { precedesInBytes($0.address, $1.address) }
  }

  private static let namesOfOurs = OutputPlace.namesOfOurs + [Seal.path, Seal.signaturePath]

  /// The files below a folder of the theme, with their paths in it and in the checkout.
  private static func paths(
    in folder: Located<String>?, of checkout: Checkout, into report: inout Report
  ) throws(FileError) -> [(address: String, path: String)] {
    guard let folder else { return [] }
    let files = try checkout.files(under: folder.value, into: &report)
    if files.isEmpty {
      report.warning(
        .missingFile, "there are no files in the folder `\(folder.value)`", at: folder.location,
        help: "correct the path, which is relative to the top of the checkout, or add the files")
    }
    let top = CheckoutPath(folder.value)?.text ?? folder.value
    return files.map { (String($0.path.dropFirst(top.isEmpty ? 0 : top.count + 1)), $0.path) }
  }

  /// The most bytes that a file to be copied may have: 256 MiB.
  static let largestFile = 256 << 20
}

extension Checkout {
  /// The record of a release with its parts; none of those that are nothing but tags.
  fileprivate func recordFiles(of release: ReleaseID) -> [RecordFiles.File] {
    let stem = "\(content)/releases/\(release.product)/\(release.version)"
    // What cannot be read has been reported.
    var unreported = Report()
    do throws(FileError) {
      guard let text = try text(of: stem + ".yml", into: &unreported) else { return [] }
      var found = [RecordFiles.File(path: stem + ".yml", text: text)]
      for part in try self.files(under: stem + ".d", into: &unreported) {
        let name = part.path.dropFirst(stem.count + 3)
        // As the inventory takes them.
        guard name.hasSuffix(".yml"), !name.hasPrefix("."), !name.contains("/"),
          let text = try self.text(of: part.path, into: &unreported)
        else { continue }
        found.append(RecordFiles.File(path: part.path, text: text))
      }
      return found
    } catch {
      return []
    }
  }
}

extension Ledger {
  /// The files outside the content that a site may need: keys, and evidence.
  fileprivate var namedFiles: Set<String> {
    var paths = Set(evidencePaths.compactMap { $0?.value })
    paths.formUnion(site.signing.keys.values.map(\.value))
    if let signers = site.signing.allowedSigners { paths.insert(signers.value) }
    return paths
  }

  /// Of each entry of evidence. By their places, for a release is costly to copy.
  fileprivate var evidencePaths: [Located<String>?] {
    shelves.flatMap { shelf in shelf.releases.indices.flatMap { shelf.releases[$0].evidence.map(\.path) } }
  }
}
