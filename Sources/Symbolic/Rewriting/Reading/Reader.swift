/// Chooses from an ``EGraph`` the form of a class that reads best, and writes it.
struct Reader {
  typealias ClassID = EGraph.ClassID
  typealias Node = EGraph.Node

  private let graph: EGraph
  private let numbers: NumberCosts
  private var costs: [Int]
  private var choices: [Node?]
  private var contents: [ReadingCost.Content]

  /// Weighs all forms of all classes.
  init(_ graph: EGraph, numbers: NumberCosts) {
    self.graph = graph
    self.numbers = numbers
    costs = [Int](repeating: .max, count: graph.classes.count)
    choices = [Node?](repeating: nil, count: graph.classes.count)
    contents = [ReadingCost.Content](repeating: .init(), count: graph.classes.count)
    // Costs fall until none falls any more; each round settles one level of nesting or more.
    let representatives = graph.representatives
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for id in representatives {
        for node in graph[id].nodes {
          guard let cost = cost(of: node), cost < costs[Int(id)] else { continue }
          costs[Int(id)] = cost
          choices[Int(id)] = node
          contents[Int(id)] = content(of: node)
          hasChanged = true
        }
      }
    }
  }

  // MARK: Costs

  private func cost(_ id: ClassID) -> Int { costs[Int(graph.find(id))] }

  private func content(_ id: ClassID) -> ReadingCost.Content { contents[Int(graph.find(id))] }

  private func fractions(
    _ constant: Coefficient, _ parts: [EGraph.Part]
  ) -> ReadingCost.Fractions {
    let count = parts.filter { term($0).isFraction }.count
    if count == 0 || (parts.count == 1 && constant.isZero) { return .none }
    return count == parts.count && constant.isZero ? .all : .some
  }

  private func content(of node: Node) -> ReadingCost.Content {
    switch node {
    case .number, .symbol, .pi: .init()
    case .product(let parts): parts.reduce(ReadingCost.Content()) { $0 | content($1.id) }
    case .sum(let constant, let parts):
      parts.reduce(ReadingCost.Content(fractions: fractions(constant, parts))) {
        $0 | content($1.id)
      }
    case .function(let operation, let operands):
      operands.reduce(ReadingCost.Content()) { $0 | content($1) }.inside(operation)
    }
  }

  /// The cost of a node by the least costs of its operands; nil while one of these is not known.
  private func cost(of node: Node) -> Int? {
    switch node {
    case .number(let number): return numbers(number)
    case .symbol: return ReadingCost.symbol
    case .pi: return ReadingCost.node
    case .function(let operation, let operands):
      guard operands.allSatisfy({ cost($0) < .max }) else { return nil }
      let inside = operands.reduce(ReadingCost.Content()) { $0 | content($1) }
      return operands.reduce(ReadingCost.function(operation, of: inside)) { $0 + cost($1) }
    case .product(let parts):
      guard parts.allSatisfy({ cost($0.id) < .max }) else { return nil }
      return cost(of: fraction(.one, parts))
    case .sum(let constant, let parts):
      guard parts.allSatisfy({ cost($0.id) < .max }) else { return nil }
      let count = parts.count + (constant.isZero ? 0 : 1)
      let number = constant.isZero ? 0 : numbers(constant)
      let terms = parts.reduce(number + (count - 1) * ReadingCost.node) {
        $0 + cost(of: term($1))
      }
      return terms + (needsMinus(constant, parts) ? ReadingCost.node : 0)
    }
  }

  /// Whether a sum begins with a minus that no number takes up.
  private func needsMinus(_ constant: Coefficient, _ parts: [EGraph.Part]) -> Bool {
    guard constant.isZero || constant.isNegative, parts.allSatisfy(\.number.isNegative) else {
      return false
    }
    return constant.isZero
      && !parts.contains { part in
        if case .number? = term(part).numerator.first?.content { true } else { false }
      }
  }

  private func cost(of fraction: Fraction<ClassID>) -> Int {
    fraction.cost(cost, numbers) { id, power in
      if case .function(.exp, _)? = choices[Int(graph.find(id))] {
        return ReadingCost.exponentialInDenominator
      }
      return content(id).fractions.cost(underRoot: !power.isInteger)
    }
  }

  private func fraction(
    _ coefficient: Coefficient, _ parts: [EGraph.Part]
  ) -> Fraction<ClassID> {
    Fraction(coefficient, parts.map { (graph.find($0.id), $0.number) })
  }

  /// A term of a sum without its sign.
  private func term(_ part: EGraph.Part) -> Fraction<ClassID> {
    if case .product(let parts)? = choices[Int(graph.find(part.id))] {
      return fraction(part.number.magnitude, parts)
    }
    return fraction(part.number.magnitude, [EGraph.Part(id: part.id, number: .one)])
  }

  // MARK: Writing

  /// The form of a class that reads best.
  func formula(_ id: ClassID) -> Expression {
    guard let choice = choices[Int(graph.find(id))] else {
      preconditionFailure("every class has a form that was added")
    }
    switch choice {
    case .number(let number): return Expression(number.value)
    case .symbol(let symbol): return Expression(symbol)
    case .pi: return .pi
    case .function(let operation, let operands):
      let operands = operands.map(formula)
      return operands.count == 1
        ? Expression(operation, operands[0]) : Expression(operation, operands[0], operands[1])
    case .product(let parts): return write(fraction(.one, parts))
    case .sum(let constant, let parts): return writeSum(constant, parts)
    }
  }

  private func writeSum(_ constant: Coefficient, _ parts: [EGraph.Part]) -> Expression {
    var terms = parts.map { part in
      (isNegative: part.number.isNegative, expression: write(term(part)))
    }
    terms.sort { WrittenOrder.term($0.expression) < WrittenOrder.term($1.expression) }
    if !constant.isZero {
      terms.append((constant.isNegative, Expression(constant.magnitude.value)))
    }
    if let first = terms.firstIndex(where: { !$0.isNegative }) {
      terms.insert(terms.remove(at: first), at: 0)
    } else if let first = terms.firstIndex(where: { $0.expression.leadingNumber != nil }) {
      terms.insert(terms.remove(at: first), at: 0)
    }
    let leading = terms[0].isNegative ? terms[0].expression.negated : terms[0].expression
    return terms.dropFirst().reduce(leading) { sum, term in
      term.isNegative ? sum - term.expression : sum + term.expression
    }
  }

  private func write(_ fraction: Fraction<ClassID>) -> Expression {
    func product(_ factors: [Fraction<ClassID>.Factor]) -> Expression? {
      let written = factors.map(write).sorted {
        WrittenOrder.factor($0) < WrittenOrder.factor($1)
      }
      return written.dropFirst().reduce(written.first) { product, factor in
        product.map { $0 * factor }
      }
    }
    let upper = product(fraction.numerator)
    guard let lower = product(fraction.denominator) else { return upper ?? .one }
    return upper.map { $0 / lower } ?? Expression(.reciprocal, lower)
  }

  private func write(_ factor: Fraction<ClassID>.Factor) -> Expression {
    let base =
      switch factor.content {
      case .number(let number): Expression(number.value)
      case .item(let id): formula(id)
      case .fraction(let inner): write(inner)
      }
    return switch factor.power {
    case .one: base
    case .half: Expression(.sqrt, base)
    default: pow(base, Expression(factor.power.value))
    }
  }
}
