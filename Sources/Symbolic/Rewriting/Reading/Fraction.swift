/// A product as it is written: one numerator, one denominator, and roots over what they have in
/// common.
struct Fraction<Item> {
  var numerator: [Factor] = []
  var denominator: [Factor] = []

  /// Something to a power that is positive.
  struct Factor {
    var content: Content
    var power: Coefficient
  }

  /// What is raised to a power.
  indirect enum Content {
    case number(Coefficient)
    case item(Item)
    /// A quotient under one root, as in √(p/ρ).
    case fraction(Fraction)
  }

  /// Arranges a product.
  ///
  /// - Parameters:
  ///   - coefficient: The positive number in front.
  ///   - parts: The factors with their exponents.
  init(_ coefficient: Coefficient, _ parts: [(item: Item, exponent: Coefficient)]) {
    var roots: [(power: Coefficient, parts: [(item: Item, exponent: Coefficient)])] = []
    for part in parts {
      let power = part.exponent.magnitude
      if power.isInteger {
        let factor = Factor(content: .item(part.item), power: power)
        if part.exponent.isNegative { denominator.append(factor) } else { numerator.append(factor) }
        continue
      }
      let sign: Coefficient = part.exponent.isNegative ? .minusOne : .one
      if let index = roots.firstIndex(where: { $0.power == power }) {
        roots[index].parts.append((part.item, sign))
      } else {
        roots.append((power, [(part.item, sign)]))
      }
    }
    for (power, parts) in roots {
      let isBelow = parts.allSatisfy { $0.exponent.isNegative }
      let content: Content =
        parts.count == 1
        ? .item(parts[0].item)
        : .fraction(
          Fraction(.one, isBelow ? parts.map { ($0.item, -$0.exponent) } : parts))
      let factor = Factor(content: content, power: power)
      if isBelow { denominator.append(factor) } else { numerator.append(factor) }
    }
    let (upper, lower) = split(coefficient)
    if let upper { numerator.insert(Factor(content: .number(upper), power: .one), at: 0) }
    if let lower { denominator.insert(Factor(content: .number(lower), power: .one), at: 0) }
  }

  /// A positive number as factor of the numerator and factor of the denominator.
  private func split(_ number: Coefficient) -> (Coefficient?, Coefficient?) {
    let isAlone = numerator.isEmpty && denominator.isEmpty
    if number.isOne { return (isAlone ? .one : nil, nil) }
    guard number.isExact, !number.isInteger, !isAlone else { return (number, nil) }
    let (upper, lower) = (Coefficient(number.numerator), Coefficient(number.denominator))
    let isShort = lower <= 16 || !lower.dividesPowerOfTen
    if upper.isOne && (isShort || !denominator.isEmpty && lower <= 100) { return (nil, lower) }
    return lower.dividesPowerOfTen && !isShort ? (number, nil) : (upper.isOne ? nil : upper, lower)
  }

  /// Whether there is more than a number below the bar.
  var isFraction: Bool {
    denominator.contains { factor in
      if case .number = factor.content { false } else { true }
    }
  }

  /// What it costs to read the product.
  ///
  /// - Parameters:
  ///   - itemCost: What an item costs.
  ///   - numbers: What numbers cost.
  ///   - penalty: What a power of an item costs besides when it stands in the denominator.
  /// - Returns: The cost.
  func cost(
    _ itemCost: (Item) -> Int, _ numbers: NumberCosts, penalty: (Item, Coefficient) -> Int
  ) -> Int {
    func cost(_ factor: Factor) -> Int {
      switch factor.content {
      case .number(let number): numbers(number)
      case .item(let item): itemCost(item) + ReadingCost.power(factor.power)
      case .fraction(let inner):
        inner.cost(itemCost, numbers, penalty: penalty) + ReadingCost.power(factor.power)
      }
    }
    let factors = numerator + denominator
    // One operator between any two factors; a reciprocal is one more.
    let operators = factors.count - 1 + (numerator.isEmpty ? 1 : 0)
    let penalties = denominator.reduce(0) { sum, factor in
      guard case .item(let item) = factor.content else { return sum }
      return sum + penalty(item, factor.power)
    }
    return factors.reduce(ReadingCost.node * operators + penalties) { $0 + cost($1) }
  }
}

extension Coefficient {
  /// Whether fractions with this denominator end after a few digits.
  fileprivate var dividesPowerOfTen: Bool {
    guard isInteger else { return false }
    var rest = numerator
    while rest % 2 == 0 { rest /= 2 }
    while rest % 5 == 0 { rest /= 5 }
    return rest == 1
  }
}
