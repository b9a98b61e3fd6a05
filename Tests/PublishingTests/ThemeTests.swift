import Diagnostics
import Foundation
import Templates
import Testing
import Theme

@Suite("The built-in theme")
struct ThemeTests {
  @Test("The program carries each file of templates/ and site/ as it is; else run scripts/list-theme.sh")
  func embeddedFiles() throws {
    #expect(try BuiltInTheme.templates == files(in: "templates"))
    #expect(try BuiltInTheme.files == files(in: "site"))
    #expect(try BuiltInTheme.policies == files(in: "Sources/Theme/Data/policy"))
    #expect(try BuiltInTheme.frameworks == files(in: "Sources/Theme/Data/frameworks"))
  }

  /// A compiler may embed an empty file as one byte.
  @Test("No file of the theme is empty")
  func emptyFiles() {
    #expect(
      (BuiltInTheme.templates + BuiltInTheme.files + BuiltInTheme.policies + BuiltInTheme.frameworks).filter(
        \.bytes.isEmpty
      ).map(\.path) == [])
  }

  @Test("The templates compile without a finding")
  func soundTemplates() {
    let sources = BuiltInTheme.templates.compactMap { file in
      TemplateName(path: file.path).map {
        ($0.text, TemplateSource(file: "templates/\(file.path)", bytes: file.bytes))
      }
    }
    var report = Report()
    _ = TemplateLibrary(sources: Dictionary(uniqueKeysWithValues: sources), into: &report)
    #expect(report.diagnostics == [])
    #expect(sources.count == BuiltInTheme.templates.count)
  }

  private func files(in folder: String) throws -> [ThemeFile] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: folder)
    let found = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    let paths = found.filter { path in
      var isFolder: ObjCBool = false
      let exists = FileManager.default.fileExists(atPath: root.appending(path: path).path, isDirectory: &isFolder)
      return exists && !isFolder.boolValue && !path.split(separator: "/").contains { $0.hasPrefix(".") }
    }
    return try paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { path in
      ThemeFile(path: path, bytes: Array(try Data(contentsOf: root.appending(path: path))))
    }
  }
}
