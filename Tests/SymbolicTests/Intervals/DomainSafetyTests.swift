import Symbolic
import Testing

@Suite("Domain safety")
struct DomainSafetyTests {
  private static let box: [Symbol: Interval] = ["x": Interval(-1, 2), "y": Interval(0.5, 3)]

  @Test(arguments: [
    "1/(x^2 + 1)", "log(x + 1.001)", "sqrt(x*x)", "1/(x*x - x + 1)", "log(1 + x^2 - x)",
    "tan(x/2)", "asin(x/2)", "y^x", "sqrt(y - 0.5)", "sqrt(2 - x)/(y^2 + 1)", "1/(y - 0.4)",
    "exp(-x^2/(4*y))/sqrt(y)", "x/y + y^(-1.5)",
    "acos(sin(x)*cos(y))", "cond(x, log(x + 0.001))", "gamma(y)", "atan2(x, y)",
    "1/(x^4 - x^2*y + y^2)",
  ])
  func `safe formulas are proved safe`(text: String) throws {
    #expect(try Expression(parsing: text).domainSafety(over: Self.box) == .safe)
  }

  @Test(arguments: [
    "1/(x - 0.3)", "1/(x - 1/3)^2", "log(x)", "sqrt(x)", "tan(x + 0.2)", "1/(x^2 - y^2)",
    "asin(y)", "x^(-3)", "(x + 0.123)^0.5", "1/(y - 2.7*sin(x))^4", "log((x - 0.77)^2)",
    "1/((x - 0.21)*(y + 1))", "y/(x - 0.3)^3.5", "cond(y, log(x))", "cond(x + 1.5, sqrt(x))",
    "mod(y, x - 0.2)", "log(x - y)",
  ])
  func `poles and forbidden operands are found`(text: String) throws {
    let formula = try Expression(parsing: text)
    guard case .unsafe(let place, _) = formula.domainSafety(over: Self.box) else {
      Issue.record("\(text) was not found unsafe")
      return
    }
    // The place is inside the box.
    for (symbol, side) in place {
      let whole = try #require(Self.box[symbol])
      #expect(whole.lower <= side.lower && side.upper <= whole.upper)
    }
  }

  @Test func `the place of a pole is found`() throws {
    let formula = try Expression(parsing: "x + 1/(x - 0.3)")
    guard case .unsafe(let place, let part) = formula.domainSafety(over: Self.box) else {
      Issue.record("the pole was not found")
      return
    }
    #expect(part.description == "1/(x - 0.3)")
    #expect(place["x"]?.contains(0.3) == true)
  }

  @Test(arguments: ["sin(x)/x", "(x^2 - 1)/(x - 1)"])
  func `removable singularities stay unknown`(text: String) throws {
    #expect(try Expression(parsing: text).domainSafety(over: Self.box) == .unknown)
  }

  @Test func `work is bounded`() throws {
    let names = (0..<9).map { "v\($0)" }
    // Sums of (a - b)^2, multiplied out so that no single box shows that they are not negative.
    let sum = zip(names, names.dropFirst()).map { "\($0)^2 - 2*\($0)*\($1) + \($1)^2" }
    let formula = try Expression(parsing: "1/(0.001 + \(sum.joined(separator: " + ")))")
    var box: [Symbol: Interval] = [:]
    for name in names { box[Symbol(name)] = Interval(0.1, 3) }
    #expect(formula.domainSafety(over: box, limit: 10) == .unknown)
  }

  @Test func `the sentence names the part and the place`() throws {
    let safety = try Expression(parsing: "sqrt(x)").domainSafety(over: ["x": Interval(-2, -1)])
    #expect(safety.description == "'sqrt(x)' has no finite value somewhere in x = [-2, -1]")
  }
}
