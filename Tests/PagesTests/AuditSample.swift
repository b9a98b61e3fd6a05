import Diagnostics
import Governance
import Model
import Testing

/// Adds to the sample what auditors look at: a policy, evidence of every kind, approvals, a rollout and what followed.
///
/// Every text that stems from outside is `word`, so that a test can see what becomes of it.
func auditedLedger(_ word: String = "plain words") throws -> Ledger {
  var ledger = try sampleLedger()
  ledger.policy = samplePolicy(word)
  let position = try #require(ledger.shelves[0].position(of: "2.4.0"))
  ledger.shelves[0].releases[position].record(word)
  let id = ledger.shelves[0].releases[position].id
  for (name, payload) in samplePayloads(word) {
    var entry = EvidenceEntry(id: located(name), at: place())
    entry.kind = located("tests")
    entry.statement = word
    entry.tool = word
    ledger.shelves[0].releases[position].evidence.append(entry)
    var file = EvidenceFile(
      path: "content/evidence/\(word)", size: 1234, sha256: String(repeating: "ab", count: 32), format: .document,
      payload: payload)
    file.tool = EvidenceTool(name: word, version: word)
    file.subjects = [EvidenceSubject(name: word, commit: word, digests: [ContentDigest(algorithm: word, hex: word)])]
    ledger.evidence[id, name] = .read(file)
  }
  for (name, reading) in [
    ("away", EvidenceReading.referenced(reason: word)), ("broken", .unreadable(reason: word)),
  ] {
    ledger.shelves[0].releases[position].evidence.append(EvidenceEntry(id: located(name), at: place()))
    ledger.evidence[id, name] = reading
  }
  ledger.shelves[0].releases[position].evidence.append(EvidenceEntry(id: located("only-said"), at: place()))
  try ledger.addOperations(word)
  return ledger
}

func judged(_ ledger: Ledger) async -> Judgement {
  var report = Report()
  return await RuleBook(ledger.policy, into: &report).judge(ledger, slices: 2)
}

private func samplePolicy(_ word: String) -> Policy {
  var file = PolicyFile(path: "content/policy/releases.yml")
  file.rules = Rule.all.map { RuleEntry(id: located($0.id), variants: [RuleVariant(at: place())]) }
  var policy = Policy()
  policy.files = [file]
  policy.digest = String(repeating: "cd", count: 32)
  var waiver = Waiver(
    id: located("w-1"), rule: located("risk-classified"), product: located("gateway"), reason: word,
    approvedBy: located("dana"), approvedAt: located(.day(CivilDate(dayNumber: 19_000))),
    expires: located(.day(CivilDate(dayNumber: 30_000))), at: place())
  waiver.compensating = word
  waiver.reference = word
  policy.waivers = [waiver]
  var framework = Framework(id: "own", title: "Own framework")
  var control = Control(id: located("C.1"), title: word)
  control.answers = [
    Control.Answer(rule: located("approvals-complete"), extent: .shows),
    Control.Answer(rule: located("no-such-rule"), extent: .supports),
  ]
  framework.controls = [control, Control(id: located("C.2"), title: word)]
  policy.frameworks = [framework]
  return policy
}

extension Release {
  fileprivate mutating func record(_ word: String) {
    reason = located(word)
    securityImpact = located(word)
    riskFactors = [located(word)]
    authors = [located(word)]
    labels = [word]
    build = BuildRun(at: place())
    build?.id = word
    build?.url = "javascript:alert(1)"
    build?.runner = word
    build?.reproducible = word
    var approval = Approval(by: located("dana"), decision: located(.approved), at: place("content/releases/x.yml", 41))
    (approval.conditions, approval.comment, approval.reference) = (word, word, word)
    approval.role = located(word)
    approvals = [approval]
    acceptance = [Acceptance(criterion: word, at: place())]
    var rollout = Rollout(at: place())
    var stage = Rollout.Stage(environment: located(word), at: place())
    stage.scope = word
    stage.criteria = [Rollout.Criterion(metric: word)]
    rollout.stages = [stage]
    self.rollout = rollout
    var rollback = Rollback(at: place())
    rollback.triggers = [word]
    rollback.plan = located(word)
    self.rollback = rollback
    runbook = [RunbookTask(task: word, at: place())]
    communication = [Communication(to: word, at: place())]
    var validation = Validation(at: place())
    validation.checks = [Validation.Check(name: word)]
    validation.errorBudgetLeft = word
    self.validation = validation
    var review = Review(at: place())
    (review.wentWell, review.improve) = (word, word)
    review.actions = [FollowUpAction(text: word, at: place())]
    self.review = review
    var amendment = Amendment(at: located(.day(CivilDate(dayNumber: 20_000))), location: place())
    amendment.reason = word
    amendments = [amendment]
  }
}

private func samplePayloads(_ word: String) -> [(String, EvidencePayload)] {
  var failed = TestReport.Case(suite: word, className: word, name: word, seconds: 1.5, outcome: .failed)
  failed.message = word
  var flaky = TestReport.Case(suite: word, name: word, outcome: .passed)
  flaky.isFlaky = true
  let tests = TestReport(cases: [
    failed, flaky, TestReport.Case(suite: word, name: word, outcome: .passed),
    TestReport.Case(suite: "", name: word, outcome: .skipped),
  ])
  var findings = FindingReport()
  var finding = FindingReport.Finding(tool: word, rule: word, level: .error, message: word)
  finding.path = word
  var suppressed = finding
  suppressed.suppression = FindingReport.Suppression(place: .external, justification: word)
  findings.findings = [finding, suppressed]
  findings.failures = [word]
  var component = Component(name: word)
  component.version = "1.0"
  component.licences = [LicenceClaim(word, kind: .name)]
  component.purl = word
  var list = ComponentList(specification: "CycloneDX 1.6")
  list.components = [component]
  list.serial = word
  list.subject = component
  var vulnerability = ScannedVulnerability(id: "CVE-2026-7", package: word)
  (vulnerability.summary, vulnerability.severity) = (word, .high)
  var quiet = ScannedVulnerability(id: word, package: word)
  quiet.suppression = ScannedVulnerability.Suppression(source: word, reason: word)
  var scan = VulnerabilityScan(target: word)
  scan.vulnerabilities = [vulnerability, quiet]
  var document = VEXStatements(document: word)
  var statement = VEXStatement(vulnerability: word, status: .notAffected)
  (statement.justification, statement.impact) = (word, word)
  document.statements = [statement]
  var build = BuildProvenance()
  (build.builder, build.buildType, build.invocation) = (word, word, word)
  build.materials = [BuildProvenance.Material(uri: word, digests: [])]
  let attestations = [
    Attestation(.build(build), type: word, signature: .verified(key: word)),
    Attestation(.vulnerabilities(scan), type: word, signature: .fails(reason: word)),
    Attestation(.other, type: word, signature: .unverified(.noKey)),
  ]
  let share = CoverageReport.Share(covered: 1, valid: 3)
  var accessibility = AccessibilityReport()
  accessibility.pages = [word]
  accessibility.violations = [
    AccessibilityReport.Issue(
      rule: word, impact: .serious, help: word, tags: [word], page: word, count: 2, targets: [word])
  ]
  var change = ReviewedChange(id: word)
  change.title = word
  change.reviews = [ChangeReview(by: ReviewPerson(login: word), decision: .commented)]
  let measurement = MeasurementReport.Measurement(
    metric: word, value: 12, unit: word, limit: MeasurementReport.Limit(.atMost, 10))
  var event = DeliveryEvent(
    id: word, source: word, type: word, typeVersion: "1", at: Moment(seconds: 1_700_000_000), subject: word)
  event.summary = word
  return [
    ("tests", .tests(tests)), ("findings", .findings(findings)), ("components", .components(list)),
    ("vex", .vex(document)), ("provenance", .provenance(Provenance(attestations))), ("scan", .vulnerabilities(scan)),
    (
      "coverage",
      .coverage(
        CoverageReport(
          lines: share, branches: share, files: [CoverageReport.File(path: word, lines: share, branches: share)]))
    ),
    ("accessibility", .accessibility(accessibility)), ("reviews", .reviews(ReviewExport([change]))),
    ("measurements", .measurements(MeasurementReport(measurements: [measurement]))),
    ("events", .events(EventList([event]))),
    ("document", .document),
  ]
}
