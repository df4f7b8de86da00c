/// What it costs to read a formula: ten for each node, and a little for what reads badly.
///
/// The costs that one node more or less does not decide follow the habits of textbooks: one fraction
/// rather than several, exponentials in the numerator, numbers with few digits.
enum ReadingCost {
  static let node = 10

  /// A number that is neither whole nor a quotient of whole numbers: -x/2 rather than -0.5·x.
  static let decimal = 11

  /// A number without a closed form.
  static let measuredNumber = 14

  /// exp(-x)·a has a node more than a/exp(x), and is what people write.
  static let exponentialInDenominator = 12

  /// The jump in |a| is seldom meant.
  static let absoluteValue = 3

  /// A sum of fractions below a fraction bar: one fraction reads better than fractions in a fraction.
  static let fractionInDenominator = 35

  /// A name.
  ///
  /// Among forms of one length that with the fewest repetitions is preferred.
  static let symbol = node + 1

  /// A function of a function.
  static let nestedFunction = 15

  /// A function of a logarithm, which as a rule is a power in disguise.
  static let nestedLogarithm = 75

  static func number(_ value: Coefficient) -> Int {
    if value.isInteger { return node }
    return node + (value.isExact && value.denominator <= 1000 ? decimal : measuredNumber)
  }

  /// What a power adds to its base.
  static func power(_ exponent: Coefficient) -> Int {
    switch exponent {
    case .one: 0
    case 2, 3, .half: node
    default: 2 * node + (exponent.isExact ? 0 : measuredNumber)
    }
  }

  /// What a function adds to its operands.
  static func function(_ operation: Operator, of content: Content) -> Int {
    var cost = node
    if operation == .abs { cost += absoluteValue }
    if operation.isFunction && operation != .abs {
      if content.hasLogarithm {
        cost += nestedLogarithm
      } else if content.hasFunction {
        cost += nestedFunction
      }
    }
    return cost
  }

  /// How many terms of a sum are fractions.
  enum Fractions {
    case none, some, all

    /// What a sum costs below a fraction bar, under a root or not: `√(1 - v²/c²)` is at home there,
    /// `√(1/v² - 1/c²)` is not.
    func cost(underRoot: Bool) -> Int {
      self == .all || (self == .some && !underRoot) ? ReadingCost.fractionInDenominator : 0
    }
  }

  /// What a formula is made of.
  struct Content {
    var hasFunction = false
    var hasLogarithm = false

    /// How many terms of a sum are fractions.
    var fractions = Fractions.none

    /// What a node is made of whose operands are made of this.
    func inside(_ operation: Operator) -> Content {
      Content(
        hasFunction: hasFunction || (operation.isFunction && operation != .abs),
        hasLogarithm: hasLogarithm || operation == .log)
    }

    /// What both are made of; whether the whole is a sum the first says.
    static func | (a: Content, b: Content) -> Content {
      Content(
        hasFunction: a.hasFunction || b.hasFunction,
        hasLogarithm: a.hasLogarithm || b.hasLogarithm, fractions: a.fractions)
    }
  }
}

extension Expression {
  /// What it costs to read the formula.
  ///
  /// - Parameter numbers: What numbers cost.
  /// - Returns: The cost.
  func readingCost(_ numbers: NumberCosts) -> Int {
    var total = 0
    var contents: [ReadingCost.Content] = []
    for (index, node) in nodes.enumerated() {
      let content = contents.suffix(node.arity).reduce(ReadingCost.Content()) { $0 | $1 }
      contents.removeLast(node.arity)
      contents.append(content.inside(node.operation))
      switch node.operation {
      case .constant: total += numbers(Coefficient(reading: node.value))
      case .symbol: total += ReadingCost.symbol
      case .divide, .reciprocal:
        total += ReadingCost.node
        if hasExponentialFactor(endingAt: index - 1) {
          total += ReadingCost.exponentialInDenominator
        }
        total += costOfFractions(endingAt: index - 1, underRoot: false)
      case .power:
        // The number of an exponent such as 3/2 has been counted as one of its kind.
        total += ReadingCost.node
        let exponent = Coefficient(reading: nodes[index - 1].value)
        if nodes[index - 1].operation == .constant, exponent.isExact, !exponent.isInteger {
          total -= ReadingCost.decimal
        }
      default: total += ReadingCost.function(node.operation, of: content)
      }
    }
    return total
  }

  /// Whether a term is something over more than a number.
  private func isFraction(endingAt index: Int) -> Bool {
    switch nodes[index].operation {
    case .reciprocal: true
    case .divide: nodes[index - 1].operation != .constant
    default: false
    }
  }

  /// What the sums among the factors of a denominator cost for fractions in them.
  private func costOfFractions(endingAt index: Int, underRoot: Bool) -> Int {
    let left = index - 1 - (index > 0 ? nodes[index - 1].length : 0)
    switch nodes[index].operation {
    case .multiply:
      return costOfFractions(endingAt: index - 1, underRoot: underRoot)
        + costOfFractions(endingAt: left, underRoot: underRoot)
    case .square, .cube: return costOfFractions(endingAt: index - 1, underRoot: underRoot)
    case .sqrt: return costOfFractions(endingAt: index - 1, underRoot: true)
    case .add, .subtract:
      let terms = termEnds(endingAt: index)
      let count = terms.filter { isFraction(endingAt: $0) }.count
      let fractions: ReadingCost.Fractions =
        count == 0 ? .none : count == terms.count ? .all : .some
      return fractions.cost(underRoot: underRoot)
    default: return 0
    }
  }

  /// Where the terms of a sum end.
  private func termEnds(endingAt index: Int) -> [Int] {
    guard [.add, .subtract].contains(nodes[index].operation) else { return [index] }
    let left = index - 1 - nodes[index - 1].length
    return termEnds(endingAt: left) + termEnds(endingAt: index - 1)
  }

  /// Whether a product has an exponential among its factors.
  private func hasExponentialFactor(endingAt index: Int) -> Bool {
    switch nodes[index].operation {
    case .exp: true
    case .multiply:
      hasExponentialFactor(endingAt: index - 1)
        || hasExponentialFactor(endingAt: index - 1 - nodes[index - 1].length)
    default: false
    }
  }
}
