extension Code {
  /// The codes of evidence of the supply chain: bills of materials, VEX, attestations and the keys that verify them.
  package static let supplyChain: [Code] = [
    unreadFormatVersion, unjustifiedStatement, unknownProduct, unreadableKey, unsupportedKey, privateKey,
  ]

  package static let unreadFormatVersion = Code(
    "E050", "evidence in a version of its format that is not read",
    why: """
      The file says in which version of its format it is written, and Gazette does not know that version. What it would \
      understand of it might be wrong, so it reads nothing.
      """,
    example: #"{"bomFormat": "CycloneDX", "specVersion": "9.0", "components": []}"#,
    fix: "Have the tool write a version that is read; the reference of `evidence` lists them.")

  package static let unjustifiedStatement = Code(
    "E051", "a VEX statement without a reason",
    why: """
      A statement that a vulnerability does not affect a product takes it off the list of what counts. OpenVEX and CSAF \
      ask for a justification or an impact statement; without one nobody can tell whether it was examined, and Gazette \
      goes on counting the vulnerability.
      """,
    example: #"{"vulnerability": {"name": "CVE-2026-1"}, "status": "not_affected"}"#,
    fix:
      "Add `justification`, such as `vulnerable_code_not_present`, or say in `impact_statement` why it does not matter."
  )

  package static let unknownProduct = Code(
    "E052", "a product that an advisory does not define",
    why: """
      A CSAF advisory speaks of products by ids that its `product_tree` explains. An id that is not there names nothing, \
      so that what is said of it cannot be matched with any component.
      """,
    example: #"{"known_not_affected": ["CSAFPID-9"]}"#,
    fix: "Add the product to `product_tree`, or correct the id.")

  package static let unreadableKey = Code(
    "E060", "a key that cannot be read",
    why: """
      The file that `signing: {keys: …}` names holds no public key and no certificate in PEM. Nothing can be verified \
      with it, so that every signature made with it counts as not verified.
      """,
    example: """
      # content/gazette.yml
      signing: {keys: {ci: content/keys/ci.pem}}   # and ci.pem holds the output of `ssh-keygen`
      """,
    fix: "Export the public key as PEM, such as with `openssl pkey -pubout` or `cosign public-key`.")

  package static let unsupportedKey = Code(
    "E061", "a key of a kind that Gazette does not verify with",
    why: """
      Gazette verifies Ed25519, ECDSA on the curves P-256 and P-384, and RSA of at least 2048 bits. Other curves and \
      shorter keys are refused rather than trusted a little.
      """,
    example: "A key on the curve secp256k1, or RSA of 1024 bits.",
    fix: "Sign with another key, and list its public half.")

  package static let privateKey = Code(
    "E062", "a private key in the checkout",
    why: """
      Whoever can read the repository can sign with this key. A signature that anybody can make proves nothing, and \
      removing the file does not remove it from the history.
      """,
    example: "A file under content/keys that begins with `-----BEGIN PRIVATE KEY-----`.",
    fix: """
      Make a new key, sign with that one, and list its public half under `signing: {keys: …}`. Take the old one out \
      of everything that trusts it.
      """)
}
