// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// A room of the house. What it may import is what it lists here; `Tests/GazetteTests` holds the sources to it.
func room(_ name: String, imports: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: strict)
}

/// The tests of one room.
func tests(_ name: String, of imports: [Target.Dependency], data: [String] = []) -> Target {
  .testTarget(name: "\(name)Tests", dependencies: ["TestSupport"] + imports, exclude: data, swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let flyingFox = Target.Dependency.product(name: "FlyingFox", package: "FlyingFox")
let flyingSocks = Target.Dependency.product(name: "FlyingSocks", package: "FlyingFox")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")

let package = Package(
  name: "Gazette",
  platforms: [.macOS(.v15)],
  products: [.executable(name: "gazette", targets: ["gazette"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
  ],
  targets: [
    // What everything speaks in: places and diagnostics; then the domain as values.
    room("Diagnostics"),
    room("Model", imports: ["Diagnostics"]),

    // What comes in: the only room that sees YAML, Git and Markdown.
    room(
      "Ingest",
      imports: ["Diagnostics", "Model", "CCmarkGFM", "CExpat", yams, crypto, cryptoExtras, subprocess, system]),
    .systemLibrary(
      name: "CCmarkGFM", pkgConfig: "libcmark-gfm",
      providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"]), .brew(["cmark-gfm"])]),
    .systemLibrary(
      name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"]), .brew(["expat"])]),

    // When things may, may not and will happen; calendars as text.
    room("Scheduling", imports: ["Diagnostics", "Model"]),

    // What judges it: rules, outcomes, waivers, controls.
    room("Governance", imports: ["Diagnostics", "Model", "Scheduling"]),

    // What counts it: one file a metric.
    room("Metrics", imports: ["Diagnostics", "Model", "Scheduling", "Governance"]),

    // What others take with them: the seal, the verdict of a release, tables, the ZIP of a period.
    room("Export", imports: ["Diagnostics", "Model", "Governance", "CArchive", crypto]),
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"]), .brew(["libarchive"])]),

    // How it looks: the template language, and the built-in theme carried in the binary.
    room("Templates", imports: ["Diagnostics"]),
    .target(name: "Theme", dependencies: ["CTheme"], exclude: ["Data"], swiftSettings: strict),
    .target(name: "CTheme"),
    room("Charts"),

    // What goes out: pages as data, then the site on disk.
    room(
      "Pages", imports: ["Diagnostics", "Model", "Scheduling", "Governance", "Metrics", "Charts", "Templates"]),
    room(
      "Publishing",
      imports: [
        "Diagnostics", "Model", "Ingest", "Scheduling", "Governance", "Metrics", "Pages", "Export", "Templates",
        "Theme",
        system,
      ]),

    // What writes content for people, and the command.
    room("Authoring", imports: ["Diagnostics", "Model", "Ingest", subprocess, system]),
    // What shows the site while it is written: a server for this machine only, a watcher, live reload.
    room("Preview", imports: ["Diagnostics", "Model", "Ingest", "Publishing", flyingFox, flyingSocks, system]),
    .executableTarget(
      name: "gazette",
      dependencies: [
        "Diagnostics", "Model", "Ingest", "Metrics", "Publishing", "Authoring", "Preview", "Export", "CHeap",
        argumentParser, system,
      ],
      swiftSettings: strict),
    .target(name: "CHeap"),

    .target(
      name: "TestSupport", dependencies: ["Diagnostics", system, subprocess], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("Diagnostics", of: ["Diagnostics"]),
    tests("Model", of: ["Diagnostics", "Model"]),
    tests(
      "Ingest", of: ["Diagnostics", "Model", "Ingest", "CCmarkGFM", crypto, cryptoExtras],
      data: ["Cases", "Evidence/count.py"]),
    tests("Scheduling", of: ["Diagnostics", "Model", "Ingest", "Scheduling"], data: ["Oracle"]),
    tests("Governance", of: ["Diagnostics", "Model", "Ingest", "Scheduling", "Governance", "Theme"]),
    tests("Metrics", of: ["Diagnostics", "Model", "Scheduling", "Governance", "Metrics"]),
    tests("Charts", of: ["Charts"], data: ["Golden"]),
    tests("Export", of: ["Diagnostics", "Model", "Governance", "Export", crypto]),
    tests("Templates", of: ["Diagnostics", "Templates", mustache]),
    tests("Pages", of: ["Diagnostics", "Model", "Scheduling", "Governance", "Metrics", "Templates", "Pages"]),
    tests(
      "Publishing", of: ["Diagnostics", "Model", "Ingest", "Pages", "Export", "Publishing", "Theme", "Templates"],
      data: ["Cases"]),
    tests("Authoring", of: ["Diagnostics", "Model", "Ingest", "Authoring"]),
    tests("Preview", of: ["Preview"]),
    tests("Gazette", of: ["Diagnostics", "gazette"], data: ["Oracles"]),
  ]
)
