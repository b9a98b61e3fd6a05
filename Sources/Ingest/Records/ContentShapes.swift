/// What a kind of content file may say, as data: what JSON Schemas and the guide are made from.
package struct ContentShape: Sendable {
  /// Where such files are, relative to the content folder; `*` stands for a name, `**` for any folders.
  package let files: String
  package let form: FormDeclaration
  /// Whether it is the front matter of a Markdown file.
  package let isFrontMatter: Bool
  /// Whether no key is required, for the file adds to another.
  package let isPart: Bool

  private init<Value>(_ files: String, _ form: Form<Value>, isFrontMatter: Bool = false, isPart: Bool = false) {
    (self.files, self.form, self.isFrontMatter, self.isPart) = (files, form.declaration, isFrontMatter, isPart)
  }

  package static let all: [ContentShape] = [
    ContentShape("gazette.yml", .shape(SiteFields.shape)),
    ContentShape("products/*.yml", .shape(ProductFields.shape)),
    ContentShape("releases/*/*.yml", .shape(ReleaseFields.shape)),
    ContentShape("releases/*/*.d/*.yml", .shape(ReleaseFields.shape), isPart: true),
    ContentShape("changes/*/*.md", .shape(FragmentFields.shape), isFrontMatter: true),
    ContentShape("incidents/*.yml", .shape(IncidentFields.shape)),
    ContentShape("exercises/*.yml", .shape(ExerciseFields.shape)),
    ContentShape("calendar.yml", .shape(CalendarFields.shape)),
    ContentShape("flags.yml", .list(of: FlagFields.shape)),
    ContentShape("policy/*.yml", .shape(PolicyFields.shape)),
    ContentShape("waivers/*.yml", .shape(WaiverFields.shape)),
    ContentShape("pages/**/*.md", .shape(PageFields.shape), isFrontMatter: true),
  ]

  /// What `check --baseline` reads; it may lie anywhere.
  package static let baseline = ContentShape("baseline.yml", .list(of: BaselineFields.shape))
}
