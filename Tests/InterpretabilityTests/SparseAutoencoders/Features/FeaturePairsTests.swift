import Interpretability
import Tensors
import Testing

@Suite("Feature pairs")
struct FeaturePairsTests {
  private let features: Matrix<Float>
  private let columns: [[Double]]

  init() {
    var random = RandomStream(seed: 3)
    features = Matrix(
      rows: 200, columns: 4, elements: (0..<800).map { _ in Float(random.normal()) })
    let features = features
    columns = (0..<4).map { features.column($0).map(Double.init) }
  }

  /// R² of a regression on two columns and a constant, by orthogonalisation.
  private func rSquared(_ y: [Double], _ i: Int, _ j: Int) -> Double {
    func centred(_ values: [Double]) -> [Double] {
      let mean = values.reduce(0, +) / Double(values.count)
      return values.map { $0 - mean }
    }
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    let (y, a, b) = (centred(y), centred(columns[i]), centred(columns[j]))
    let slope = dot(a, b) / dot(a, a)
    let rest = zip(b, a).map { $0 - slope * $1 }
    return (dot(y, a) * dot(y, a) / dot(a, a) + dot(y, rest) * dot(y, rest) / dot(rest, rest))
      / dot(y, y)
  }

  @Test("the best pair and its R² are those of regressions on all pairs")
  func pairs() throws {
    let y = (0..<200).map { columns[1][$0] - 0.7 * columns[3][$0] + 0.5 * columns[0][$0] }
    let pairs = FeaturePairs(
      of: features, FieldCorrelation(features, with: [("y", y)]))
    let field = try #require(pairs.fields.first)
    let all = (0..<4).flatMap { i in (0..<i).map { (i: $0, j: i, r2: rSquared(y, $0, i)) } }
    let best = try #require(all.max { $0.r2 < $1.r2 })
    #expect(field.pair.first == best.i && field.pair.second == best.j)
    // Roundings of sums of two hundred terms.
    #expect(abs(field.pair.r2 - best.r2) < 1e-12)
    #expect(field.single.feature == 1)
    #expect(abs(field.gain - (field.pair.r2 - field.single.r2)) < 1e-15)
    #expect(pairs.meanGain == field.gain)
  }

  @Test("a copy of a feature adds nothing, a second half adds the rest")
  func copies() throws {
    let copies = Matrix<Float>(
      rows: 200, columns: 2, elements: columns[0].flatMap { [Float($0), 2 * Float($0)] })
    let correlation = FieldCorrelation(copies, with: [("y", columns[1])])
    #expect(try #require(FeaturePairs(of: copies, correlation).fields.first).gain == 0)
    let sum = zip(columns[0], columns[2]).map { $0 + $1 }
    let whole = FeaturePairs(of: features, FieldCorrelation(features, with: [("sum", sum)]))
    #expect(abs(try #require(whole.fields.first).pair.r2 - 1) < 1e-12)
  }

  @Test("fields that are constant, and single features, have no pairs")
  func nothing() {
    let constant = FieldCorrelation(features, with: [("c", columns[0].map { _ in 1 })])
    #expect(FeaturePairs(of: features, constant).fields.isEmpty)
    let one = Matrix<Float>(rows: 200, columns: 1, elements: features.column(0))
    let pairs = FeaturePairs(of: one, FieldCorrelation(one, with: [("y", columns[1])]))
    #expect(pairs.fields.isEmpty && pairs.meanGain == nil)
  }
}
