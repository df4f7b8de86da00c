import Symbolic
import Tensors
import Testing

@Suite("Dimensional analysis")
struct DimensionTests {
  private static let units = [
    "x": "m", "t": "s", "v": "m/s", "g": "m/s^2", "m": "kg", "E": "J", "n": "1",
  ]

  private static func dimensions() throws -> [Symbol: Dimension] {
    var result: [Symbol: Dimension] = [:]
    for (name, unit) in units { result[Symbol(name)] = try Unit(parsing: unit).dimension }
    return result
  }

  @Test(arguments: [
    ("m*v^2/2", "J"), ("x/t", "m/s"), ("sqrt(2*g*x)", "m/s"), ("v + g*t", "m/s"),
    ("sin(x/(v*t))", "1"), ("cbrt(x^3)", "m"), ("max(x, v*t)", "m"), ("abs(-x)", "m"),
    ("(x/(v*t))^n", "1"), ("m*v*reciprocal(t)", "N"), ("sign(x)", "1"), ("pi*x", "m"),
    ("x^(2/3)*x^(1/3)", "m"), ("3*x + 0", "m"), ("E/(m*g) + x", "m"), ("x^1.5", "m^(3/2)"),
  ])
  func `dimensions follow from the operands`(text: String, unit: String) throws {
    let formula = try Expression(parsing: text)
    let dimension = try formula.dimension(
      of: try Self.dimensions(), dimensionlessConstants: true)
    #expect(dimension == (try Unit(parsing: unit).dimension))
  }

  @Test(arguments: ["2*x", "x^1.9", "7*sin(n)", "t/(x + 3)*5"])
  func `a free constant leaves the dimension open`(text: String) throws {
    let formula = try Expression(parsing: text)
    #expect(try formula.dimension(of: try Self.dimensions()) == nil)
  }

  @Test(arguments: [
    ("x + t", "in 'x + t' one operand is in m and the other in s; both must agree"),
    ("1 + sin(x)", "in 'sin(x)' the operand is in m, but the function takes pure numbers only"),
    ("n^x", "in 'n^x' the exponent is in m, but exponents are pure numbers"),
    ("x^n", "in 'x^n' the base is in m, so that the exponent must be a plain fraction"),
    (
      "E - m*v",
      "in 'E - m*v' one operand is in kg m^2/s^2 and the other in kg m/s; both must agree"
    ),
  ])
  func `violations are named`(text: String, sentence: String) throws {
    let formula = try Expression(parsing: text)
    let error = try #require(throws: DimensionViolation.self) {
      try formula.dimension(of: try Self.dimensions())
    }
    #expect(error.description == sentence)
  }

  @Test func `constants carry dimensions unless declared pure`() throws {
    let formula = try Expression(parsing: "x + 3*t")
    #expect(try formula.dimension(of: try Self.dimensions()) == Dimension(.length))
    #expect(throws: DimensionViolation.self) {
      try formula.dimension(of: try Self.dimensions(), dimensionlessConstants: true)
    }
  }

  @Test func `the fast count agrees with the analysis of formulas`() throws {
    var random = RandomExpressions(seed: 11)
    let all: [Dimension?] = [Dimension(.length), Dimension(.time), nil, .some(.none)]
    var consistent = 0
    for _ in 0..<3000 {
      let formula = random.expression(size: 1 + random.stream.below(7))
      let columns = random.symbols.map { _ in all[random.stream.below(all.count)] }
      let pure = random.stream.below(2) == 0
      var dimensions: [Symbol: Dimension] = [:]
      for (symbol, dimension) in zip(random.symbols, columns) { dimensions[symbol] = dimension }
      let value = Result<Dimension?, DimensionViolation> { () throws(DimensionViolation) in
        try formula.dimension(of: dimensions, dimensionlessConstants: pure)
      }
      let target = Dimension(.length)
      let genes = formula.nodes.map { node in
        if let symbol = node.symbol {
          return Gene(variable: random.symbols.firstIndex(of: symbol) ?? 0)
        }
        return node.operation == .constant
          ? Gene(constant: node.value) : Gene(node.operation, length: node.length)
      }
      let analysis = DimensionalAnalysis(
        columns: columns, target: target, dimensionlessConstants: pure)
      let count = genes.withUnsafeBufferPointer { genes in
        genes.baseAddress.map { analysis.violations($0, count: genes.count) }
      }
      let expected =
        switch value {
        case .success(let dimension): dimension == nil || dimension == target
        case .failure: false
        }
      #expect((count == 0) == expected, "\(formula)")
      if expected { consistent += 1 }
    }
    #expect(consistent > 100 && consistent < 2900)
  }

  private static func analysis(_ units: String) throws -> DimensionalAnalysis? {
    let grammar = try Grammar(contentsOf: "binary + *\n" + units, file: "g")
    let rows = [1.0, 2, 3, 4]
    return try grammar.dimensionalAnalysis(
      of: SearchTable(
        variables: ["x", "t"], columns: [rows, rows], targetName: "v", target: rows))
  }

  @Test func `units of a grammar are checked against the table`() throws {
    #expect(try Self.analysis("").map { _ in 0 } == nil)
    let analysis = try #require(
      try Self.analysis("units x: m\nunits t: s\nunits v: km/h\ndimensionless constants"))
    let quotient = [Gene(variable: 0), Gene(variable: 1), Gene(.divide, length: 3)]
    let product = [Gene(variable: 0), Gene(variable: 1), Gene(.multiply, length: 3)]
    #expect(
      quotient.withUnsafeBufferPointer { $0.baseAddress.map { analysis.violations($0, count: 3) } }
        == 0)
    #expect(
      product.withUnsafeBufferPointer { $0.baseAddress.map { analysis.violations($0, count: 3) } }
        == 1)
  }

  @Test(arguments: [
    (
      "units w: m",
      "the grammar gives a unit for 'w', but the table has x, t, v; rename the column or remove the "
        + "unit"
    ),
    (
      "units x: m\nunits t: s\nunits v: kg m/s\ndimensionless constants",
      "no formula of the columns has the target's dimension: 'v' is in kg m/s; correct the units, "
        + "or let constants carry units"
    ),
  ])
  func `units that no formula can have are refused`(units: String, sentence: String) throws {
    let error = try #require(throws: SearchError.self) { try Self.analysis(units) }
    #expect(error.description == sentence)
  }
}
