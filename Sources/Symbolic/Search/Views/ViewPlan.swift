/// Which views of a table are searched at once, and by how many islands each.
struct ViewPlan {
  /// The views with the number of their islands, in the order in which they are settled.
  private(set) var shares: [(shape: ViewShape, islands: Int)] = []

  private let vocabulary: Vocabulary
  private let options: SearchOptions

  private init(_ vocabulary: Vocabulary, _ options: SearchOptions) {
    self.vocabulary = vocabulary
    self.options = options
  }

  /// Plans the views of a table as it is.
  ///
  /// Most islands look at the target as it is or at factors of a product; of the rest each looks at
  /// another transform. Views that the grammar cannot write, or that are undefined on the table, leave
  /// their islands to the others.
  ///
  /// - Parameters:
  ///   - columns: The columns that formulas may contain.
  ///   - vocabulary: What formulas are made of.
  ///   - options: Which ideas to use.
  ///   - isDefined: Whether a view can be searched.
  /// - Returns: The views.
  static func initial(
    columns: [Int], vocabulary: Vocabulary, options: SearchOptions, isDefined: (ViewShape) -> Bool
  ) -> ViewPlan {
    var plan = ViewPlan(vocabulary, options)
    let plain = ViewShape(columns: columns)
    guard vocabulary.template == nil else {
      plan.shares = [(plain, options.islands)]
      return plan
    }
    let monomial = ViewShape(isMonomial: true, columns: columns)
    let hasMonomials = plan.canWrite(monomial) && isDefined(monomial)
    let transforms = order.map { ViewShape(transform: $0, columns: columns) }
      .filter { plan.canWrite($0) && isDefined($0) }
    var rest = options.islands
    func add(_ shape: ViewShape, _ count: Int) {
      let count = min(count, rest)
      guard count > 0 else { return }
      rest -= count
      if let index = plan.shares.firstIndex(where: { $0.shape == shape }) {
        plan.shares[index].islands += count
      } else {
        plan.shares.append((shape, count))
      }
    }
    add(plain, 2)
    if hasMonomials { add(monomial, 2) }
    for shape in transforms { add(shape, 1) }
    add(plain, 2)
    add(hasMonomials ? monomial : plain, rest)
    // On top of the others, one for each form: they see what the others see, and more.
    for shape in [plain, monomial].map(\.withQuadratics)
    where plan.canWrite(shape) && isDefined(shape) { plan.shares.append((shape, 1)) }
    return plan
  }

  /// The views in which a quadratic form may be all there is.
  ///
  /// - Parameters:
  ///   - columns: The columns that formulas may contain.
  ///   - divisor: The exponents of what was divided out before; empty for nothing.
  ///   - vocabulary: What formulas are made of.
  ///   - options: Which ideas to use.
  /// - Returns: The shapes.
  static func closedForms(
    of columns: [Int], divisor: [Double], vocabulary: Vocabulary, options: SearchOptions
  ) -> [ViewShape] {
    let plan = ViewPlan(vocabulary, options)
    let transforms: [TargetTransform] = [.identity, .reciprocal, .square, .squareRoot]
    let sums = transforms.map { ViewShape(transform: $0, divisor: divisor, columns: columns) }
    let product = ViewShape(isMonomial: true, divisor: divisor, columns: columns)
    return ([product] + (sums + [product]).map(\.withQuadratics)).filter(plan.canWrite)
  }

  /// The views of a target whose variables form a dimensionless group.
  ///
  /// - Parameters:
  ///   - group: The index of the group's derived variable.
  ///   - columns: The columns of the table.
  ///   - vocabulary: What formulas are made of.
  ///   - options: Which ideas to use.
  /// - Returns: The views.
  static func group(
    _ group: Int, columns: [Int], vocabulary: Vocabulary, options: SearchOptions
  ) -> ViewPlan {
    var plan = ViewPlan(vocabulary, options)
    plan.add(ViewShape(isMonomial: true, columns: [group]), 2)
    plan.add(ViewShape(isMonomial: true, columns: columns + [group]), 1)
    plan.add(ViewShape(columns: columns + [group]), 1)
    plan.add(ViewShape(transform: .logarithm, columns: columns + [group]), 1)
    return plan
  }

  /// The views of a target that powers were divided out of.
  ///
  /// - Parameters:
  ///   - divisor: The exponents of the powers, one for each column of the table.
  ///   - vocabulary: What formulas are made of.
  ///   - options: Which ideas to use.
  /// - Returns: The views.
  static func peeled(
    _ divisor: [Double], vocabulary: Vocabulary, options: SearchOptions
  ) -> ViewPlan {
    var plan = ViewPlan(vocabulary, options)
    let columns = divisor.indices.filter { divisor[$0] == 0 }
    plan.add(ViewShape(divisor: divisor, columns: columns), 2)
    plan.add(ViewShape(transform: .reciprocal, divisor: divisor, columns: columns), 2)
    plan.add(ViewShape(transform: .square, divisor: divisor, columns: columns), 1)
    plan.add(ViewShape(isMonomial: true, divisor: divisor, columns: columns), 1)
    return plan
  }

  /// The views of a target in fewer variables.
  ///
  /// - Parameters:
  ///   - columns: The indices of the variables that are left, derived ones among them.
  ///   - divisor: The exponents of what was divided out before; empty for nothing.
  ///   - vocabulary: What formulas are made of.
  ///   - options: Which ideas to use.
  /// - Returns: The views.
  static func reduced(
    to columns: [Int], divisor: [Double], vocabulary: Vocabulary, options: SearchOptions
  ) -> ViewPlan {
    var plan = ViewPlan(vocabulary, options)
    plan.add(ViewShape(divisor: divisor, columns: columns), 3)
    plan.add(ViewShape(isMonomial: true, divisor: divisor, columns: columns), 2)
    for (index, transform) in order.enumerated() {
      plan.add(
        ViewShape(transform: transform, divisor: divisor, columns: columns), index < 4 ? 2 : 1)
    }
    return plan
  }

  private mutating func add(_ shape: ViewShape, _ islands: Int) {
    if canWrite(shape) { shares.append((shape, islands)) }
  }

  /// Whether the grammar can write the formulas of a view, and the options allow it.
  private func canWrite(_ shape: ViewShape) -> Bool {
    let operators = vocabulary.writable
    if shape.isQuadratic {
      guard options.usesQuadratics, vocabulary.template == nil, operators.contains(.add),
        operators.contains(.multiply), operators.contains(.exp) || !shape.isMonomial
      else { return false }
    }
    if shape.isMonomial {
      return options.usesMonomials && operators.contains(.multiply) && operators.contains(.divide)
    }
    guard shape.transform == .identity || options.usesTransforms else { return false }
    return shape.transform.neededOperators.allSatisfy { $0.contains(where: operators.contains) }
  }

  /// Transforms in the order of how often formulas of physics need them.
  private static let order: [TargetTransform] = [
    .logarithm, .reciprocal, .square, .squareRoot, .exponential, .sine, .cosine,
    .inverseHyperbolicTangent, .tangent,
  ]
}
