import Foundation
import Interpretability
import Tensors
import Testing

/// Readings of the same layer by scikit-learn; `readings.py` wrote them.
@Suite("Probes beside scikit-learn")
struct ScikitLearnTests {
  let layer: Matrix<Double>
  let columns: [String: [Double]]

  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "readings.tsv")
    let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: "\t").map(String.init) }
    let rows = lines.dropFirst().map { $0.compactMap(Double.init) }
    layer = Matrix(rows: rows.count, columns: 9, elements: rows.flatMap { $0.prefix(9) })
    columns = Dictionary(
      uniqueKeysWithValues: lines[0].enumerated().map { index, name in
        (name, rows.map { $0[index] })
      })
  }

  func readings(_ kind: ProbeKind, of target: String = "y") throws -> [Double] {
    let y = try #require(columns[target])
    let design = try FactoredDesign(layer, targets: [y], rows: Array(0..<40), threads: 1)
    return design.probe(kind, target: 0).read(layer, rows: 0..<layer.rows)
  }

  /// Held-out rows are those from 40 on.
  func r2(_ readings: [Double]) throws -> Double {
    let y = try #require(columns["y"])
    let score = ProbeScore(
      values: [Array(y[40...])], readings: [Array(readings[40...])], random: RandomStream(seed: 0))
    return try #require(score.r2)
  }

  // The layer's condition number is 1e9, cut at 1e6 by the linear probe: a rounding of 1e-16 in the
  // activations moves its readings by about 1e-10 of their size at worst.
  @Test("linear readings and R² agree to ten digits")
  func linear() throws {
    let expected = try #require(columns["linear"])
    let found = try readings(.linear)
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-10) }
    #expect(abs(try r2(found) - r2(expected)) < 1e-10)
  }

  @Test("ridge readings and R² agree to ten digits", arguments: ["1e-06", "0.001", "1"])
  func ridge(penalty: String) throws {
    let expected = try #require(columns[penalty])
    let found = try readings(.ridge(penalties: [try #require(Double(penalty))]))
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-10) }
    #expect(abs(try r2(found) - r2(expected)) < 1e-10)
  }

  /// RidgeCV leaves one row out at a time, where generalised cross-validation leaves out an average one:
  /// with so many rows they choose the same of penalties that are a decade apart.
  @Test("cross-validated readings agree to ten digits")
  func crossValidated() throws {
    let expected = try #require(columns["cross-validated"])
    let penalties = (-14...1).map { pow(10, Double($0)) }
    let found = try readings(.ridge(penalties: penalties), of: "noisy")
    for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-10) }
  }
}
