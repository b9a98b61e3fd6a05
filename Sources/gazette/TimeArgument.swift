import ArgumentParser
import Ingest
import Model

/// Reads days and moments of the command line; what they lack is said as it is for those in files.
enum TimeArgument {
  static func day(_ text: String) throws -> CivilDate {
    try known(CivilDate(text), text, Form<CivilDate>.date.declaration)
  }

  static func moment(_ text: String) throws -> Moment { try known(Moment(text), text, Form<Moment>.moment.declaration) }

  static func when(_ text: String) throws -> When { try known(When(text), text, Form<When>.when.declaration) }

  static func asOf(_ text: String) throws -> AsOf { text == "now" ? .now : .moment(try moment(text)) }

  private static func known<Value>(_ value: Value?, _ text: String, _ form: FormDeclaration) throws -> Value {
    if let value { return value }
    guard case .scalar(let scalar) = form, let problem = scalar.problem(text) else {
      throw ValidationError("write \(form.noun)")
    }
    throw ValidationError("\(problem.what); write \(form.noun)")
  }
}
