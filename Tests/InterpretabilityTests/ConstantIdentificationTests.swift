import Interpretability
import Symbolic
import Tensors
import Testing

@Suite("Closed forms of constants")
struct SnapCandidatesTests {
  private let candidates = SnapCandidates(parameters: ["alpha": 0.01])

  @Test(
    "constants with small errors are recognised",
    arguments: [
      (3.1415926, 1e-6, "pi"), (-6.2831853, 1e-6, "-2*pi"), (0.5, 1e-5, "1/2"),
      (1.0000001, 1e-6, "1"), (0.0986960, 1e-7, "alpha*pi^2"), (-0.0986960, 1e-7, "-alpha*pi^2"),
      (0.3333333, 1e-6, "1/3"), (100.00001, 1e-3, "100"), (9.8696044, 1e-6, "pi^2"),
    ])
  func recognises(value: Double, error: Double, expected: String) throws {
    let match = try #require(candidates.match(value, standardError: error))
    // Printing may order a quotient differently; the values decide.
    let form = try Expression(parsing: expected)
    #expect(
      abs(match.expression.evaluate(["alpha": 0.01]) - form.evaluate(["alpha": 0.01])) < 1e-14)
    #expect(abs(match.value - value) <= error)
  }

  @Test(
    "what could be anything is left alone",
    arguments: [(3.2, 0.2), (0.7316, 1e-3), (0.0987, 1e-3), (2.71828, 1e-5), (1.2345678, 1e-7)])
  func refuses(value: Double, error: Double) {
    #expect(candidates.match(value, standardError: error) == nil)
  }

  @Test func `a form outside the standard error is refused, however close`() {
    #expect(candidates.match(3.1416, standardError: 1e-6) == nil)
  }

  @Test func `NaN and infinite constants have no form`() {
    for value in [Double.nan, .infinity] {
      #expect(candidates.match(value, standardError: 1e-3) == nil)
    }
  }

  @Test func `what cannot be told from zero is zero`() throws {
    #expect(try #require(candidates.match(2e-9, standardError: 1e-8)).value == 0)
    #expect(try #require(candidates.match(-3, standardError: 5)).expression == 0)
    #expect(candidates.match(2e-8, standardError: 1e-8)?.value != 0)
  }

  @Test func `a fit without error still allows for rounding`() throws {
    let match = try #require(candidates.match(Double.pi.nextUp, standardError: 0))
    #expect(match.value == .pi)
  }

  @Test func `believing is rarely wrong: random constants are not recognised`() {
    var random = RandomStream(seed: 3)
    var recognised = 0
    for _ in 0..<2000 {
      let value = 10 * random.uniform()
      if candidates.match(value, standardError: 1e-6 * value) != nil { recognised += 1 }
    }
    // The largest chance that is accepted, 2 %, for 2000 draws: 40, plus four standard deviations.
    #expect(recognised < 65)
  }
}

@Suite("Correlated residuals")
struct ResidualCorrelationTests {
  @Test func `independent residuals count in full`() {
    var random = RandomStream(seed: 1)
    let residuals = (0..<2500).map { _ in random.normal() }
    let size = ResidualCorrelation.effectiveSampleSize(residuals, shape: [50, 50])
    // Each lag-one correlation has a standard deviation of 0.02 about zero, and counts if positive.
    #expect(size > 2000 && size <= 2500)
  }

  @Test func `an autoregressive series counts as theory says`() {
    var random = RandomStream(seed: 2)
    var series = [random.normal()]
    for _ in 1..<20_000 { series.append(0.8 * series[series.count - 1] + 0.6 * random.normal()) }
    let size = ResidualCorrelation.effectiveSampleSize(series, shape: [20_000])
    // N (1 − 0.8) / (1 + 0.8) = 2222; ρ is known to 0.004, which moves it by 5 %.
    #expect(abs(size - 2222) < 220)
  }

  @Test func `a smooth error is worth a single observation`() {
    let residuals = (0..<2500).map { i -> Double in Double(i / 50) + Double(i % 50) }
    #expect(ResidualCorrelation.effectiveSampleSize(residuals, shape: [50, 50]) == 1)
  }

  @Test func `perfect fits count in full`() {
    #expect(ResidualCorrelation.effectiveSampleSize([0, 0, 0, 0], shape: [2, 2]) == 4)
  }
}

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
    #expect(abs(identified.constants[0].value - 1.2345) < 1e-13)
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
    for (constant, truth) in zip(identified.constants, [2, 0.5]) {
      #expect(abs(constant.value - truth) < 5e-3)
      if let form = constant.form { #expect(form.evaluate([:]) == truth) }
    }
  }
}
