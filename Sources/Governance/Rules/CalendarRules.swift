import Model

/// The rules on calendars, which say so until calendars are read.
extension Rule {
  static let windowRespected = calendarRule(
    "window-respected", title: "production changed inside a deployment window and outside of freezes",
    why: "Changes at agreed times find people at work who can help, and customers who were warned.",
    appliesTo: "Releases with a stage in production.",
    fix: "Deploy inside a window, or have an exception approved in the freeze.", due: .deployment)

  static let trainOnTime = calendarRule(
    "train-on-time", title: "it left with its train, and on time",
    why: "Others plan by the timetable; who is late or leaves out of turn should at least be named.",
    appliesTo: "Releases with a `train`.", fix: "Leave with the next train, or say why it is unplanned.", due: .release)

  static let noCollision = calendarRule(
    "no-collision", title: "no two releases change the same environment at the same time",
    why: "When two things change at once, nobody can tell which of them broke it.",
    appliesTo: "Releases with a schedule.", fix: "Move one of them.", due: .planned)

  static let supportStated = calendarRule(
    "support-stated", title: "its line says until when it is looked after, and is",
    why: "Customers choose a line by how long it lasts.", appliesTo: "Releases on a release line.",
    fix: "State the ends of support of the line in the product's file.", due: .release)

  private static func calendarRule(
    _ id: String, title: String, why: String, appliesTo: String, fix: String, due: Due
  ) -> Rule {
    let example = RuleExample("status: released", circumstances: "calendars are not read yet")
    return Rule(id, title: title, why: why, appliesTo: appliesTo, fix: fix, due: due, bad: example, good: example) {
      _ in
      .notApplicable("calendars are not read yet")
    }
  }
}
