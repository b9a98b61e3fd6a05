package import Templates

/// One file of the site to be: where it goes and what it is made of.
package struct Page: Hashable, Sendable {
  package enum Body: Hashable, Sendable {
    /// A template draws the value.
    case template(TemplateName, Value)
    /// The value as JSON.
    case json(Value)
    case bytes([UInt8])
  }

  package var route: Route
  package var body: Body

  package init(route: Route, body: Body) {
    (self.route, self.body) = (route, body)
  }
}
