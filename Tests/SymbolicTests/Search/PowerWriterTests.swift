import Symbolic
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Powers as a grammar writes them")
struct PowerWriterTests {
  private static let grammars: [[Symbolic.Operator]] = [
    SearchExamples.operators,
    [.multiply, .divide, .sqrt],
    [.multiply, .reciprocal, .sqrt, .square, .cube],
    [.divide, .power, .add],
    [.add, .multiply, .divide, .power, .sqrt, .square],
  ]

  private let points = [0.37, 0.8, 1.0, 1.9, 2.6]

  /// Checks the value of a tree and that the grammar has all of its operators.
  private func check(
    _ genes: [Gene], _ grammar: [Symbolic.Operator], extra: Set<Symbolic.Operator> = [],
    _ expected: (Double, Double) -> Double
  ) {
    #expect(Gene.isTree(genes, columns: 2))
    let used = Set(genes.map(\.operation)).subtracting([.constant, .symbol])
    #expect(used.isSubset(of: extra.union(grammar)))
    let formula = Symbolic.Expression(genes, variables: ["a", "b"])
    for a in points {
      for b in points {
        let value = expected(a, b)
        // A dozen roundings of half an ulp, the first of which the power multiplies by six.
        let found = formula.evaluate(["a": a, "b": b])
        #expect(abs(found - value) <= 2e-14 * value.magnitude, "\(formula)")
      }
    }
  }

  @Test("whole and half powers up to six", arguments: grammars)
  func powers(grammar: [Symbolic.Operator]) throws {
    let writer = PowerWriter(operators: grammar)
    let sum = [Gene(variable: 0), Gene(variable: 1), Gene(.add, length: 3)]
    for k in (-12...12) where k != 0 {
      let exponent = Double(k) / 2
      let single = try #require(
        writer.write([Gene(variable: 0)], exponent: exponent), "a^\(exponent)")
      check(single, grammar) { a, _ in pow(a, exponent) }
      let compound = try #require(writer.write(sum, exponent: exponent), "(a+b)^\(exponent)")
      check(compound, grammar, extra: [.add]) { a, b in pow(a + b, exponent) }
    }
  }

  @Test("other powers need the operator of powers")
  func fractions() throws {
    let genes = try #require(
      PowerWriter(operators: [.power, .divide]).write([Gene(variable: 0)], exponent: -1.0 / 3))
    check(genes, [.power, .divide]) { a, _ in pow(a, -1.0 / 3) }
    // The exponent of a simple fraction is part of the form, another one is fitted.
    #expect(genes.allSatisfy { $0.operation != .constant || $0.isFixed })
    let fitted = try #require(
      PowerWriter(operators: [.power]).write([Gene(variable: 0)], exponent: 0.7123))
    #expect(fitted.contains { $0.isFree && $0.value == 0.7123 })
  }

  @Test("what the grammar has no operators for is not written")
  func refusals() {
    func write(_ operators: [Symbolic.Operator], _ exponent: Double) -> [Gene]? {
      PowerWriter(operators: operators).write([Gene(variable: 0)], exponent: exponent)
    }
    #expect(write([.multiply, .divide], 0.5) == nil)
    #expect(write([.multiply, .divide, .sqrt], 1.0 / 3) == nil)
    #expect(write([.multiply, .sqrt], -1) == nil)
    #expect(write([.divide, .sqrt], 2) == nil)
    #expect(write([.square, .sqrt], 2.5) == nil)
    #expect(write([.square], 3) == nil)
    let powers = PowerWriter(operators: [.divide, .sqrt])
    #expect(
      powers.product(
        factor: 2, powers: [(base: [Gene(variable: 0)], exponent: 1)]) == nil)
  }

  @Test("products have one denominator", arguments: grammars)
  func products(grammar: [Symbolic.Operator]) throws {
    guard grammar.contains(.multiply) else { return }
    let bases = [[Gene(variable: 0)], [Gene(variable: 1)]]
    let writer = PowerWriter(operators: grammar)
    for (p, q) in [(2.0, -1.5), (-1, -2), (0.5, 3), (-0.5, 1)] {
      for factor in [nil, 2.5] {
        let genes = try #require(
          writer.product(
            factor: factor, powers: [(base: bases[0], exponent: p), (base: bases[1], exponent: q)]))
        check(genes, grammar) { a, b in (factor ?? 1) * pow(a, p) * pow(b, q) }
        if grammar.contains(.divide) {
          #expect(genes.count { $0.operation == .divide } == (p < 0 || q < 0 ? 1 : 0))
        }
      }
    }
  }
}
