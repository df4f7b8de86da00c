import Foundation
import Testing

/// The one direction of dependence: a module may import only modules of this table's right side.
@Suite("Modules")
struct DependenceTests {
  private static let allowed: [String: Set<String>] = [
    "Tensors": ["CVectorMath", "CLAPACKE", "COpenBLAS", "CGSL"],
    "RunStore": ["CHDF5", "CZlib", "CCrypto"],
    "Symbolic": ["Tensors", "CVectorMath"],
    "Networks": ["Tensors", "CVectorMath"],
    "PINN": ["Networks", "Symbolic", "RunStore", "Tensors"],
    "Interpretability": [
      "PINN", "Networks", "Symbolic", "RunStore", "Tensors", "CVectorMath",
    ],
    "Reporting": ["RunStore", "Tensors", "CCairo"],
    "Limbeck": [
      "Tensors", "RunStore", "Symbolic", "Networks", "PINN", "Interpretability", "Reporting",
    ],
    "LimbeckCLI": ["Limbeck"],
    "LimbeckBenchmarks": ["Limbeck", "CVectorMath"],
  ]

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The folders of `Sources` that hold Swift.
  private static func modules() throws -> [String] {
    let sources = root.appendingPathComponent("Sources")
    return try FileManager.default.contentsOfDirectory(atPath: sources.path).filter { name in
      !files(of: name).isEmpty
    }
  }

  private static func files(of module: String) -> [URL] {
    let folder = root.appendingPathComponent("Sources/\(module)")
    let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
  }

  @Test func `no import breaks the order`() throws {
    let modules = try Self.modules()
    #expect(Set(modules) == Set(Self.allowed.keys), "every module has its place in the order")
    let ours = Set(modules).union(Self.allowed.values.flatMap { $0 })
    for module in modules {
      for file in Self.files(of: module) {
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
          let words = line.split(separator: " ")
          guard let place = words.firstIndex(of: "import"), place <= 2, place + 1 < words.count,
            words[..<place].allSatisfy({
              [
                "public", "internal", "package", "private", "fileprivate", "@_exported",
                "@testable",
              ]
              .contains($0)
            })
          else { continue }
          let imported = String(words[place + 1])
          guard ours.contains(imported) else { continue }
          #expect(
            Self.allowed[module]?.contains(imported) ?? false,
            "\(module) may not import \(imported): \(file.lastPathComponent)")
        }
      }
    }
  }

  @Test func `no call lets the linear algebra library choose its threads`() throws {
    for module in try Self.modules() {
      for file in Self.files(of: module) {
        let text = try String(contentsOf: file, encoding: .utf8)
        func count(_ part: String) -> Int { text.components(separatedBy: part).count - 1 }
        // A factorisation on several threads of OpenBLAS has other bits than on one.
        #expect(
          count("LAPACKE_") == text.matches(of: /lapack \{\s*LAPACKE_/).count,
          "\(file.lastPathComponent)")
        #expect(
          count(" cblas_") <= count("LinearAlgebraLibrary.singleThreaded"),
          "\(file.lastPathComponent)")
      }
    }
  }

  @Test func `the top level holds what the design says`() throws {
    let entries = try FileManager.default.contentsOfDirectory(atPath: Self.root.path)
      .filter { !$0.hasPrefix(".") && !["Package.resolved", "runs"].contains($0) }
    #expect(
      Set(entries) == [
        "Package.swift", "Sources", "Tests", "Grammars", "Examples", "README.md",
      ])
  }
}
