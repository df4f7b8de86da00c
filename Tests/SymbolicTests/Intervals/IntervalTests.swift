import Symbolic
import Tensors
import Testing

@Suite("Intervals")
struct IntervalTests {
  /// A box of random place and size, and the point at given fractions of its sides.
  private func box(_ random: inout RandomExpressions) -> [Symbol: Interval] {
    var box: [Symbol: Interval] = [:]
    for symbol in random.symbols {
      let middle = random.stream.uniform(-3, 3)
      let radius = [0, 1e-6, 0.1, 1, 4][random.stream.below(5)]
      box[symbol] = Interval(middle - radius, middle + radius)
    }
    return box
  }

  @Test func `enclosures contain sampled values of random formulas`() {
    var random = RandomExpressions(seed: 7)
    var defined = 0
    for _ in 0..<4000 {
      let formula = random.expression(size: 1 + random.stream.below(14))
      let box = box(&random)
      let enclosure = formula.interval(over: box)
      for _ in 0..<8 {
        var point: [Symbol: Double] = [:]
        for symbol in random.symbols {
          let side = box[symbol] ?? .whole
          point[symbol] = min(
            side.upper,
            side.lower + side.width * [0, 1, random.stream.uniform()][random.stream.below(3)])
        }
        // Each rounding of the evaluation is within the outward step of its node.
        let value = formula.evaluate(point)
        // IEEE 754 has values such as 1^log(-1) = 1 of which a part has none.
        let isDefined = formula.nodes.indices.allSatisfy {
          formula.subtree(endingAt: $0).evaluate(point).isFinite
        }
        if isDefined {
          #expect(enclosure.range.contains(value), "\(formula) = \(value) at \(point)")
          #expect(enclosure.certainty > .undefined, "\(formula)")
        } else if !formula.nodes.contains(where: { $0.operation == .cond }) {
          // (Where a condition fails, a part may well have no value.)
          #expect(!enclosure.isSafe, "\(formula) = \(value) at \(point)")
        }
      }
      if enclosure.isSafe { defined += 1 }
    }
    // Arithmetic that gives up everywhere would contain everything.
    #expect(defined > 1000)
  }

  @Test(arguments: Operator.allCases.filter { $0.arity > 0 })
  func `every operator has a sharp enclosure that contains its values`(operation: Operator) {
    let formula =
      operation.arity == 1 ? Expression(operation, "a") : Expression(operation, "a", "b")
    var stream = RandomStream(seed: UInt64(operation.rawValue))
    var sharp = 0
    for round in 0..<400 {
      // The order of polygamma is a whole number.
      let middle = round % 4 == 0 ? Double(stream.below(5)) : stream.uniform(-4, 6)
      let radius = round % 4 == 0 ? 0 : [1e-9, 1e-5, 0.3, 2][stream.below(4)]
      let a = Interval(middle - radius, middle + radius)
      let start = stream.uniform(-3, 4)
      let b = Interval(start, start + radius)
      let enclosure = formula.interval(over: ["a": a, "b": b])
      // Slopes are mostly below 20.
      if enclosure.certainty == .continuous, enclosure.range.width <= 40 * radius + 1e-11 {
        sharp += 1
      }
      for fraction in [0, 0.5, 1, stream.uniform(), stream.uniform()] {
        let x = min(a.upper, a.lower + fraction * a.width)
        let y = min(b.upper, b.lower + stream.uniform() * b.width)
        let value = operation(x, y)
        if value.isFinite {
          #expect(enclosure.range.contains(value), "\(operation)(\(x), \(y)) = \(value)")
        } else {
          #expect(!enclosure.isSafe, "\(operation)(\(x), \(y))")
        }
      }
    }
    // Operators with the narrowest domain, asin and polygamma, are defined on a tenth of the boxes.
    #expect(sharp > 25, "\(sharp)")
  }

  @Test func `enclosures are as tight as the monotone parts allow`() {
    let box: [Symbol: Interval] = ["x": Interval(-1, 2)]
    func range(_ formula: Expression) -> Interval { formula.interval(over: box).range }
    // One outward step at each bound.
    #expect(range(Expression(.square, "x")).lower == 0)
    #expect(range(Expression(.square, "x")).upper.isNearly(4))
    #expect(range(exp("x")).lower.isNearly(exp(-1).evaluate()))
    #expect(range(sin("x")).upper == 1)
    #expect(range(cos("x")).lower.isNearly(cos(2).evaluate()))
    #expect(range(abs("x")) == Interval(0, 2))
    #expect(range(sqrt("x")).lower == 0)
    let circle = Expression.pi.interval(over: [:]).range
    #expect(circle.lower < .pi && .pi < circle.upper)
  }

  @Test func `certainty tells poles and domains apart from safety`() throws {
    func certainty(_ text: String, _ lower: Double, _ upper: Double) throws -> Enclosure.Certainty {
      try Expression(parsing: text).interval(over: ["x": Interval(lower, upper)]).certainty
    }
    #expect(try certainty("1/x", -1, 1) == .uncertain)
    #expect(try certainty("1/x", 0.5, 1) == .continuous)
    #expect(try certainty("log(x)", -2, -1) == .undefined)
    #expect(try certainty("log(x)", -2, 1) == .uncertain)
    #expect(try certainty("sign(x)", -2, 1) == .defined)
    #expect(try certainty("x^0.5", -2, -1) == .undefined)
    #expect(try certainty("x^(-2)", -2, -1) == .continuous)
    #expect(try certainty("tan(x)", 1, 2) == .uncertain)
    #expect(try certainty("asin(x)", 1.5, 2) == .undefined)
  }
}
