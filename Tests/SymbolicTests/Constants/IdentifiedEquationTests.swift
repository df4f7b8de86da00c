import Symbolic
import Tensors
import Testing

@Suite("Identified equations")
struct IdentifiedEquationTests {
  /// A grid on the unit square with `f(x, t)` as the target.
  private func table(_ f: (Double, Double) -> Double) throws -> SearchTable {
    let points = (0..<900).map { i -> (Double, Double) in (Double(i / 30) / 29, Double(i % 30) / 29)
    }
    return try SearchTable(
      variables: ["x", "t"], columns: [points.map(\.0), points.map(\.1)], targetName: "u",
      target: points.map { f($0.0, $0.1) })
  }

  @Test func `constants become the forms they stand for, in spite of a smooth error`() throws {
    let formula = try Expression(parsing: "0.99*sin(3.1*x)*exp(-0.1*t)")
    let exact = try Expression(parsing: "sin(pi*x)*exp(-alpha*pi^2*t)")
    let data = try table { x, t in
      exact.evaluate(["x": x, "t": t, "alpha": 0.01]) + 1e-7 * (2 * x - t)
    }
    let identified = try IdentifiedEquation(
      formula, table: data, gridShape: [30, 30],
      candidates: SnapCandidates(parameters: ["alpha": 0.01]), teacherLoss: 1e-14)
    #expect(identified.equation == exact.simplified())
    #expect(identified.effectiveSampleSize < 10)
    #expect(identified.constants.allSatisfy { $0.form != nil })
    for constant in identified.constants {
      let error = try #require(constant.standardError)
      let form = try #require(constant.form).evaluate(["alpha": 0.01])
      #expect(abs(constant.value - form) <= error)
    }
  }

  @Test func `constants without a form stay numbers`() throws {
    let data = try table { x, t in 1.2345 * x + 0.6789 * t * t }
    let identified = try IdentifiedEquation(
      try Expression(parsing: "1.1*x + 0.7*t^2"), table: data, gridShape: [30, 30],
      candidates: SnapCandidates(parameters: [:]))
    // A linear fit of exact data returns the numbers to rounding; 12345/10000 is no small fraction.
    let values = identified.constants.map(\.value).sorted()
    #expect(abs(values[0] - 0.6789) < 1e-13 && abs(values[1] - 1.2345) < 1e-13)
    #expect(identified.constants.allSatisfy { $0.form == nil })
    #expect(identified.rSquared > 1 - 1e-14)
  }

  @Test func `noise of one per cent leaves room for simple forms only`() throws {
    var random = RandomStream(seed: 5)
    let noise = (0..<900).map { _ in 0.01 * random.normal() }
    var index = -1
    let data = try table { x, t in
      index += 1
      return 2 * x + 0.5 * t + noise[index]
    }
    let identified = try IdentifiedEquation(
      try Expression(parsing: "1.9*x + 0.6*t"), table: data, gridShape: nil,
      candidates: SnapCandidates(parameters: [:]))
    // The standard errors are 0.01 / (30 · 0.3) = 1e-3: 2 may be believed where it lies within.
    for (constant, truth) in zip(identified.constants.sorted { $0.value > $1.value }, [2, 0.5]) {
      #expect(abs(constant.value - truth) < 5e-3)
      if let form = constant.form { #expect(form.evaluate([:]) == truth) }
    }
  }
}
