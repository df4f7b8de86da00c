extension ExpressionParser {
  /// Names that are numbers; `e` and `pi` are exact and handled apart.
  static let namedValues: [String: Double] = ["inf": .infinity, "nan": .nan]

  /// Functions without an operator of their own, by what they stand for.
  static let compositions: [String: @Sendable (Expression) -> Expression] = [
    "sec": { Expression(.reciprocal, Expression(.cos, $0)) },
    "csc": { Expression(.reciprocal, Expression(.sin, $0)) },
    "cot": { Expression(.reciprocal, Expression(.tan, $0)) },
    "sech": { Expression(.reciprocal, Expression(.cosh, $0)) },
    "csch": { Expression(.reciprocal, Expression(.sinh, $0)) },
    "coth": { Expression(.reciprocal, Expression(.tanh, $0)) },
    // sin(pi x)/(pi x) as signal processing has it; no number at 0.
    "sinc": { sin(.pi * $0) / (.pi * $0) },
    // The saw-tooth of period 2 that PySR puts between any operand and atanh.
    "atanh_clip": { Expression(.atanh, Expression(.mod, $0 + 1, 2) - 1) },
  ]

  /// Functions that share their names with variables; they are functions where they are called.
  static let sharedNames: Set<String> = [
    "gamma", "Gamma", "j0", "j1", "y0", "y1", "step", "mod", "round", "cond",
  ]

  /// Every name that can be called, sorted.
  static let functionNames: [String] = (Operator.functionNames + compositions.keys).sorted()

  /// The number of arguments of a function, or nil if no function has that name.
  static func arity(ofFunction name: String) -> Int? {
    Operator.function(named: name)?.arity ?? (compositions[name] == nil ? nil : 1)
  }
}

/// How tightly operators bind; greater is tighter.
enum Precedence {
  static let sum = 10
  static let minus = 15
  static let product = 20
  static let power = 30
  static let atom = 40

  static func of(_ operation: Operator) -> Int {
    switch operation {
    case .add, .subtract: sum
    case .multiply, .divide: product
    case .power: power
    default: atom
    }
  }
}
