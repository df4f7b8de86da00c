import Interpretability
import RunStore
import Tensors
import Testing

@Suite("Inputs that neurons and features go with")
struct InputSensitivityTests {
  /// On a grid the two inputs are uncorrelated and equally wide: r of x + a y with x is 1/√(1 + a²).
  private static let grid = (0..<400).map { (x: Double($0 % 20), y: Double($0 / 20)) }

  private func sensitivity(
    _ units: [(_ x: Double, _ y: Double) -> Double]
  ) -> InputSensitivity {
    InputSensitivity(
      of: Matrix<Float>(
        rows: Self.grid.count, columns: units.count,
        elements: Self.grid.flatMap { point in units.map { Float($0(point.x, point.y)) } }),
      to: [("x", Self.grid.map(\.x)), ("y", Self.grid.map(\.y))])
  }

  @Test func `r is that of the formula, whatever the sign`() throws {
    let found = sensitivity([{ x, _ in x }, { x, y in -x + 2 * y }, { _, y in 3 - y }])
    let expected: [[Double]] = [[1, 0], [-1 / 5.0.squareRoot(), 2 / 5.0.squareRoot()], [0, -1]]
    for (row, exact) in zip(found.correlation.coefficients, expected) {
      // Features are single precision.
      for (r, value) in zip(row, exact) { #expect(abs(try #require(r) - value) < 1e-6) }
    }
    #expect(found.counts == [1, 2, 1])
    #expect(found.monosemanticCount == 2 && found.liveCount == 3)
    #expect(abs(try #require(found.meanCount) - 4.0 / 3) < 1e-15)
  }

  @Test func `inputs count from 0.4 on`() {
    // 1/√(1 + a²) is 0.4 for a = √5.25, about 2.291.
    let found = sensitivity([{ x, y in x + 2.2 * y }, { x, y in x + 2.4 * y }])
    #expect(found.counts == [2, 1])
  }

  @Test func `what is constant does not count`() {
    let found = sensitivity([{ _, _ in 7 }, { x, y in (x - 9.5) * (y - 9.5) }])
    // The product varies and goes with neither.
    #expect(found.counts == [nil, 0])
    #expect(found.meanCount == 0 && found.liveCount == 1 && found.monosemanticCount == 0)
    #expect(sensitivity([{ _, _ in 7 }]).meanCount == nil)
    #expect(found.json["inputs"]?.elements?.count == 2)
  }
}
