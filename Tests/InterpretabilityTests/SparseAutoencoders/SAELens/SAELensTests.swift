import Foundation
import Interpretability
import RunStore
import Tensors
import Testing

/// Folders that SAELens has read: `confirm.py` loads each, and keeps what SAELens makes of some samples.
@Suite("SAELens")
struct SAELensTests {
  private static let (width, features) = (4, 9)

  static let activations: [(name: String, activation: SparseAutoencoder.Activation, output: Int)] =
    [
      ("standard", .relu, 4), ("topk", .topK(3), 4),
      ("jumprelu", .jumpReLU(thresholds: numbers(9, 7).map { abs($0) }), 4),
      ("gated", .gated(offsets: numbers(9, 8), logGains: numbers(9, 9)), 4),
      ("transcoder", .relu, 6),
      ("jumprelu_transcoder", .jumpReLU(thresholds: numbers(9, 7).map { abs($0) }), 6),
    ]

  /// Numbers that are the same on all machines.
  private static func numbers(_ count: Int, _ series: Int) -> [Float] {
    (0..<count).map { Float(($0 * 37 + series * 29) % 101 - 50) / 64 }
  }

  private static func matrix(_ rows: Int, _ columns: Int, _ series: Int) -> Matrix<Float> {
    Matrix(rows: rows, columns: columns, elements: numbers(rows * columns, series))
  }

  private static func autoencoder(
    _ activation: SparseAutoencoder.Activation, output: Int
  ) -> SparseAutoencoder {
    SparseAutoencoder(
      encoder: matrix(features, width, 1), encoderBias: numbers(features, 2),
      directions: matrix(features, output, 3), outputBias: numbers(output, 4),
      activation: activation, centresInput: output == width)
  }

  private static func folder(_ name: String) -> URL {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: name)
  }

  @Test(arguments: activations.indices)
  func `the files are those that SAELens has read`(_ index: Int) throws {
    let (name, activation, output) = Self.activations[index]
    let path = NSTemporaryDirectory() + "saelens-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.autoencoder(activation, output: output).write(to: path, model: "heat", site: "layer2")
    for file in ["cfg.json", "sae_weights.safetensors"] {
      let written = try Data(contentsOf: URL(fileURLWithPath: path).appending(path: file))
      #expect(written == (try Data(contentsOf: Self.folder(name).appending(path: file))))
    }
  }

  @Test(arguments: activations.indices)
  func `features and reconstructions are those of SAELens`(_ index: Int) throws {
    let (name, _, output) = Self.activations[index]
    let folder = Self.folder(name)
    let text = try String(contentsOf: folder.appending(path: "readings.json"), encoding: .utf8)
    let readings = try JSONValue(parsing: text.utf8)
    func table(_ name: String, _ columns: Int) throws -> Matrix<Float> {
      let numbers = try #require(readings[name]?.elements).compactMap(\.double).map { Float($0) }
      return Matrix(rows: numbers.count / columns, columns: columns, elements: numbers)
    }
    let read = try SparseAutoencoder(contentsOf: folder.path)
    let features = read.encode(try table("samples", Self.width))
    let expected = try table("features", Self.features)
    #expect(expected.elements.contains { $0 > 0 })
    // Single precision; products of a handful of numbers below one.
    for (a, b) in zip(features.elements, expected.elements) { #expect(abs(a - b) < 1e-6) }
    let reconstruction = try table("reconstruction", output)
    for (a, b) in zip(read.decode(features).elements, reconstruction.elements) {
      #expect(abs(a - b) < 1e-6)
    }
  }

  @Test(arguments: activations.indices)
  func `files in other projects' layouts are those that they have read`(_ index: Int) throws {
    let (name, activation, output) = Self.activations[index]
    let autoencoder = Self.autoencoder(activation, output: output)
    for layout in SparseAutoencoderLayout.allCases {
      let folder = Self.folder(name).appending(path: layout.rawValue)
      let path = NSTemporaryDirectory() + "layout-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: path) }
      guard let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
        // What the other project has no class for.
        #expect(throws: SparseAutoencoderFileError.self) {
          try autoencoder.write(to: path, as: layout)
        }
        continue
      }
      try autoencoder.write(to: path, as: layout)
      #expect(try FileManager.default.contentsOfDirectory(atPath: path).sorted() == files.sorted())
      for file in files {
        let written = try Data(contentsOf: URL(fileURLWithPath: path).appending(path: file))
        #expect(written == (try Data(contentsOf: folder.appending(path: file))))
      }
    }
  }
}
