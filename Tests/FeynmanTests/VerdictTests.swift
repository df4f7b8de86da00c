import Limbeck
import Testing

import feynman

@Suite("Verdicts on equations")
struct VerdictTests {
  private func verdict(_ equation: String, of law: String) throws -> Verdict {
    let law = try Expression(parsing: law)
    return Verdict(
      try Expression(parsing: equation), of: law, variables: law.symbols,
      ranges: law.symbols.map { _ in 1...2 })
  }

  @Test func `the law in another dress is proved`() throws {
    #expect(try verdict("x^2 + 2*x*y + y^2", of: "(x + y)^2") == .proved)
    #expect(try verdict("1/2 - cos(2*x)/2", of: "sin(x)^2") == .proved)
  }

  @Test func `a constant factor is forgiven, a constant term is not`() throws {
    #expect(try verdict("3*x*y", of: "x*y") == .proved)
    #expect(try verdict("0.3989422804*exp(-x^2)", of: "exp(-x^2)/sqrt(2*pi)").isSolved)
    #expect(try verdict("x*y + 1e-3", of: "x*y") == .different)
  }

  @Test func `a close fit is not the law`() throws {
    #expect(try verdict("x - x^3/6 + x^5/120 - x^7/5040", of: "sin(x)") == .different)
    #expect(try verdict("x^1.00001", of: "x") == .different)
    #expect(try verdict("x + z", of: "x") == .different)
  }

  @Test func `what agrees only within the data is not the law`() throws {
    // |x - 0.9| and x - 0.9 differ below 0.9, and the data begin at 1.
    #expect(try verdict("abs(x - 0.9)", of: "x - 0.9") == .different)
  }
}
