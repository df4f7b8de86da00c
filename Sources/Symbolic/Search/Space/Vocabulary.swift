/// A grammar made ready for one table: operators by number, variables by column.
package struct Vocabulary: Sendable {
  /// The most sub-functions that a template may have.
  static let maximumParts = 8

  /// The most genes of a formula, whatever the grammar weighs them.
  static let maximumGenes = 200

  /// One unknown function: the whole formula, or a sub-function of a template.
  package struct Part: Sendable {
    /// The name of the sub-function; empty for the whole formula.
    package var name: String

    /// The columns that it may use.
    package var columns: [Int]

    /// Describes a function of some columns.
    package init(name: String, columns: [Int]) {
      self.name = name
      self.columns = columns
    }
  }

  /// How often an operator may occur on a path inside an operand of another.
  package struct NestingLimit: Sendable {
    var outer: Kind
    var inner: Kind
    var count: Int

    /// Allows `inner` at most `count` times on a path inside an operand of `outer`.
    package init(outer: Operator, inner: Operator, count: Int) {
      self.init(outer: Kind(outer), inner: Kind(inner), count: count)
    }

    /// Allows `inner` at most `count` times on a path inside an operand of `outer`.
    init(outer: Kind, inner: Kind, count: Int) {
      self.outer = outer
      self.inner = inner
      self.count = count
    }
  }

  /// The names of the columns.
  let variables: [Symbol]

  /// The operators of one operand, in the order of ``Operator``.
  let unary: [Operator]

  /// The operators of two operands, in the order of ``Operator``.
  let binary: [Operator]

  /// The functions that the grammar defines and formulas may call.
  let functions: [DefinedFunction]

  /// What each kind of node adds to the complexity, by index; columns may have weights of their own.
  let weights: [Int]

  /// What the grammar asks for beyond weights, sizes and nesting; nil for nothing.
  private(set) var rules: CandidateRules?

  /// How far a prediction is from the target.
  let loss: Loss

  /// The part of the epochs between two restarts in which the largest complexity grows to
  /// ``maximumComplexity``.
  let warmup: Double

  /// What is forbidden inside what.
  let nesting: [NestingLimit]

  /// The largest complexity of a formula.
  let maximumComplexity: Int

  /// The longest path from the root to a leaf, in nodes.
  let maximumDepth: Int

  /// The most genes of a formula.
  let maximumCount: Int

  /// The unknown functions.
  private(set) var parts: [Part]

  /// How the parts make up the formula; nil if the only part is the formula.
  let template: [Gene]?

  /// The sizes of columns for which numbers near one are too large or too small.
  private(set) var scales: [Double] = []

  /// Sizes of columns that go well with numbers near one.
  private static let ordinary = 0.05...20

  /// What the fit may add around a candidate.
  package private(set) var form: ModelForm

  /// Operators that only the fit and the inverse of a target transform may write, outside the tree.
  let outer: [Operator]

  /// All operators that a finished formula may contain.
  var writable: [Operator] { unary + binary + outer }

  /// Whether a formula may contain an operator.
  func contains(_ operation: Operator) -> Bool {
    operation.arity == 1 ? unary.contains(operation) : binary.contains(operation)
  }

  /// Calls of the functions with so many operands, their subtrees still to come.
  func calls(arity: Int) -> [Gene] {
    functions.indices.filter { functions[$0].arity == arity }
      .map { Gene(callOf: $0, arity: arity, length: 0) }
  }

  /// Puts a vocabulary together.
  ///
  /// - Parameters:
  ///   - variables: The names of the columns.
  ///   - operators: The operators of one and two operands that may be used.
  ///   - weights: What each operator, constant and symbol adds to the complexity; 1 if not listed.
  ///   - nesting: What is forbidden inside what.
  ///   - maximumComplexity: The largest complexity of a formula.
  ///   - maximumDepth: The longest path from the root to a leaf, in nodes.
  ///   - parts: The sub-functions of the template.
  ///   - template: The template, with `-1 - k` as the variable of part `k`.
  ///   - outer: Operators that may stand outside the trees only.
  ///   - functions: Functions that formulas may call, with what a call adds to the complexity.
  ///   - rules: What else is asked of formulas.
  ///   - loss: How far a prediction is from the target.
  ///   - warmup: The part of the epochs in which the largest complexity grows.
  /// - Throws: ``SearchError/emptyGrammar`` or ``SearchError/tooManyFunctions(count:limit:)``.
  package init(
    variables: [Symbol], operators: [Operator], weights: [Operator: Int] = [:],
    nesting: [NestingLimit] = [], maximumComplexity: Int, maximumDepth: Int,
    parts: [Part] = [], template: [Gene]? = nil, outer: [Operator] = [],
    functions: [(function: DefinedFunction, weight: Int)] = [], rules: CandidateRules? = nil,
    loss: Loss = .l2, warmup: Double = 0
  ) throws(SearchError) {
    let ordered = Operator.allCases.filter(operators.contains)
    unary = ordered.filter { $0.arity == 1 }
    binary = ordered.filter { $0.arity == 2 }
    guard !(unary.isEmpty && binary.isEmpty && functions.isEmpty), maximumComplexity >= 2,
      maximumDepth >= 2
    else {
      throw .emptyGrammar
    }
    guard parts.count <= Self.maximumParts else {
      throw .tooManyFunctions(count: parts.count, limit: Self.maximumParts)
    }
    self.variables = variables
    self.weights = Operator.allCases.map { weights[$0] ?? 1 } + functions.map(\.weight)
    self.functions = functions.map(\.function)
    self.rules = rules
    self.loss = loss
    self.warmup = warmup
    self.nesting = nesting
    self.maximumComplexity = maximumComplexity
    self.maximumDepth = maximumDepth
    let lightest = max(1, self.weights.min() ?? 1)
    maximumCount = min(Self.maximumGenes, maximumComplexity / lightest)
    self.parts = template == nil ? [Part(name: "", columns: Array(variables.indices))] : parts
    self.template = template
    self.outer = outer
    let canAdd = binary.contains(.add)
    let canMultiply = binary.contains(.multiply)
    if let template {
      form = ModelForm(
        hasScale: canMultiply && Self.isHomogeneous(template), hasOffset: false,
        splits: false)
    } else {
      form = ModelForm(
        hasScale: canMultiply, hasOffset: canAdd && canMultiply,
        splits: canAdd && canMultiply)
    }
  }

  /// The vocabulary for the trees of a view.
  ///
  /// - Parameters:
  ///   - shape: The view.
  ///   - sizes: The largest magnitude in each column.
  /// - Returns: The vocabulary; a template's as it is but for ``scales``.
  func restricted(to shape: ViewShape, sizes: [Double]) -> Vocabulary {
    var result = self
    result.scales = shape.columns.map { sizes[$0] }
      .filter { $0 > 0 && !Self.ordinary.contains($0) }
    guard template == nil else { return result }
    // What the trees of other views measure is not what the target does.
    if !shape.isPlain { result.rules = rules?.withoutUnits }
    result.parts = [Part(name: "", columns: shape.columns)]
    if shape.isMonomial {
      result.form = ModelForm(hasScale: true, hasOffset: true, splits: true, isMonomial: true)
    }
    return result
  }

  /// Which parts may be multiplied by a number without leaving the multiples of the formula.
  var homogeneousParts: [Bool] {
    var result = Array(repeating: false, count: parts.count)
    guard let template else { return result }
    var pending = [template.count - 1]
    while let index = pending.popLast() {
      let gene = template[index]
      switch gene.operation {
      case .symbol where gene.variable < 0: result[Int(-1 - gene.variable)] = true
      case .negate: pending.append(index - 1)
      case .multiply, .divide:
        pending.append(index - 1)
        pending.append(index - 1 - Int(template[index - 1].length))
      default: break
      }
    }
    return result
  }

  /// Whether multiplying one sub-function by a number multiplies the whole formula by it.
  private static func isHomogeneous(_ template: [Gene]) -> Bool {
    var index = template.count - 1
    while true {
      let gene = template[index]
      switch gene.operation {
      case .symbol: return gene.variable < 0
      case .negate: index -= 1
      case .multiply:
        let left = index - 1 - Int(template[index - 1].length)
        let right = Array(template[(left + 1)..<index])
        if isHomogeneous(right) { return true }
        index = left
      case .divide: index -= 1 + Int(template[index - 1].length)
      default: return false
      }
    }
  }
}

/// What a fit adds around the terms `T_k` of a candidate: `b + Σ c_k T_k`, or in the logarithmic form
/// `b + Σ p_i log|x_i| + Σ c_k log|T_k|`.
package struct ModelForm: Sendable, Equatable {
  /// Whether terms get a factor.
  var hasScale: Bool

  /// Whether a constant is added.
  var hasOffset: Bool

  /// Whether each term of the sum, or factor of the product, at the root counts for itself.
  var splits: Bool

  /// Whether the form is the logarithmic one.
  var isMonomial = false
}
