import Diagnostics
import Model
import Templates

/// The life of feature flags: who decides about each, until when, and which stayed too long.
struct FlagsPage {
  let scope: PageScope

  private var edition: Edition { scope.edition }

  var page: Page {
    let flags = edition.ledger.flags
    let live = flags.filter { !$0.isRetired }.sorted(by: comesFirst)
    let past = live.count { edition.isPastExpiry($0) }
    return scope.registerPage(
      "flags", title: "Flags", description: "Feature flags, who decides about them, and until when.",
      lead:
        "\(Wording.countGrouped(live.count, "flag", "flags")) in use, \(past) past the day on which somebody had to decide; "
        + "\(flags.count - live.count) retired.",
      sections: [
        RegisterSection(
          "In use", id: "in-use", isWide: true,
          [
            block("Flags in use", live, missing: "No flag is in use.")
          ]),
        RegisterSection(
          "Retired", id: "retired", isWide: true,
          [
            block("Retired flags", flags.filter(\.isRetired).sorted(by: comesFirst), missing: "No flag was retired.")
          ]),
      ])
  }

  /// Those that expire first, those without an expiry before all, for somebody has to give them one.
  private func comesFirst(_ a: Flag, _ b: Flag) -> Bool {
    let (x, y) = (a.expires?.value.dayNumber ?? .min, b.expires?.value.dayNumber ?? .min)
    return x == y ? a.id.value < b.id.value : x < y
  }

  static func anchor(of flag: Flag) -> String {
    "flag-" + pageID((flag.product.map { $0.value + "-" } ?? "") + flag.id.value)
  }

  private func block(_ label: String, _ flags: [Flag], missing: String) -> RegisterSection.Block {
    var table = Table(
      label,
      [
        .init("Flag"), .init("State"), .init("Owner"), .init("Introduced"), .init("Expires"), .init("Removed"),
        .init("Why, and what watches it"),
      ])
    var anchors = UniqueNames()
    for flag in flags { table.add(cells(of: flag), id: anchors.name(FlagsPage.anchor(of: flag))) }
    return RegisterSection.Block(table: table, missing: missing)
  }

  private func cells(of flag: Flag) -> [Cell] {
    let facts = flag.product.flatMap { edition.product(named: $0.value) }
    let state = flag.state?.value
    let isPast = edition.isPastExpiry(flag)
    return [
      Cell(flag.id.value, notes: [facts?.product.name ?? flag.product?.value, flag.kind].compactMap { $0 }),
      Cell(state?.rawValue, chip: state.map { $0 == .partial ? "running" : $0 == .retired ? "skipped" : "passed" }),
      scope.cell(flag.owner), version(flag.introducedIn?.value, of: facts),
      flag.expires.map { expires in
        var cell = scope.cell(.day(expires.value))
        if isPast { cell = Cell("past, " + expires.value.words, chip: "failed") }
        return cell
      } ?? Cell("no day is stated", chip: flag.isRetired ? nil : "open"),
      flag.removedIn.map { version($0.value, of: facts).marked(retired(flag)) }
        ?? Cell(flag.isRetired ? "not removed from the code" : "no", style: "none").marked(retired(flag)),
      Cell(flag.reason ?? "nothing stated", style: flag.reason == nil ? "none" : nil)
        .marked(flag.monitoredBy.map { "watched by: \($0)" }),
    ]
  }

  private func retired(_ flag: Flag) -> String? { flag.retired.map { "retired on \($0.value.words)" } }

  private func version(_ version: String?, of facts: ProductFacts?) -> Cell {
    guard let version else { return Cell(nil) }
    return Cell(
      version,
      link: facts.flatMap { facts in facts.positions[version].map { scope.link(to: facts.routes[$0]) } } ?? .null)
  }
}

extension Flag {
  var isRetired: Bool { state?.value == .retired || retired != nil }
}

extension Edition {
  /// Whether somebody should have decided about a flag by now.
  func isPastExpiry(_ flag: Flag) -> Bool {
    guard !flag.isRetired, let expires = flag.expires?.value else { return false }
    return When.day(expires).end(in: zone) <= ledger.asOf
  }
}
