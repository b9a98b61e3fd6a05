/// The members of a SARIF log that are read.
struct SARIFLog: Decodable {
  var version: String
  var runs: [Run]

  struct Run: Decodable {
    var tool: Tool
    var invocations: [Invocation]?
    var results: [Result]?
    var artifacts: [Artifact]?
    var versionControlProvenance: [Provenance]?
  }

  struct Tool: Decodable {
    var driver: Component
    var extensions: [Component]?
  }

  struct Component: Decodable {
    var name: String
    var version: String?
    var semanticVersion: String?
    var rules: [Rule]?
    var globalMessageStrings: [String: Message]?
  }

  struct Rule: Decodable {
    var id: String
    var defaultConfiguration: Configuration?
    var messageStrings: [String: Message]?
    var properties: Properties?
  }

  struct Configuration: Decodable {
    var level: String?
  }

  struct Properties: Decodable {
    /// As CVSS counts, which tools write as a text or as a number.
    var severity: Double?

    private enum CodingKeys: String, CodingKey {
      case severity = "security-severity"
    }

    init(from decoder: any Decoder) throws {
      let values = try decoder.container(keyedBy: CodingKeys.self)
      guard values.contains(.severity) else { return }
      do {
        severity = Double(try values.decode(String.self, forKey: .severity))
      } catch DecodingError.typeMismatch {
        severity = try values.decodeIfPresent(Double.self, forKey: .severity)
      } catch DecodingError.valueNotFound {
        severity = nil
      }
    }
  }

  struct Invocation: Decodable {
    var executionSuccessful: Bool?
    var exitCodeDescription: String?
    var startTimeUtc: String?
    var endTimeUtc: String?
    var toolExecutionNotifications: [Notification]?
    var toolConfigurationNotifications: [Notification]?

    var notifications: [Notification] { (toolConfigurationNotifications ?? []) + (toolExecutionNotifications ?? []) }
  }

  struct Notification: Decodable {
    var level: String?
    var message: Message?
  }

  struct Result: Decodable {
    var ruleId: String?
    var ruleIndex: Int?
    var rule: RuleReference?
    var kind: String?
    var level: String?
    var baselineState: String?
    /// Required, and yet left out by some; a result without words is a result.
    var message: Message?
    var locations: [Location]?
    var fingerprints: [String: String]?
    var partialFingerprints: [String: String]?
    var suppressions: [Suppression]?
    var properties: Properties?
  }

  struct RuleReference: Decodable {
    var id: String?
    var index: Int?
    var toolComponent: ComponentReference?
  }

  struct ComponentReference: Decodable {
    var index: Int?
  }

  struct Message: Decodable {
    var text: String?
    var markdown: String?
    var id: String?
    var arguments: [String]?
  }

  struct Location: Decodable {
    var physicalLocation: PhysicalLocation?
  }

  struct PhysicalLocation: Decodable {
    var artifactLocation: ArtifactLocation?
    var region: Region?
  }

  struct ArtifactLocation: Decodable {
    var uri: String?
    var index: Int?
  }

  struct Region: Decodable {
    var startLine: Double?
  }

  struct Artifact: Decodable {
    var location: ArtifactLocation?
  }

  struct Suppression: Decodable {
    var kind: String?
    var status: String?
    var justification: String?
  }

  struct Provenance: Decodable {
    var repositoryUri: String?
    var revisionId: String?
  }
}

/// A key of an object or the position in a list, to name a place.
package struct JSONStep: CodingKey {
  package let stringValue: String
  package let intValue: Int?

  package init(_ key: String) { (stringValue, intValue) = (key, nil) }

  package init(_ index: Int) { (stringValue, intValue) = (String(index), index) }

  package init?(stringValue: String) { self.init(stringValue) }

  package init?(intValue: Int) { self.init(intValue) }
}
