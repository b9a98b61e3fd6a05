import Diagnostics
import Model
import Testing

extension Ledger {
  /// Adds what runs where, people, exercises, flags and an incident. Every text that stems from outside is `word`.
  mutating func addOperations(_ word: String) throws {
    site.environments = [
      DeploymentEnvironment(id: "staging", name: word),
      DeploymentEnvironment(id: "production", name: word, isProduction: true),
    ]
    site.teams = [Team(id: "t", name: word)]
    var dana = Person(id: "dana", name: word, at: place())
    dana.team = "t"
    dana.emails = [word]
    dana.roles = [Person.Role(id: word, from: CivilDate("2026-01-01")), Person.Role(id: "security")]
    site.people.append(dana)

    var exercise = Exercise(id: "e-1", kind: located("restore"), at: try day("2026-09-12"), location: place())
    exercise.products = [located(word)]
    exercise.environments = [located("staging"), located(word)]
    exercise.findings = word
    exercise.by = [located("dana"), located(word)]
    exercise.evidence = located("content/evidence/\(word).html")
    exercises = [exercise]

    var flag = Flag(id: located("new-search"), at: place())
    flag.product = located(word)
    (flag.owner, flag.kind, flag.introducedIn, flag.removedIn) = (located("dana"), word, located(word), located(word))
    (flag.monitoredBy, flag.reason) = (word, word)
    flags = [flag]

    var incident = Incident(id: "inc-1", title: word, at: place())
    incident.causedBy = .release(product: located("gateway"), version: located("2.4.0"))
    incident.products = [located("gateway"), located(word)]
    incident.environments = [located("production"), located(word)]
    incident.customerImpact = word
    incident.recoveredBy = Incident.Recovery()
    incident.recoveredBy?.product = located(word)
    incident.recoveredBy?.version = located(word)
    incident.reports = [Incident.OutsideReport(to: word)]
    incident.actions = [FollowUpAction(text: word, at: place())]
    incident.actions[0].due = try day("2026-10-25")
    incident.actions[0].owner = located("dana")
    incidents = [incident]

    let position = try #require(shelves[0].position(of: "2.4.0"))
    shelves[0].product.dependsOn = [located(word)]
    shelves[0].releases[position].environments = ["staging", "production"].map { id in
      var state = EnvironmentState(id: located(id), at: place(word))
      (state.config, state.image, state.difference) = (word + id, word, word)
      return state
    }
    var stage = Rollout.Stage(environment: located("production"), at: place())
    (stage.status, stage.finished, stage.scope) = (located(.succeeded), try day("2026-10-20"), word)
    stage.share = located(25)
    shelves[0].releases[position].rollout?.stages.append(stage)
    var gate = GateVerdict(located(.bypassed), at: try day("2026-10-20"), location: place())
    (gate.by, gate.reason) = (located("dana"), word)
    shelves[0].releases[position].gates = [gate]
  }
}
