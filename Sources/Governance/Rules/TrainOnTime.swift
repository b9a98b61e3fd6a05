import Diagnostics
import Model
import Scheduling

extension Rule {
  private static let grace = Parameter<TimeSpan>.duration(
    "grace", default: TimeSpan(), "How long after its departure it may still leave.")

  static let trainOnTime = Rule(
    "train-on-time",
    title: "it left with its train, and on time",
    why: "Others plan by the timetable; who is late or leaves out of turn should at least be named.",
    appliesTo: "Releases whose record names a `train`. A rollout in stages left when it reached its first customers.",
    fix: "Leave with the next train, or say why it is unplanned.", due: .release, parameters: [grace],
    bad: RuleExample(
      """
      status: released
      scheduled: 2026-10-20T09:00Z
      released: 2026-10-22T09:42Z
      train: fortnightly
      """, files: [timetable], fault: "2026-10-22T09:42Z"),
    good: RuleExample(
      """
      status: released
      scheduled: 2026-10-20T09:00Z
      released: 2026-10-20T09:42Z
      train: fortnightly
      """, files: [timetable])
  ) { release in
    let standing = TrainStanding(release.release, in: release.ledger, departures: release.facts.calendar.departures)
    guard let train = release.release.train, standing.train != nil else {
      return .notApplicable("its record names no train")
    }
    let grace = release[grace]
    var problems: [Reason] = []
    var named: [Reason] = []
    for conflict in release.conflicts {
      switch conflict.kind {
      case .offTrain: problems.append(Reason(conflict, help: "leave with a train, or leave `train` out"))
      case .late:
        let zone = release.zone
        let limit = standing.departure.map { zone.moment(of: $0 + 1).advanced(by: grace, in: zone) }
        if let limit, conflict.time.from < limit {
          named.append(Reason(conflict, help: nil))
        } else {
          problems.append(Reason(conflict, help: "leave with the next train, or plan for what delayed it"))
        }
      case .milestoneMissed: named.append(Reason(conflict, help: nil))
      default: break
      }
    }
    return .failed(problems, otherwise: [Reason("it left with `\(train.value)`", at: train.location)] + named)
  }

  private static let timetable = RuleExample.File(
    "calendar.yml", "trains:\n  - {id: fortnightly, starts: '2026-01-13', repeats: 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU'}\n"
  )
}
