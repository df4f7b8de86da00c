import Interpretability
import Symbolic
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Gaussian process")
struct GaussianProcessTests {
  /// `sin(2a) b + 0.7` with noise, and without.
  private static func table(
    noise: Double, rows: Int
  ) throws -> (table: SearchTable, truth: [Double]) {
    var random = RandomStream(seed: 5)
    let a = (0..<rows).map { _ in random.uniform(0, 4) }
    let b = (0..<rows).map { _ in random.uniform(0, 4) }
    let truth = zip(a, b).map { sin(2 * $0) * $1 + 0.7 }
    let table = try SearchTable(
      variables: ["a", "b"], columns: [a, b], targetName: "y",
      target: truth.map { $0 + noise * random.normal() })
    return (table, truth)
  }

  // More rows than the mean is written over, and fewer.
  @Test("smoothing takes most of the noise off", arguments: [300, 2000])
  func smooths(rows: Int) throws {
    let (table, truth) = try Self.table(noise: 0.3, rows: rows)
    let smoother = try #require(TargetSmoother(table, seed: 1))
    let error = try #require(
      Statistics.rootMeanSquare(zip(smoother.smoothed, truth).map { $0 - $1 }))
    // An average over a neighbourhood of k rows leaves 1/sqrt(k) of the noise.
    #expect(error < 0.15)
    let deviation = (Statistics.variance(table.target) ?? 0).squareRoot()
    #expect((smoother.noise * deviation / 0.3 - 1).magnitude < 0.2)
    #expect(TargetSmoother(table, seed: 1)?.smoothed == smoother.smoothed)
  }

  @Test func `a target without noise stays as it is`() throws {
    #expect(TargetSmoother(try Self.table(noise: 0, rows: 300).table, seed: 1) == nil)
  }

  @Test func `pure noise stays as it is`() throws {
    var random = RandomStream(seed: 8)
    let x = (0..<300).map { _ in random.uniform() }
    let table = try SearchTable(
      variables: ["x"], columns: [x], targetName: "y", target: x.map { _ in random.normal() })
    #expect(TargetSmoother(table, seed: 1) == nil)
  }

  @Test func `leave-one-out residuals are those of fits without the row`() throws {
    let (table, _) = try Self.table(noise: 0.1, rows: 30)
    let inputs = table.columns
    let process = GaussianProcess(fitting: inputs, to: table.target)
    let residuals = process.leaveOneOutResiduals(inputs, table.target)
    for row in [0, 7, 29] {
      let others = table.target.indices.filter { $0 != row }
      let rest = inputs.map { column in others.map { column[$0] } }
      let factor = try #require(process.factor(rest))
      let weights = factor.solve(others.map { table.target[$0] })
      let kernel = process.correlations(inputs.map { [$0[row]] }, rest)
      let prediction = zip(kernel.row(0), weights).reduce(0) { $0 + $1.0 * $1.1 }
      // Two ways of rounding through a matrix of condition 1/noise.
      #expect((table.target[row] - prediction - residuals[row]).magnitude < 1e-6)
    }
  }
}
