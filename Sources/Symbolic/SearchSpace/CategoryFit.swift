internal import Tensors

/// The parameters of a template that have a value for each category.
///
/// The unknown function is a polynomial, found in steps: of the parameters inside its arguments one value
/// for all categories comes first, by variable projection (``ParameterFit``); then the polynomial, on the
/// category whose target varies most; then the parameters of each other category with that polynomial;
/// then all of them together, by Levenberg and Marquardt's method.
struct CategoryFit {
  private let shape: TemplateShape
  private let table: SearchTable
  private var parameters: [TemplateParameter]

  /// The columns of categories, and the rows of each category of the first.
  private let groups: [[Int]]

  /// The most values of a column of categories: more are measurements, and constants of their own for
  /// each would explain anything.
  private static let categoryLimit = 40

  /// The degree of the polynomial, in one argument and in several.
  private static let degrees = (one: 8, several: 3)

  /// Prepares for the parameters of a template.
  ///
  /// - Parameters:
  ///   - shape: The template.
  ///   - declared: Its parameters.
  ///   - table: What it should compute.
  /// - Throws: ``SearchError`` if a column of categories is missing, or has too many values.
  init(
    _ shape: TemplateShape, _ declared: [Grammar.Parameter], _ table: SearchTable
  ) throws(SearchError) {
    self.shape = shape
    self.table = table
    parameters = []
    var groups: [[Int]] = []
    for parameter in declared {
      var categories: [Double] = []
      if let name = parameter.category {
        guard let column = table.variables.firstIndex(where: { $0.name == name }) else {
          throw .unknownVariable(name: name, columns: table.variables.map(\.name))
        }
        categories = Set(table.columns[column]).sorted()
        guard categories.count <= Self.categoryLimit else {
          throw .tooManyCategories(
            column: name, count: categories.count, limit: Self.categoryLimit)
        }
        if groups.isEmpty {
          groups = categories.map { value in
            table.columns[column].indices.filter { table.columns[column][$0] == value }
          }
        }
      }
      for symbol in parameter.symbols {
        // A factor starts at one, anything else at nothing.
        let start = shape.scale.symbols.contains(symbol) ? 1.0 : 0
        parameters.append(
          TemplateParameter(
            name: symbol, category: parameter.category.map { Symbol($0) }, categories: categories,
            start: start))
      }
    }
    self.groups = groups
  }

  /// The parameters; nil if the template has no finite value for any that were tried.
  func solve() throws(SearchError) -> [TemplateParameter]? {
    var parameters = parameters
    let inner = parameters.indices.filter { index in
      shape.arguments.contains { $0.symbols.contains(parameters[index].name) }
    }
    // A polynomial says nothing beyond the range of its arguments, where shifts of categories lead.
    if let moving = inner.first(where: { parameters[$0].category != nil }) {
      throw .notSearched(
        "the parameter '\(parameters[moving].name)' by category inside an argument")
    }
    if !inner.isEmpty {
      let outer = parameters.indices.filter { !inner.contains($0) }
      let starts = outer.map { (parameters[$0].name, Expression(parameters[$0].values[0])) }
      let plain = shape.substituting(Dictionary(uniqueKeysWithValues: starts))
      guard
        let values = try ParameterFit(plain, inner.map { parameters[$0].name }, table).solve()
      else { return nil }
      for (index, value) in zip(inner, values) {
        parameters[index].values = parameters[index].values.map { _ in value }
      }
    }
    let count = parameters.reduce(0) { $0 + $1.values.count }
    var polynomial = polynomial(parameters)
    func fit(_ rows: [Int]?, where isFree: (Int) -> Bool) -> Bool {
      guard
        let fit = TiedFit(
          shape.tied(polynomial, parameters), to: table, rows: rows, where: isFree)
      else { return false }
      var rest = fit.values[...]
      for index in parameters.indices {
        let size = parameters[index].values.count
        parameters[index].values = Array(rest.prefix(size))
        rest = rest.dropFirst(size)
      }
      polynomial = polynomial.replacingConstants(Array(rest))
      return true
    }
    let variances = groups.map { rows in Statistics.variance(rows.map { table.target[$0] }) ?? 0 }
    guard let widest = groups.indices.max(by: { variances[$0] < variances[$1] }) else { return nil }
    guard fit(groups[widest], where: { $0 >= count }) else { return nil }
    let shared = sharedTies(parameters)
    for group in groups.indices where group != widest {
      _ = fit(groups[group]) { $0 < count && !shared.contains($0) }
    }
    return fit(nil, where: { _ in true }) ? parameters : nil
  }

  /// The constants that are one for all categories.
  private func sharedTies(_ parameters: [TemplateParameter]) -> Set<Int> {
    var tie = 0
    var shared: Set<Int> = []
    for parameter in parameters {
      if parameter.category == nil { shared.insert(tie) }
      tie += parameter.values.count
    }
    return shared
  }

  /// A polynomial in the function's arguments, scaled to the range that they have at the start.
  private func polynomial(_ parameters: [TemplateParameter]) -> Expression {
    let values = Dictionary(uniqueKeysWithValues: parameters.map { ($0.name, $0.formula) })
    let scaled = zip(shape.argumentNames, shape.arguments).map { name, argument -> Expression in
      let column =
        (try? Program(argument.substituting(values), inputs: table.variables))?
        .evaluate(table.columns) ?? []
      let (lower, upper) = (column.min() ?? -1, column.max() ?? 1)
      let half = upper > lower && (upper - lower).isFinite ? (upper - lower) / 2 : 1
      let number = { (value: Double) in
        Expression(postfix: [Expression.Node(constant: value, isFixed: true)])
      }
      return (Expression(name) - number(upper - half)) / number(half)
    }
    let degree = scaled.count == 1 ? Self.degrees.one : Self.degrees.several
    return Self.polynomial(scaled[...], degree: degree)
  }

  /// Horner's scheme in the first argument, whose coefficients are polynomials in the others.
  private static func polynomial(_ arguments: ArraySlice<Expression>, degree: Int) -> Expression {
    guard let first = arguments.first else { return Expression(0.1) }
    return (0...degree).reversed().reduce(nil as Expression?) { sum, power in
      let coefficient = polynomial(arguments.dropFirst(), degree: degree - power)
      return sum.map { coefficient + first * $0 } ?? coefficient
    } ?? .zero
  }
}
