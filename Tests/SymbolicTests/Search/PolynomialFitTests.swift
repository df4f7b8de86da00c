import Symbolic
import Testing

@Suite("Polynomial surrogates")
struct PolynomialSurrogateTests {
  private let ranges: [(name: Symbol, range: ClosedRange<Double>)] = [
    ("a", 1...3), ("b", -1...2), ("c", 0...5),
  ]

  /// The gradient of a formula by central differences.
  private func gradient(_ law: Symbolic.Expression, _ point: [Double]) -> [Double] {
    let step = 1e-4
    func value(_ point: [Double]) -> Double {
      law.evaluate(["a": point[0], "b": point[1], "c": point[2]])
    }
    return point.indices.map { j in
      var (low, high) = (point, point)
      low[j] -= step
      high[j] += step
      return (value(high) - value(low)) / (2 * step)
    }
  }

  @Test("polynomials are followed exactly")
  func exact() throws {
    let text = "a^2*b - 0.3*b^3*c + 2*c^2 - a + 1.5"
    let table = try SearchExamples.table(text, rows: 600, ranges: ranges)
    let surrogate = try #require(
      PolynomialFit(table.columns, target: table.target, degree: 4))
    #expect(surrogate.degree == 4)
    // The relative ridge of 1e-9 moves the values by as much, their squares by 1e-18.
    #expect(surrogate.heldOutRSquared > 1 - 1e-15)
    let law = try Symbolic.Expression(parsing: text)
    for row in 0..<50 {
      let point = table.columns.map { $0[row] }
      // The ridge again, and step² f'''/6 ≤ 3e-8 of the differences, beside slopes of up to 20.
      for (found, expected) in zip(surrogate.gradient(at: point), gradient(law, point)) {
        #expect(abs(found - expected) < 1e-6)
      }
    }
  }

  @Test("a degree too low shows on rows that were held out")
  func underfitted() throws {
    let table = try SearchExamples.table("a*b*c", rows: 600, ranges: ranges)
    let low = try #require(PolynomialFit(table.columns, target: table.target, degree: 2))
    let high = try #require(PolynomialFit(table.columns, target: table.target, degree: 3))
    #expect(low.heldOutRSquared < 0.99)
    #expect(high.heldOutRSquared > 1 - 1e-15)
  }

  @Test("smooth functions are followed in their gradient")
  func smooth() throws {
    let text = "exp(0.5*a*b)*sin(0.6*c)"
    let table = try SearchExamples.table(text, rows: 1000, ranges: ranges)
    let surrogate = try #require(PolynomialFit(table.columns, target: table.target))
    #expect(surrogate.degree == 9)
    let law = try Symbolic.Expression(parsing: text)
    var error = 0.0
    var size = 0.0
    for row in 0..<200 {
      let point = table.columns.map { $0[row] }
      for (found, expected) in zip(surrogate.gradient(at: point), gradient(law, point)) {
        error += (found - expected) * (found - expected)
        size += expected * expected
      }
    }
    // The terms beyond the ninth order of exp(3) and sin(1.5) are 1e-3 of the value near the edges; the
    // test of a symmetry needs five per cent.
    #expect(error < 1e-4 * size)
  }

  @Test("noise is not explained, and few rows are not fitted")
  func nothing() throws {
    let table = try SearchExamples.table("a*b*c", rows: 600, ranges: ranges)
    let shuffled = stride(from: 0, to: 600 * 7, by: 7).map { table.target[($0 + 3) % 600] }
    let surrogate = try #require(
      PolynomialFit(table.columns, target: shuffled, degree: 2))
    // Ten coefficients on 480 rows: ±0.02 in expectation, 120 rows held out.
    #expect(abs(surrogate.heldOutRSquared) < 0.2)
    let few = table.columns.map { Array($0.prefix(30)) }
    #expect(PolynomialFit(few, target: Array(table.target.prefix(30))) == nil)
  }
}
