package import Diagnostics

/// Something that a tool of delivery told, and the line of `events/` that has it.
package struct ToldEvent: Sendable {
  package var event: DeliveryEvent
  package var location: SourceLocation

  package init(_ event: DeliveryEvent, at location: SourceLocation) {
    (self.event, self.location) = (event, location)
  }
}
