import Symbolic
import Tensors
import Testing

@Suite("Backward elimination")
struct BackwardEliminationTests {
  /// A constant and ten columns, correlated through a common part.
  private func columns(rows: Int, _ stream: inout RandomStream) -> [[Double]] {
    let common = (0..<rows).map { _ in stream.normal() }
    return [Array(repeating: 1, count: rows)]
      + (0..<10).map { _ in common.map { 0.7 * $0 + stream.normal() } }
  }

  /// What solving anew after each step keeps.
  private func solvedAnew(
    _ columns: [[Double]], _ target: [Double], leastT: Double
  ) throws -> [Int] {
    var kept = Array(columns.indices)
    while kept.count > 1 {
      let elements = target.indices.flatMap { row in kept.map { columns[$0][row] } }
      let design = Matrix(rows: target.count, columns: kept.count, elements: elements)
      let fit = try LeastSquares(design, target)
      let inverse = try Cholesky(design.gram).inverse
      var squares = 0.0
      for row in target.indices {
        let value = kept.indices.reduce(0.0) { $0 + fit.solution[$1] * columns[kept[$1]][row] }
        squares += (target[row] - value) * (target[row] - value)
      }
      let variance = squares / Double(target.count - kept.count)
      let t = kept.indices.map {
        fit.solution[$0].magnitude / (variance * inverse[$0, $0]).squareRoot()
      }
      guard let weakest = t.indices.dropFirst().min(by: { t[$0] < t[$1] }), t[weakest] < leastT
      else { break }
      kept.remove(at: weakest)
    }
    return kept
  }

  @Test(
    "the same columns stay as where each step is solved anew", arguments: [1, 2, 3] as [UInt64])
  func steps(seed: UInt64) throws {
    var stream = RandomStream(seed: seed)
    let columns = columns(rows: 80, &stream)
    // Some columns matter much, some about as much as their error.
    let target = (0..<80).map { row in
      3 * columns[1][row] - columns[4][row] + 0.25 * columns[6][row] + 0.15 * columns[9][row]
        + stream.normal()
    }
    let elimination = try #require(BackwardElimination(columns: columns, target: target))
    for leastT in [1.0, 2, 3.5] {
      #expect(
        elimination.kept(leastT: leastT) { $0 == 0 }
          == (try solvedAnew(columns, target, leastT: leastT)))
    }
  }

  @Test("without noise the columns of the law stay, and no other")
  func exact() throws {
    var stream = RandomStream(seed: 4)
    let columns = columns(rows: 60, &stream)
    let target = (0..<60).map { 2 * columns[3][$0] - 1e-3 * columns[7][$0] }
    let elimination = try #require(BackwardElimination(columns: columns, target: target))
    #expect(elimination.kept(leastT: 6) { _ in false } == [3, 7])
  }

  @Test("columns that depend on one another are refused")
  func dependent() {
    let ramp = (0..<20).map(Double.init)
    #expect(
      BackwardElimination(columns: [ramp, ramp.map { 2 * $0 }], target: ramp) == nil)
    // As many columns as rows leave no error to judge by.
    #expect(BackwardElimination(columns: [[1, 2]], target: [1, 2]) != nil)
    #expect(BackwardElimination(columns: [[1]], target: [1]) == nil)
  }
}
