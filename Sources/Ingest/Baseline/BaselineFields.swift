import Diagnostics
import Model

/// The keys of an entry of a baseline, which `check --write-baseline` writes.
enum BaselineFields {
  static let code = Field(
    "code", .text, "The code of the finding, or the rule that found it.", required: true, example: "C002")
  static let file = Field(
    "file", .path, "The file that it points at; none when no file is at fault.", example: "content/gazette.yml")
  static let message = Field("message", .text, "What it says, word for word.", required: true)
  static let count = Field("count", .count, "How many that are alike are accepted; default: 1.")
  static let reason = Field(
    "reason", .text, "Why it is acceptable for now.", required: true, example: "'the new farm runs in June'")
  static let expires = Field(
    "expires", .date, "The last day on which it is.", required: true, example: "2026-12-31")

  static let shape = Shape(
    "accepted finding", "A finding that does not count for the exit status for a while.",
    [code, file, message, count, reason, expires]
  ) { fields -> Baseline.Entry? in
    guard let code = fields.value(code), let message = fields.value(message), let reason = fields.value(reason),
      let expires = fields.value(expires)
    else { return nil }
    return Baseline.Entry(
      finding: FindingKey(code: code, file: fields.value(file) ?? "", message: message),
      count: fields.value(count) ?? 1, reason: reason, expires: expires, location: fields.location)
  }
}
