package import Governance
package import Model

/// What an auditor asks of a period, found by those who may hash and read files.
package struct PeriodProof: Sendable {
  /// A release of the sample, and the digest that put it there.
  package struct Draw: Hashable, Sendable {
    package var member: Population.Member
    package var digest: String

    package init(_ member: Population.Member, digest: String) {
      (self.member, self.digest) = (member, digest)
    }
  }

  /// The ZIP with everything.
  package struct Archive: Hashable, Sendable {
    package var size: Int
    package var sha256: String

    package init(size: Int, sha256: String) {
      (self.size, self.sha256) = (size, sha256)
    }
  }

  package var population: Population
  package var seed: String
  package var sample: [Draw]
  /// `nil` where none was made.
  package var archive: Archive?

  package init(_ population: Population, seed: String, sample: [Draw], archive: Archive?) {
    (self.population, self.seed, self.sample, self.archive) = (population, seed, sample, archive)
  }

  package var period: Site.Period { population.period }
}
