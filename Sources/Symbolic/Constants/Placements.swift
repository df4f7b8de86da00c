internal import Tensors

/// The ways of writing a fitted formula that its constants are looked for in, each fitted.
///
/// Written as found, a constant may be hidden in two: `0.3·(1.1·x)²` has no numbers that mean anything.
/// In the form that reads best constants are merged; in the form that reads best when numbers near
/// closed forms count less, `1.41·√(0.5·x² + 0.5·y²)` is `√(x² + y²)`. The phase of a cosine may be plain
/// as that of a sine: `cos(x − 0.5708)` is `sin(x + 1)`.
struct Placements: Sequence, IteratorProtocol {
  private let start: ConstantFit
  private let table: SearchTable
  private let domain: [Symbol: Bounds]
  private let candidates: SnapCandidates
  private var tried: Set<Expression> = []
  private var stage = 0

  init(
    _ start: ConstantFit, table: SearchTable, domain: [Symbol: Bounds],
    candidates: SnapCandidates
  ) {
    self.start = start
    self.table = table
    self.domain = domain
    self.candidates = candidates
  }

  mutating func next() -> ConstantFit? {
    while stage < 4 {
      stage += 1
      if let fit = placement(stage) { return fit }
    }
    return nil
  }

  private mutating func placement(_ stage: Int) -> ConstantFit? {
    let bare = start.expression.resolvingSigns(on: table)
    switch stage {
    case 1: return fit(bare.readable(on: domain, numbers: numbers))
    case 2: return fit(bare.readable(on: domain))
    case 3:
      let turned = bare.quarterTurned()
      return turned == bare ? nil : fit(turned.readable(on: domain, numbers: numbers))
    default: return tried.contains(start.expression) ? nil : start
    }
  }

  /// Measured numbers are as uncertain as those of the fit, in the middle.
  private var numbers: NumberCosts {
    let errors = start.standardErrors ?? []
    let relative = zip(start.expression.constants, errors).compactMap { value, error in
      error > 0 && value != 0 ? error / value.magnitude : nil
    }.sorted()
    let middle = relative.isEmpty ? 1e-9 : relative[relative.count / 2]
    return NumberCosts(forms: candidates, relativeError: Swift.max(1e-12, Swift.min(0.05, middle)))
  }

  /// A form fitted, if it does what the first did.
  private mutating func fit(_ formula: Expression) -> ConstantFit? {
    guard tried.insert(formula).inserted,
      let fit = try? ConstantFit(refining: formula.fixingPlainNumbers(), to: table)
    else { return nil }
    // Rewriting leaves rounding behind, and fits stop a little short of the minimum.
    let slack =
      table.loss == .l2 ? 1e-24 * (Statistics.variance(table.target) ?? 0) : start.roundingLoss
    return fit.loss <= (1 + 0.5 / Double(table.rowCount)) * start.loss + slack ? fit : nil
  }
}

extension SearchTable {
  /// Between which values the variables lie.
  var domain: [Symbol: Bounds] {
    var domain: [Symbol: Bounds] = [:]
    for (variable, column) in zip(variables, columns) {
      guard let least = column.min(), let greatest = column.max() else { continue }
      domain[variable] = Bounds(Interval(least, greatest))
    }
    return domain
  }
}

extension Expression {
  /// The formula without absolute values of what has one sign on all rows.
  func resolvingSigns(on table: SearchTable) -> Expression {
    fold { node, operands in
      guard node.operation == .abs, let operand = operands.first,
        let program = try? Program(operand, inputs: table.variables)
      else {
        return operands.isEmpty
          ? Expression(unchecked: [node])
          : Expression(postfix: operands.flatMap(\.nodes) + [node])
      }
      let values = program.evaluate(table.columns)
      if values.allSatisfy({ $0 >= 0 }) { return operand }
      return values.allSatisfy { $0 <= 0 } ? -operand : Expression(.abs, operand)
    }
  }

  /// The formula with sines for cosines of a sum that contains a number, and the other way round.
  fileprivate func quarterTurned() -> Expression {
    fold { node, operands in
      guard let operand = operands.first else { return Expression(unchecked: [node]) }
      let isCircular = node.operation == .sin || node.operation == .cos
      guard isCircular, operand.simplified().hasSummandConstant else {
        return Expression(postfix: operands.flatMap(\.nodes) + [node])
      }
      let turned = (operand + Expression(.pi / 2)).simplified()
      // sin u = -cos(u + π/2), cos u = sin(u + π/2).
      return node.operation == .cos
        ? Expression(.sin, turned) : Expression(.negate, Expression(.cos, turned))
    }
  }

  /// Whether the formula is a sum with a number among its summands.
  private var hasSummandConstant: Bool {
    switch root.operation {
    case .constant: true
    case .add, .subtract: operands.contains { $0.hasSummandConstant }
    default: false
    }
  }

  /// The formula with numbers that say what they mean, such as the 2 of `2*x`, left alone by fits.
  fileprivate func fixingPlainNumbers() -> Expression {
    Expression(
      unchecked: nodes.map { node in
        let number = Coefficient(reading: node.value)
        guard node.operation == .constant, number.isExact, number.denominator <= 16 else {
          return node
        }
        return Node(constant: node.value, isFixed: true)
      })
  }
}
