// Events as almost all are told, read without a decoder, which would take most of the time of a file of very many.

extension CDEvents.Told {
  /// An event that is told plainly; `nil` for one that is wrapped, or has anything that is not as it should be.
  init?(_ walk: JSONPath) {
    var walk = walk
    var context: CDEvents.Context?
    var subject: CDEvents.Subject?
    let isWhole = walk.members { key, value in
      switch key {
      case "context":
        context = CDEvents.Context(&value)
        return context != nil
      case "subject":
        subject = CDEvents.Subject(&value)
        return subject != nil
      default: return true
      }
    }
    guard isWhole, let context, let subject else { return nil }
    do {
      event = try CDEvents.event(context, subject)
    } catch {
      return nil
    }
  }
}

extension CDEvents.Context {
  fileprivate init?(_ walk: inout JSONPath) {
    var (id, source, type, timestamp): (String?, String?, String?, String?)
    let isWhole = walk.members { key, value in
      switch key {
      case "id": id = value.text()
      case "source": source = value.text()
      case "type": type = value.text()
      case "timestamp": timestamp = value.text()
      default: break
      }
      return true
    }
    guard isWhole, let id, let source, let type, let timestamp else { return nil }
    self.init(id: id, source: source, type: type, timestamp: timestamp)
  }
}

extension CDEvents.Subject {
  fileprivate init?(_ walk: inout JSONPath) {
    var id: String?
    var content: CDEvents.Content?
    let isWhole = walk.members { key, value in
      switch key {
      case "id": id = value.text()
      case "content" where !value.isNull:
        content = CDEvents.Content(&value)
        return content != nil
      default: break
      }
      return true
    }
    guard isWhole, let id else { return nil }
    self.init(id: id, content: content)
  }
}

extension CDEvents.Named {
  fileprivate init?(_ walk: inout JSONPath) {
    self.init()
    let isWhole = walk.members { key, value in
      switch key {
      case "id": value.read(into: &id)
      case "name": value.read(into: &name)
      case "uri": value.read(into: &uri)
      default: true
      }
    }
    guard isWhole else { return nil }
  }

  /// Reads a member that may be missing.
  /// - Returns: Whether it is what it should be.
  fileprivate static func read(_ named: inout CDEvents.Named?, _ walk: inout JSONPath) -> Bool {
    if walk.isNull { return true }
    named = CDEvents.Named(&walk)
    return named != nil
  }
}

extension CDEvents.Content {
  fileprivate init?(_ walk: inout JSONPath) {
    self.init()
    let isWhole = walk.members { key, value in
      switch key {
      case "environment": CDEvents.Named.read(&environment, &value)
      case "service": CDEvents.Named.read(&service, &value)
      case "change": CDEvents.Named.read(&change, &value)
      case "repository": CDEvents.Named.read(&repository, &value)
      case "testSuite": CDEvents.Named.read(&testSuite, &value)
      case "artifactId": value.read(into: &artifactId)
      case "description": value.read(into: &description)
      case "summary": value.read(into: &summary)
      case "outcome": value.read(into: &outcome)
      case "decision": value.read(into: &decision)
      case "resolution": value.read(into: &resolution)
      case "status": value.read(into: &status)
      case "reason": value.read(into: &reason)
      case "responder": value.read(into: &responder)
      case "requester": value.read(into: &requester)
      case "user": value.read(into: &user)
      case "updatedBy": value.read(into: &updatedBy)
      case "creator": value.read(into: &creator)
      case "uri": value.read(into: &uri)
      case "ticketURI": value.read(into: &ticketURI)
      case "approvalDetailsUrl": value.read(into: &approvalDetailsUrl)
      default: true
      }
    }
    guard isWhole else { return nil }
  }
}

extension JSONPath {
  /// Reads a text that may be `null`.
  /// - Returns: Whether it is what it should be.
  fileprivate mutating func read(into text: inout String?) -> Bool {
    if isNull { return true }
    text = self.text()
    return text != nil
  }
}
