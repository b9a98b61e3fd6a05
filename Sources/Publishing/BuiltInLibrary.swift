import Ingest
import Metrics
import Theme

extension PolicyLibrary {
  /// The packs and frameworks that the program carries.
  static let builtIn = PolicyLibrary(
    packs: BuiltInTheme.policies.compactMap(Text.init), frameworks: BuiltInTheme.frameworks.compactMap(Text.init))
}

extension PolicyLibrary.Text {
  fileprivate init?(_ file: ThemeFile) {
    let ending = ".yml"
    guard file.path.hasSuffix(ending) else { return nil }
    self.init(name: String(file.path.dropLast(ending.count)), text: String(decoding: file.bytes, as: UTF8.self))
  }
}

extension [DORABand] {
  /// Those that the program carries.
  static let builtIn = BuiltInTheme.dora.flatMap { DORABand.list(String(decoding: $0.bytes, as: UTF8.self)) }
}
