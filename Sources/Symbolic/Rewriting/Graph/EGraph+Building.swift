extension EGraph {
  mutating func number(_ value: Coefficient) -> ClassID { insert(.number(value)) }

  /// A sum `k₀ + Σ kᵢ·cᵢ` with nested sums opened, multiples resolved and like parts collected.
  mutating func sum(_ constant: Coefficient, _ parts: [Part]) -> ClassID {
    var constant = constant
    var collected: [Part] = []
    for part in parts { addTerm(part, to: &constant, &collected, opensSums: true) }
    collected.removeAll { $0.number.isZero || $0.number.value == 0 }
    constant = constant.value == 0 ? .zero : constant.settled
    guard let first = collected.first else { return number(constant) }
    if collected.count == 1 && constant.isZero {
      if first.number.isOne { return find(first.id) }
      if !first.number.isExact, let value = self[first.id].value {
        return number(Coefficient(inexact: first.number.value * value))
      }
      return insert(.sum(.zero, collected))
    }
    return insert(.sum(constant, collected.sorted { $0.id < $1.id }))
  }

  private func addTerm(
    _ part: Part, to constant: inout Coefficient, _ collected: inout [Part], opensSums: Bool
  ) {
    var part = Part(id: find(part.id), number: part.number.settled)
    if part.number.isZero { return }
    if let scale = self[part.id].scale, find(scale.id) != part.id {
      part = Part(id: find(scale.id), number: (part.number * scale.number).settled)
    }
    let operand = self[part.id]
    if let number = operand.number {
      constant = constant + part.number * number
    } else if !part.number.isExact || !constant.isExact, let value = operand.value {
      // What a measured number touches has no closed form to keep.
      constant = constant + Coefficient(inexact: part.number.value * value)
    } else if opensSums, case .sum(let inner, let terms)? = operand.nodes.first(where: \.isSum),
      terms.allSatisfy({ find($0.id) != part.id })
    {
      constant = constant + part.number * inner
      for term in terms {
        let number = part.number * term.number
        addTerm(Part(id: term.id, number: number), to: &constant, &collected, opensSums: false)
      }
    } else if let index = collected.firstIndex(where: { $0.id == part.id }) {
      collected[index].number = (collected[index].number + part.number).settled
    } else {
      collected.append(part)
    }
  }

  /// A product `k·Π cᵢ^kᵢ` with nested products opened where that is sound, powers of numbers worked
  /// out and like factors collected.
  mutating func product(_ parts: [Part], times coefficient: Coefficient = .one) -> ClassID {
    var numbers = NumberProduct(coefficient)
    var collected: [Part] = []
    for part in parts { multiply(part, into: &numbers, &collected, depth: 0) }
    collected.removeAll { $0.number.isZero || $0.number.value == 0 }
    if !numbers.coefficient.isExact {
      // What a measured number touches has no closed form to keep.
      for part in collected {
        if let value = self[part.id].value { numbers.multiply(by: value, to: part.number) }
      }
      collected.removeAll { self[$0.id].value != nil }
    }
    let (factor, roots) = numbers.worked
    if factor.isZero { return number(.zero) }
    collected += roots.map { Part(id: number($0.base), number: $0.exponent) }
    guard let first = collected.first else { return number(factor.settled) }
    let unit =
      collected.count == 1 && first.number.isOne
      ? first.id : insert(.product(collected.sorted { $0.id < $1.id }))
    return sum(.zero, [Part(id: unit, number: factor)])
  }

  private mutating func multiply(
    _ part: Part, into numbers: inout NumberProduct, _ collected: inout [Part], depth: Int
  ) {
    var part = Part(id: find(part.id), number: part.number.settled)
    if part.number.isZero { return }
    if let number = self[part.id].number {
      numbers.multiply(by: number, to: part.number)
      return
    }
    if let scale = self[part.id].scale, find(scale.id) != part.id,
      numbers.canMultiply(by: scale.number, to: part.number)
    {
      let inner = find(scale.id)
      if part.number.isInteger || !scale.number.isNegative {
        numbers.multiply(by: scale.number, to: part.number)
        part.id = inner
      } else if self[inner].bounds.isNonpositive || scale.number != .minusOne {
        // (−k·u)^p = k^p·(−u)^p
        numbers.multiply(by: -scale.number, to: part.number)
        part.id = sum(.zero, [Part(id: inner, number: .minusOne)])
      }
    }
    if depth < 3, let product = self[part.id].nodes.first(where: \.isProduct),
      let opened = opened(product, to: part.number), opened.allSatisfy({ find($0.id) != part.id })
    {
      for factor in opened { multiply(factor, into: &numbers, &collected, depth: depth + 1) }
    } else if let index = collected.firstIndex(where: { $0.id == part.id }) {
      collected[index].number = (collected[index].number + part.number).settled
    } else {
      collected.append(part)
    }
  }

  /// The factors of a product raised to a power, nil where the power of the product is defined on
  /// more than the product of the powers.
  mutating func opened(_ product: Node, to power: Coefficient) -> [Part]? {
    guard case .product(let factors) = product else { return nil }
    if power.isInteger {
      return factors.map { Part(id: $0.id, number: ($0.number * power).settled) }
    }
    var result: [Part] = []
    var ofEitherSign = 0
    for factor in factors {
      let exponent = (factor.number * power).settled
      let bounds = self[factor.id].bounds
      if bounds.isNonnegative || !factor.number.isInteger {
        result.append(Part(id: factor.id, number: exponent))
      } else if factor.number.isEven {
        // (d²)^p = |d|^2p
        result.append(Part(id: function(.abs, [factor.id]), number: exponent))
      } else {
        ofEitherSign += 1
        result.append(Part(id: factor.id, number: exponent))
      }
    }
    // A single odd power has the sign of the whole product, which its root needs not negative.
    return ofEitherSign <= 1 ? result : nil
  }

  /// A function of classes, with numbers folded where that loses nothing worth reading.
  mutating func function(_ operation: Operator, _ operands: [ClassID]) -> ClassID {
    let operands = operands.map(find)
    if operation == .abs {
      if self[operands[0]].bounds.isNonnegative { return operands[0] }
      if self[operands[0]].bounds.isNonpositive {
        return sum(.zero, [Part(id: operands[0], number: .minusOne)])
      }
    }
    let values = operands.compactMap { self[$0].value }
    if values.count == operands.count {
      let numbers = operands.compactMap { self[$0].number }
      let value = operation(values[0], values.count > 1 ? values[1] : .nan)
      let result = Coefficient(reading: value)
      let isMeasured = numbers.contains { !$0.isExact }
      if value.isFinite, isMeasured { return number(Coefficient(inexact: value)) }
      if value.isFinite, numbers.count == operands.count, result.isInteger { return number(result) }
    }
    return insert(.function(operation, operands))
  }

  /// The class of a formula.
  mutating func add(_ formula: Expression) -> ClassID {
    var stack: [ClassID] = []
    for node in formula.nodes {
      let operands = Array(stack.suffix(node.arity))
      stack.removeLast(node.arity)
      stack.append(add(node, operands))
    }
    return stack[0]
  }

  private mutating func add(_ node: Expression.Node, _ operands: [ClassID]) -> ClassID {
    func part(_ index: Int, _ number: Coefficient = .one) -> Part {
      Part(id: operands[index], number: number)
    }
    switch node.operation {
    case .constant: return number(Coefficient(reading: node.value))
    case .symbol: return node.symbol.map { insert(.symbol($0)) } ?? number(.zero)
    case .pi: return insert(.pi)
    case .add: return sum(.zero, [part(0), part(1)])
    case .subtract: return sum(.zero, [part(0), part(1, .minusOne)])
    case .negate: return sum(.zero, [part(0, .minusOne)])
    case .multiply: return product([part(0), part(1)])
    case .divide: return product([part(0), part(1, .minusOne)])
    case .reciprocal: return product([part(0, .minusOne)])
    case .square: return product([part(0, 2)])
    case .cube: return product([part(0, 3)])
    case .sqrt: return product([part(0, .half)])
    case .cbrt where self[operands[0]].bounds.isNonnegative:
      return product([part(0, Coefficient(1, over: 3))])
    case .power:
      if let exponent = self[operands[1]].number { return product([part(0, exponent)]) }
      return function(.power, operands)
    default: return function(node.operation, operands)
    }
  }
}

extension EGraph.Node {
  /// Whether the node is a sum of two or more parts; multiples of one class count as that class.
  var isSum: Bool {
    guard case .sum(let constant, let parts) = self else { return false }
    return parts.count > 1 || !constant.isZero
  }

  var isProduct: Bool {
    if case .product = self { true } else { false }
  }
}

extension Coefficient {
  /// The number without its last places if it is inexact, so that sums worked out in different
  /// orders meet.
  var settled: Coefficient {
    guard !isExact, value.isFinite, value.magnitude > 1e-280 else { return self }
    let places = Double(sign: .plus, exponent: value.exponent - 45, significand: 1)
    return Coefficient(inexact: (value / places).rounded() * places)
  }
}
