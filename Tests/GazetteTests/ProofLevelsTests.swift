import Foundation
import Testing

/// From signed commits to what an auditor reads, with the built command.
@Suite("How far approvals are proven") struct ProofLevelsTests {
  private static let site = """
    title: Harbor
    people:
      ana: {name: Ana, emails: [ana@harbor.example], roles: [{id: security}]}
      ben: {name: Ben, emails: [ben@harbor.example]}
      dana: {name: Dana, emails: [dana@harbor.example], roles: [{id: release-manager}]}
      iris: {name: Iris, emails: [iris@harbor.example], roles: [{id: product-owner}]}
      kemi: {name: Kemi, emails: [kemi@harbor.example], roles: [{id: compliance}]}
    signing: {allowed_signers: content/keys/allowed_signers}

    """

  /// A small history: Ana signs her approval with a key that was listed before, Dana commits hers without a signature,
  /// Ben writes one for Iris, and Kemi commits a waiver.
  private static let history = """
    set -eu
    keys=$(mktemp -d); trap 'rm -rf "$keys"' EXIT
    ssh-keygen -q -t ed25519 -N '' -f "$keys/ana"
    export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
    day=0
    as() {
      person=$1; shift; day=$((day + 1)); date="2024-01-0${day}T12:00:00Z"
      git add --all
      GIT_AUTHOR_NAME=$person GIT_AUTHOR_EMAIL=$person@harbor.example GIT_AUTHOR_DATE=$date \\
      GIT_COMMITTER_NAME=$person GIT_COMMITTER_EMAIL=$person@harbor.example GIT_COMMITTER_DATE=$date \\
        git -c gpg.format=ssh -c user.signingKey="$keys/ana" commit -q --allow-empty -m "Step $day" "$@"
    }
    approve() {
      echo "approvals: [{by: $1, role: $2, at: 2024-01-02T18:00Z, decision: approved}]" \\
        > "content/releases/gw/1.0.0.d/approval-$1.yml"
    }
    mkdir -p content/keys content/waivers content/releases/gw/1.0.0.d
    echo "ana@harbor.example $(cut -d ' ' -f 1,2 "$keys/ana.pub")" > content/keys/allowed_signers
    as dana
    printf 'status: released\\nreleased: 2024-01-07T09:00Z\\nauthors: [ben]\\n' > content/releases/gw/1.0.0.yml
    as ben
    approve ana security; as ana -S
    approve dana release-manager; as dana
    approve iris product-owner; as ben
    cat > content/waivers/no-build.yml <<'WAIVER'
    {rule: build-recorded, product: gw, reason: Built by hand, approved_by: kemi, approved_at: 2024-01-03, expires: 2024-02-01}
    WAIVER
    as kemi
    as ben; as ben
    """

  private static let canSign = FileManager.default.isExecutableFile(atPath: "/usr/bin/ssh-keygen")

  private func repository(level: String) throws -> TemporaryRepository {
    let roles = "roles: {security: 1, release-manager: 1, product-owner: 1}"
    let repository = try TemporaryRepository(files: [
      "content/gazette.yml": Self.site, "content/products/gw.yml": "name: Gateway\n",
      "content/policy/p.yml": "rules: {approvals-complete: {\(roles), proven_by: \(level)}, build-recorded: {}}\n",
    ])
    let made = try repository.shell(Self.history)
    try #require(made.status == 0, "\(made.errors)")
    return repository
  }

  @Test("each level is told apart in the dossier and among the waivers", .enabled(if: canSign, "needs ssh-keygen"))
  func pages() throws {
    let repository = try repository(level: "signed-git")
    let built = try repository.gazette("build", "--audience", "internal")
    #expect(built.status == 1, "\(built.output)\(built.errors)")
    let dossier = try #require(repository.text("_site/products/gw/1.0.0/dossier/index.html"))
    for words in [
      "proven: signed by that person", "stated in a commit authored by that person", "stated in the record only",
      "it was added by somebody else: ben is the author of commit",
    ] { #expect(dossier.contains(words), "\(words)") }
    let waivers = try #require(repository.text("_site/audit/waivers/index.html"))
    #expect(waivers.contains("stated in a commit authored by that person"))
  }

  @Test(
    "the policy decides how much is enough", .enabled(if: canSign, "needs ssh-keygen"),
    arguments: [("record", []), ("git", ["iris"]), ("signed-git", ["dana", "iris"])])
  func check(level: String, refused: [String]) throws {
    let repository = try repository(level: level)
    let checked = try repository.gazette("check")
    for person in ["ana", "dana", "iris"] {
      let isRefused = checked.output.contains("error[approvals-complete]: the approval by `\(person)` was added")
      #expect(isRefused == refused.contains(person), "\(person): \(checked.output)\(checked.errors)")
    }
    #expect(checked.status == (refused.isEmpty ? 0 : 1), "\(checked.output)\(checked.errors)")
    // Without history nothing is proven, whoever is the author of the only commit.
    let clone = try repository.shell("git clone -q --depth 1 \"file://$PWD\" shallow && cd shallow && \"$0\" check")
    let unverifiable = "nobody can tell who committed the approval"
    #expect(clone.output.contains(unverifiable) == (level != "record"), "\(clone.output)\(clone.errors)")
  }
}
