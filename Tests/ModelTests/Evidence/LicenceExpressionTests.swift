import Model
import Testing

struct LicenceExpressionTests {
  @Test(
    "an expression is satisfied when the allowed licences let one use the work",
    arguments: [
      ("MIT", true), ("mit", true), ("Apache-2.0", false), ("MIT OR Apache-2.0", true), ("MIT AND Apache-2.0", false),
      ("MIT AND BSD-3-Clause", true), ("Apache-2.0 OR MIT AND BSD-3-Clause", true),
      ("(Apache-2.0 OR MIT) AND Apache-2.0", false), ("(Apache-2.0 OR MIT) AND MIT", true),
      ("LGPL-2.1-only", true), ("LGPL-2.1", true), ("LGPL-2.1+", true), ("LGPL-2.1-or-later", true),
      ("MIT WITH Some-exception", true), ("GPL-2.0 WITH Classpath-exception-2.0", true), ("GPL-2.0", false),
      ("GPL-2.0-only WITH Classpath-exception-2.0", true), ("GPL-3.0-or-later", false), ("mit or apache-2.0", true),
      ("LicenseRef-Ours", true), ("DocumentRef-a:LicenseRef-Ours", false), ("((MIT))", true),
    ])
  func satisfied(_ text: String, _ isSatisfied: Bool) throws {
    let allowed = AllowedLicences([
      "MIT", "BSD-3-Clause", "LGPL-2.1-only", "GPL-2.0-only  WITH Classpath-exception-2.0", "LicenseRef-Ours",
    ])
    #expect(try #require(LicenceExpression(text)).isSatisfied(by: allowed) == isSatisfied)
  }

  @Test("who may choose a later version may also stay with the one that is named, but not the other way round")
  func laterVersions() throws {
    let onlyLater = AllowedLicences(["GPL-2.0-or-later"])
    #expect(try #require(LicenceExpression("GPL-2.0+")).isSatisfied(by: onlyLater))
    #expect(try !#require(LicenceExpression("GPL-2.0-only")).isSatisfied(by: onlyLater))
    #expect(try #require(LicenceExpression("GPL-2.0-or-later")).isSatisfied(by: AllowedLicences(["GPL-2.0"])))
  }

  @Test(
    "what is no expression is none",
    arguments: [
      "", " ", "NONE", "NOASSERTION", "MIT OR", "OR MIT", "(MIT", "MIT)", "MIT Apache-2.0", "MIT/X11",
      "Apache, Version 2",
      "MIT WITH", "MIT WITH (a)", "+", "M+IT", "(MIT) WITH x", "()", "<b>", "MIT AND NONE",
      String(repeating: "(", count: 1000) + "MIT" + String(repeating: ")", count: 1000),
    ])
  func malformed(_ text: String) {
    #expect(LicenceExpression(text) == nil)
  }

  @Test("the licences of an expression are listed once, in its order")
  func licences() throws {
    let expression = try #require(LicenceExpression("(B OR A+) AND B AND C WITH e"))
    #expect(expression.licences.map(\.text) == ["B", "A+", "C WITH e"])
  }

  @Test("a concluded licence goes before a declared one, unless nothing was concluded")
  func effective() {
    var component = Component(name: "a")
    component.licences = [
      LicenceClaim(spdx: "GPL-3.0-only", origin: .declared), LicenceClaim(spdx: "MIT", origin: .concluded),
    ]
    #expect(component.licenceCheck(against: AllowedLicences(["MIT"])) == .allowed)
    component.licences[1] = LicenceClaim(spdx: "NOASSERTION", origin: .concluded)
    #expect(component.licenceCheck(against: AllowedLicences(["MIT"])) == .refused(["GPL-3.0-only"]))
  }

  @Test("a component without a licence that can be judged is unknown, never allowed")
  func unknown() {
    let allowed = AllowedLicences(["MIT"])
    var component = Component(name: "a")
    #expect(component.licenceCheck(against: allowed) == .unknown("no licence is stated"))
    component.licences = [LicenceClaim("The Licence of Ours", kind: .name)]
    #expect(component.licenceCheck(against: allowed) == .unknown("`The Licence of Ours` is no SPDX id"))
    component.licences = [LicenceClaim(spdx: "NOASSERTION", origin: .declared)]
    #expect(component.licenceCheck(against: allowed) == .unknown("its licence is not asserted"))
    component.licences = [LicenceClaim(spdx: "NONE", origin: .declared)]
    #expect(component.licenceCheck(against: allowed) == .refused(["NONE"]))
    component.licences = [LicenceClaim("MIT", kind: .expression), LicenceClaim("MIT/X", kind: .expression)]
    #expect(component.licenceCheck(against: allowed) == .unknown("`MIT/X` is no licence expression"))
  }
}
