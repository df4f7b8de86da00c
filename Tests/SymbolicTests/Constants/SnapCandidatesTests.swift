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
      (0.3333333, 1e-6, "1/3"), (100.00001, 1e-3, "1/alpha"), (9.8696044, 1e-6, "pi^2"),
      (1.4142136, 1e-6, "sqrt(2)"), (0.3989423, 1e-6, "1/sqrt(2*pi)"), (2.7182818, 1e-6, "exp(1)"),
      (0.0795775, 1e-6, "1/(4*pi)"), (-0.5641896, 1e-6, "-1/sqrt(pi)"), (0.1, 1e-7, "1/10"),
    ])
  func recognises(value: Double, error: Double, expected: String) throws {
    let match = try #require(candidates.match(value, standardError: error))
    // Printing may order a quotient differently; the values decide.
    let form = try Expression(parsing: expected)
    #expect(
      abs(match.expression.evaluate(["alpha": 0.01]) - form.evaluate(["alpha": 0.01])) < 1e-14)
    #expect(match.expression.description == expected)
  }

  @Test(
    "what could be anything is left alone",
    arguments: [(3.4, 0.9), (0.7316, 1e-3), (0.0993, 1e-4), (2.7165, 1e-4), (1.2345678, 1e-7)])
  func refuses(value: Double, error: Double) {
    #expect(candidates.match(value, standardError: error) == nil)
  }

  @Test func `a form many standard errors off is refused, however close`() {
    #expect(candidates.match(3.1416, standardError: 1e-6) == nil)
  }

  @Test func `plain forms may miss by more than fancy ones`() {
    // Two and a half standard errors.
    #expect(candidates.match(2.0025, standardError: 1e-3)?.value == 2)
    #expect(candidates.match(17.0 / 23 + 2.5e-3, standardError: 1e-3)?.value != 17.0 / 23)
  }

  @Test func `exponents are whole numbers and small fractions, never multiples of pi`() {
    #expect(candidates.match(3.141, standardError: 1e-3, role: .exponent) == nil)
    #expect(candidates.match(-1.497, standardError: 2e-3, role: .exponent)?.value == -1.5)
  }

  @Test func `NaN and infinite constants have no form`() {
    for value in [Double.nan, .infinity] {
      #expect(candidates.match(value, standardError: 1e-3) == nil)
    }
  }

  @Test func `what cannot be told from zero is zero`() throws {
    #expect(try #require(candidates.match(2e-9, standardError: 1e-8)).value == 0)
    #expect(try #require(candidates.match(-3, standardError: 5)).expression == 0)
    #expect(candidates.match(3e-8, standardError: 1e-8)?.value != 0)
  }

  @Test func `a fit without error still allows for rounding`() throws {
    let match = try #require(candidates.match(Double.pi.nextUp, standardError: 0))
    #expect(match.value == .pi)
  }

  @Test(
    "constants without a form are seldom taken for one, those with one are found",
    arguments: [
      // Bits of precision, at most so many recognised of random constants, at least so many of true
      // forms: measured rates, rounded up and down by four standard deviations of 2000 draws.
      (6.0, 0.14, 0.52), (8, 0.11, 0.74), (10, 0.065, 0.85), (12, 0.045, 0.97), (14, 0.03, 0.98),
      (20, 0.01, 0.99),
    ])
  func rates(bits: Double, largestFalse: Double, leastRight: Double) throws {
    let candidates = SnapCandidates()
    var random = RandomStream(seed: 3)
    let error = Operator.power(2, -bits)
    let recognised = (0..<2000).filter { _ in
      let value = Operator.exp(random.uniform(-4, 4))
      return candidates.match(value, standardError: error * value) != nil
    }.count
    #expect(Double(recognised) < largestFalse * 2000)
    let forms = [
      "1", "2", "1/2", "pi", "2*pi", "1/(4*pi)", "3/2", "1/3", "4", "1/8", "sqrt(2)",
      "1/sqrt(2*pi)",
    ]
    var right = 0
    for text in forms {
      let value = try Expression(parsing: text).evaluate()
      for _ in 0..<100 {
        let fitted = value * (1 + error * random.normal())
        let form = candidates.match(fitted, standardError: error * value)
        if let form, (form.value - value).magnitude < 1e-12 { right += 1 }
      }
    }
    #expect(Double(right) >= leastRight * 1200)
  }
}
