@testable import Interpretability
import Tensors
import Testing

@Suite("Feature recovery")
struct FeatureRecoveryTests {
  @Test func `figures are those computed by hand`() throws {
    // The truth: the three axes. The first two share their closest direction.
    let truth = Matrix<Float>(rows: 3, columns: 3, elements: [1, 0, 0, 0, 1, 0, 0, 0, 1])
    let learned = Matrix<Float>(
      rows: 4, columns: 3, elements: [3, 4, 0, 0, 0, -2, 1, 0, 2, 0, 0, 0])
    let recovery = FeatureRecovery(of: truth, by: learned)
    // |cos|: rows (0.6, 0, 0.447, 0), (0.8, 0, 0, 0), (0, 1, 0.894, 0).
    let mmcs = try #require(recovery.meanMaximalCosine.value)
    #expect(abs(mmcs - (0.6 + 0.8 + 1) / 3) < 1e-12)
    #expect(recovery.closest == [0, 0, 1])
    #expect(recovery.recoveredFraction == .value(1.0 / 3))
    #expect(recovery.uniqueness == .value(1.0 / 3))
    // The best matching: 1 to the third (1/√5), 2 to the first (0.8), 3 to the second (1).
    let mcc = try #require(recovery.meanMatchedCosine.value)
    #expect(abs(mcc - (1 / 5.0.squareRoot() + 0.8 + 1) / 3) < 1e-12)
  }

  @Test func `F1 counts hits, misses and false alarms`() {
    let axes = Matrix<Float>(rows: 2, columns: 2, elements: [1, 0, 0, 1])
    let recovery = FeatureRecovery(of: axes, by: axes)
    let found = Matrix<Float>(rows: 4, columns: 2, elements: [1, 0, 2, 0, 0, 0, 3, 0])
    let truth = Matrix<Float>(rows: 4, columns: 2, elements: [1, 0, 0, 0, 1, 0, 1, 0])
    // Two hits, one miss, one false alarm; the second feature never occurs.
    #expect(
      recovery.f1(features: found, activities: truth) == [
        .value(4.0 / 6), .undefined("never active"),
      ])
  }

  @Test func `the matching is the best of all`() {
    var random = RandomStream(seed: 1)
    for _ in 0..<50 {
      var weights = Matrix<Double>(rows: 4, columns: 6)
      for i in 0..<4 { for j in 0..<6 { weights[i, j] = random.uniform() } }
      func best(_ row: Int, _ taken: Set<Int>) -> Double {
        guard row < 4 else { return 0 }
        return (0..<6).filter { !taken.contains($0) }
          .map { weights[row, $0] + best(row + 1, taken.union([$0])) }.max() ?? 0
      }
      let columns = Assignment(maximizing: weights).columns
      #expect(Set(columns).count == 4)
      let sum = columns.enumerated().reduce(0) { $0 + weights[$1.offset, $1.element] }
      // Sums of four numbers in different orders.
      #expect(abs(sum - best(0, [])) < 1e-12)
    }
  }

  @Test func `two equal dictionaries are stable over seeds, opposite ones too`() {
    var random = RandomStream(seed: 2)
    let rows = Matrix<Float>.randomUnitRows(6, width: 8, &random)
    let opposite = Matrix<Float>(rows: 6, columns: 8, elements: rows.elements.map { -$0 })
    let stability = SeedStability.meanMaximalCosine(rows, opposite).value ?? 0
    // Unit rows in single precision.
    #expect(abs(stability - 1) < 1e-6)
  }
}
