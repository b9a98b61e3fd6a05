import Testing

@testable import Authoring

@Suite("A fragment that waits on for others") struct FragmentTextTests {
  @Test(
    "only its products change",
    arguments: [
      ("---\n# why\nproducts: [a, b]  # two\nkind: fix\n---\nText\n", "---\n# why\nkind: fix\n---\nText\n"),
      ("---\nproducts:\n  - a\n  - b\nkind: fix\n---\nText\n", "---\nkind: fix\n---\nText\n"),
      ("---\nproducts:\n- a\n- b\nkind: fix\n---\nText\n", "---\nkind: fix\n---\nText\n"),
      ("---\nkind: fix\nproducts: [a,\n  b]\n---\nproducts: not these\n", "---\nkind: fix\n---\nproducts: not these\n"),
      ("---\nkind: fix\n---\nText\n", "---\nkind: fix\n---\nText\n"),
    ])
  func alone(before: String, after: String) { #expect(FragmentText.text(before, products: []) == after) }

  @Test("those who are left are named") func several() {
    let before = "---\nkind: fix\nproducts: [a, b, c]\n---\nText\n"
    #expect(FragmentText.text(before, products: ["b", "c"]) == "---\nkind: fix\nproducts: [b, c]\n---\nText\n")
    #expect(
      FragmentText.text("---\nkind: fix\n---\nText\n", products: ["b", "c"])
        == "---\nkind: fix\nproducts: [b, c]\n---\nText\n")
  }

  @Test("front matter without lines of its own is left alone") func flow() {
    #expect(FragmentText.text("---\n{kind: fix, products: [a, b]}\n---\nText\n", products: ["b", "c"]) == nil)
    #expect(FragmentText.text("no front matter", products: []) == nil)
  }
}
