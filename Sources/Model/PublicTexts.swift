import Diagnostics

/// What becomes of texts, dates and references on the way to the public.
extension PublicFields {
  func isUnderEmbargo(_ until: Moment?) -> Bool { until.map { $0 > embargoesHeldAt } ?? false }

  func isPublic(_ version: String, of product: ProductID) -> Bool { versions[product]?.contains(version) ?? false }

  /// The text, or nothing when it names what is under embargo.
  func text(_ text: String?) -> String? { embargo.isNamed(in: text) ? nil : text }

  /// The public part of a text, without links to what is internal; nothing when it is empty or names what is under
  /// embargo.
  func prose(_ prose: Prose?) -> Prose? {
    guard let prose, !embargo.isNamed(in: prose) else { return nil }
    let text = prose.forPublic.whole
    guard !text.isEmpty else { return nil }
    return Prose(text.unlinked { isHidden($0) })
  }

  private func isHidden(_ destination: Destination) -> Bool {
    switch destination {
    case .home, .asset: false
    case .product(let product): !products.contains(product)
    case .release(let release): !isPublic(release.version, of: release.product)
    case .guide(let page): !guides.contains(page)
    case .incident(let id): !incidents.contains(id)
    }
  }

  // MARK: The calendar

  func calendar(_ calendar: CalendarEntries) -> CalendarEntries {
    var open = CalendarEntries()
    open.windows = calendar.windows.compactMap(window)
    open.freezes = calendar.freezes.compactMap(freeze)
    open.trains = calendar.trains.compactMap(train)
    open.milestones = calendar.milestones.compactMap(milestone)
    return open
  }

  /// Only the products are told; `nil` when the entry is about nothing that is public.
  private func scope(_ scope: CalendarEntries.Scope) -> CalendarEntries.Scope? {
    var open = CalendarEntries.Scope()
    open.products = scope.products.filter { products.contains(ProductID($0.value)) }
    return scope.products.isEmpty || !open.products.isEmpty ? open : nil
  }

  private func window(_ window: CalendarEntries.Window) -> CalendarEntries.Window? {
    guard window.audience == .public, let scope = scope(window.scope), text(window.name) != nil else { return nil }
    var open = CalendarEntries.Window(
      id: window.id, name: window.name, starts: window.starts, duration: window.duration, at: window.location)
    open.kind = window.kind
    open.recurrence = window.recurrence
    open.zone = window.zone
    open.scope = scope
    return open
  }

  private func freeze(_ freeze: CalendarEntries.Freeze) -> CalendarEntries.Freeze? {
    guard freeze.audience == .public, let scope = scope(freeze.scope), text(freeze.name) != nil else { return nil }
    var open = CalendarEntries.Freeze(
      id: freeze.id, name: freeze.name, from: freeze.from, to: freeze.to, at: freeze.location)
    open.zone = freeze.zone
    open.scope = scope
    return open
  }

  private func train(_ train: CalendarEntries.Train) -> CalendarEntries.Train? {
    guard train.audience == .public, text(train.id) != nil, text(train.name ?? "") != nil else { return nil }
    var open = CalendarEntries.Train(id: train.id, starts: train.starts, at: train.location)
    open.name = train.name
    open.recurrence = train.recurrence
    open.zone = train.zone
    return open
  }

  private func milestone(_ milestone: CalendarEntries.Milestone) -> CalendarEntries.Milestone? {
    guard milestone.audience == .public, text(milestone.name) != nil else { return nil }
    return CalendarEntries.Milestone(date: milestone.date, name: milestone.name, at: milestone.location)
  }
}
