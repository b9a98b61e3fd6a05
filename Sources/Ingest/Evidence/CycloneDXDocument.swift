import Model

extension CycloneDX {
  /// The members that are read.
  struct Document: Decodable {
    var specVersion: String?
    var serialNumber: String?
    var metadata: Metadata?
    var components: [Component?]?
    var dependencies: [Dependency?]?
    var vulnerabilities: [Vulnerability?]?
  }
}

extension CycloneDX.Document {
  struct Metadata: Decodable {
    var timestamp: String?
    var component: Component?
    var tools: Tools?
  }

  /// A list of tools until 1.4, lists of components and services since.
  struct Tools: Decodable {
    var first: EvidenceTool?

    private struct Tool: Decodable {
      var vendor: String?
      var group: String?
      var name: String?
      var version: String?
    }

    private enum Key: CodingKey { case components, services }

    init(from decoder: any Decoder) throws {
      let tools: [Tool?]
      if let object = try? decoder.container(keyedBy: Key.self) {
        tools =
          (try object.decodeIfPresent([Tool?].self, forKey: .components) ?? [])
          + (try object.decodeIfPresent([Tool?].self, forKey: .services) ?? [])
      } else {
        tools = try decoder.singleValueContainer().decode([Tool?].self)
      }
      first =
        tools.lazy.compactMap { tool in
          tool?.name.map { EvidenceTool(name: EvidenceText.name($0), version: (tool?.version).map(EvidenceText.name)) }
        }.first
    }
  }

  struct Component: Decodable {
    var bomRef: String?
    var type: String?
    var group: String?
    var name: String
    var version: String?
    var purl: String?
    var licenses: [Licence?]?
    var hashes: [Hash?]?
    var components: [Component?]?
    var pedigree: Pedigree?
    var releaseNotes: ReleaseNotes?

    private enum CodingKeys: String, CodingKey {
      case bomRef = "bom-ref"
      case type, group, name, version, purl, licenses, hashes, components, pedigree, releaseNotes
    }
  }

  struct Hash: Decodable {
    var alg: String?
    var content: String?
  }

  struct Licence: Decodable {
    struct Named: Decodable {
      var id: String?
      var name: String?
      var acknowledgement: String?
    }

    var license: Named?
    var expression: String?
    var acknowledgement: String?
  }

  struct Pedigree: Decodable {
    struct Commit: Decodable {
      var uid: String?
    }

    var commits: [Commit?]?
  }

  struct ReleaseNotes: Decodable {
    struct Issue: Decodable {
      var type: String?
      var id: String?
    }

    var title: String?
    var resolves: [Issue?]?
  }

  struct Dependency: Decodable {
    var ref: String?
    var dependsOn: [String?]?
  }

  struct Vulnerability: Decodable {
    struct Reference: Decodable {
      var id: String?
    }

    struct Rating: Decodable {
      var severity: String?
      var score: Double?
      var method: String?
    }

    struct Analysis: Decodable {
      var state: String?
      var justification: String?
      var response: [String?]?
      var detail: String?
      var firstIssued: String?
      var lastUpdated: String?
    }

    struct Affected: Decodable {
      var ref: String?
    }

    var id: String?
    var references: [Reference?]?
    var ratings: [Rating?]?
    var description: String?
    var recommendation: String?
    var updated: String?
    var rejected: String?
    var analysis: Analysis?
    var affects: [Affected?]?
  }
}
