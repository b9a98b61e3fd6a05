import Model

extension CSAF {
  /// The members that are read.
  struct Document: Decodable {
    struct Head: Decodable {
      struct Publisher: Decodable {
        var name: String?
      }

      struct Tracking: Decodable {
        struct Generator: Decodable {
          struct Engine: Decodable {
            var name: String?
            var version: String?
          }

          var engine: Engine?
        }

        var id: String?
        var version: String?
        var current_release_date: String?
        var generator: Generator?
      }

      var csaf_version: String
      var publisher: Publisher?
      var tracking: Tracking?
    }

    var document: Head
    var product_tree: Tree?
    var vulnerabilities: [Vulnerability?]?
  }
}

extension CSAF.Document {
  struct Tree: Decodable {
    var branches: [Branch?]?
    var full_product_names: [Product?]?
    var relationships: [Relationship?]?
    var product_groups: [Group?]?
  }

  struct Branch: Decodable {
    var branches: [Branch?]?
    var product: Product?
  }

  struct Product: Decodable {
    struct Helper: Decodable {
      var purl: String?
      var cpe: String?
    }

    var name: String?
    var product_id: String?
    var product_identification_helper: Helper?

    /// What the product is called, the most exact first.
    var names: [String] {
      [product_identification_helper?.purl, product_identification_helper?.cpe, name, product_id].compactMap { name in
        name.map(EvidenceText.name)
      }
    }
  }

  struct Relationship: Decodable {
    var full_product_name: Product?
    var product_reference: String?
    var relates_to_product_reference: String?
  }

  struct Group: Decodable {
    var group_id: String?
    var product_ids: [String?]?
  }

  struct Vulnerability: Decodable {
    struct Identifier: Decodable {
      var text: String?
    }

    struct ProductStatus: Decodable {
      var fixed: [String?]?
      var first_fixed: [String?]?
      var known_affected: [String?]?
      var first_affected: [String?]?
      var last_affected: [String?]?
      var known_not_affected: [String?]?
      var under_investigation: [String?]?

      /// The products by what is said of them; `recommended` says nothing of a vulnerability.
      var lists: [(VEXStatement.Status, [String])] {
        [
          (.affected, all(known_affected, first_affected, last_affected)), (.fixed, all(fixed, first_fixed)),
          (.notAffected, all(known_not_affected)), (.underInvestigation, all(under_investigation)),
        ]
      }

      private func all(_ lists: [String?]?...) -> [String] { lists.flatMap { ($0 ?? []).compactMap { $0 } } }
    }

    /// A flag, a threat or a remediation, for the products that it names.
    struct Note: Decodable {
      var category: String?
      var label: String?
      var details: String?
      var product_ids: [String?]?
      var group_ids: [String?]?
    }

    var cve: String?
    var ids: [Identifier?]?
    var product_status: ProductStatus?
    var flags: [Note?]?
    var threats: [Note?]?
    var remediations: [Note?]?

    /// Its name and other names. Addresses of trackers stand among the ids, which are no names.
    var names: (id: String, aliases: [String])? {
      let others = (ids ?? []).compactMap { $0?.text }.filter { !$0.contains("/") }.map(EvidenceText.name)
      guard let id = cve.map(EvidenceText.name) ?? others.first else { return nil }
      return (id, others.filter { $0 != id })
    }
  }
}
