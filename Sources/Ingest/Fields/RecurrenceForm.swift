import Diagnostics
package import Model

extension Form where Value == RecurrenceRule {
  /// When something comes again, as RFC 5545 writes it.
  package static let recurrence = Form(
    ScalarForm("recurrence", "a rule such as `FREQ=WEEKLY;BYDAY=MO`") { text in
      do throws(RecurrenceRule.Malformed) {
        _ = try RecurrenceRule(text)
        return nil
      } catch {
        return .init(.malformedTime, error.what, help: error.help)
      }
    }
  ) { text in
    do { return try RecurrenceRule(text) } catch { return nil }
  }
}
