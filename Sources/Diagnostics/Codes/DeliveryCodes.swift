extension Code {
  /// The codes of events and measurements.
  package static let delivery: [Code] = [
    unknownInEvent, contradictingEvent, deployedBeforeCommit, malformedMeasurement, repeatedMeasurement,
    missingMeasurement, undeclaredMetric, reusedEvent,
  ]

  package static let unknownInEvent = Code(
    "C080", "an event about something unknown",
    why: """
      An event that cannot be joined to a product, a release or an environment counts for nothing: a deployment that \
      nobody sees, or an incident without a product.
      """,
    example: #"{"context": {…}, "subject": {"id": "gatewya", "content": {"artifactId": "pkg:generic/gatewya@2.4.0"}}}"#,
    fix: """
      Let the tool name the product by its id as the service, and the version in the package URL of the artifact; or \
      write the missing record.
      """)

  package static let contradictingEvent = Code(
    "C081", "an event that contradicts a record",
    why: """
      Two sources tell of one thing, and not the same. The record counts, for somebody reviewed it; figures made of the \
      wrong one of the two would be wrong.
      """,
    example: "resolved: 2026-02-10T09:41Z   # and an event `incident.resolved` of 11:02",
    fix: "Correct the record with an amendment, or remove the event if its tool was wrong.")

  package static let deployedBeforeCommit = Code(
    "C082", "a deployment that ended before its commit was made",
    why: "One of two clocks was wrong, or the record names another commit; a lead time below zero means nothing.",
    example:
      "commit: 3f2a…   # of 12 May\nrollout: {stages: [{environment: production, finished: 2026-05-11T10:00Z, …}]}",
    fix: "Correct the commit or the stage. Until then such commits are left out of lead times, and counted.")

  package static let malformedMeasurement = Code(
    "C083", "a line of measurements that cannot be read",
    why: "A line that is left out, or a number that is misread, changes a figure without anybody noticing.",
    example: "date;metric;value\n03.11.2026;availability;99,93",
    fix: "Write `date,metric,value` on the first line, then one measurement a line: `2026-11-03,availability,99.93`.")

  package static let repeatedMeasurement = Code(
    "C084", "a day that is measured twice",
    why: "Only one of two values for one day can be right, and nobody knows which.",
    example: "2026-11-03,availability,99.93\n2026-11-03,availability,99.21",
    fix: "Keep one of the two lines. Until then the first counts.")

  package static let missingMeasurement = Code(
    "C085", "a day without a value",
    why: "No data is not zero: the day becomes a gap in the line, and the figure counts one day less.",
    example: "2026-11-03,availability,",
    fix: "Add the value, or remove the line.")

  package static let undeclaredMetric = Code(
    "C086", "a measurement that gazette.yml does not declare",
    why: "Its unit and objective are not known, and a misspelt name would begin a line of its own.",
    example: "2026-11-03,avialability,99.93",
    fix: "Correct the name, or declare it under `metrics` in gazette.yml.")

  package static let reusedEvent = Code(
    "C087", "an event whose id another one has",
    why: """
      Tools send an event again under the same id, and Gazette counts it once. Two that differ under one id are two \
      events, of which one would be lost.
      """,
    fix: "Let the tool give each event an id of its own. Until then the first counts.")
}
