/// The space of formulas that a search looks through: operators, what each costs, and limits.
///
/// Grammars are text, so that a search space can be read, kept and compared:
///
/// ```
/// # Waves that decay.
/// binary   + - * / ^
/// unary    sin cos exp sech
/// outer    asin acos          # only as the outermost operator
/// define   sech(x) = 1/cosh(x)
///
/// complexity sin cos 2        # others weigh 1; also 'constant', 'variable' and column names
/// maxsize  30
/// maxdepth 10
/// warmup   0.1                # the size grows to its maximum in the first tenth of the search
/// constraint ^: any 1         # how complex each operand may be
/// nest sin: no sin cos exp    # none of them inside a sine
/// nest exp: sin <= 1          # at most one sine on a path inside an exponential
///
/// parameters c                # constants that the template names
/// parameter a by site         # one for each value of a column
/// template u = a[site]*f(x - c*t)   # or: template product over variables
///
/// units x: m
/// units u: m/s
/// dimensional strict          # or: dimensional penalised 10
/// loss huber 1.5
/// ```
///
/// The words are PySR's where the meaning is the same. A template may call several functions of plain
/// columns, or one function of formulas, in which it is linear (``TemplateReduction``); the latter is
/// fitted by squares, without units. Shipped grammars: ``shippedNames``.
public struct Grammar: Sendable, Equatable {
  /// The name of a shipped grammar, or the file it was read from.
  public let name: String

  /// The operators of one and two operands.
  public internal(set) var operators: [Operator] = []

  /// The operators that may stand at the root of a formula only, as inverses of what the target is
  /// transformed by.
  public internal(set) var outerOperators: [Operator] = []

  /// All functions that the grammar defines, in the order of their definitions.
  public internal(set) var definitions: [CustomOperator] = []

  /// The names of the ``definitions`` that formulas are made of, as `unary` and `binary` list them.
  public internal(set) var customOperatorNames: [String] = []

  /// What each operator, constant and variable adds to the complexity; 1 if not listed.
  public internal(set) var weights: [Operator: Int] = [:]

  /// What variables of a weight of their own add to the complexity.
  public internal(set) var variableWeights: [Symbol: Int] = [:]

  /// What defined functions of a weight of their own add to the complexity; others weigh 1.
  public internal(set) var customWeights: [String: Int] = [:]

  /// What is forbidden inside what.
  public internal(set) var nesting: [NestingRule] = []

  /// How complex operands may be.
  public internal(set) var operandLimits: [OperandLimit] = []

  /// The largest complexity of a formula.
  public internal(set) var maximumComplexity = 30

  /// The longest path from the root to a leaf, in nodes.
  public internal(set) var maximumDepth = 10

  /// The part of the search in which the largest complexity grows to ``maximumComplexity``; 0 for a
  /// search that allows it from the start.
  public internal(set) var warmup = 0.0

  /// How sub-functions make up the formula; nil if the formula is free.
  public internal(set) var template: Template?

  /// The constants that the template names.
  public internal(set) var parameters: [Parameter] = []

  /// The units of variables and of the target.
  public internal(set) var units: [Symbol: Unit] = [:]

  /// What happens to formulas whose units do not fit.
  public internal(set) var dimensionalRule = DimensionalRule.strict

  /// Whether constants are pure numbers; otherwise each may carry any unit.
  public internal(set) var hasDimensionlessConstants = false

  /// How far a prediction is from the target; nil for the search's own choice.
  public internal(set) var loss: Loss?

  /// An empty grammar, to be filled by the reader.
  init(name: String) {
    self.name = name
  }

  /// The defined functions that formulas are made of.
  public var customOperators: [CustomOperator] {
    definitions.filter { customOperatorNames.contains($0.name) }
  }

  /// The complexity of a formula: the sum of its nodes' weights.
  ///
  /// - Parameter expression: The formula.
  /// - Returns: At least 1.
  public func complexity(of expression: Expression) -> Int {
    expression.nodes.reduce(0) { sum, node in
      let own = node.symbol.flatMap { variableWeights[$0] }
      return sum + (own ?? weights[node.operation] ?? 1)
    }
  }
}
