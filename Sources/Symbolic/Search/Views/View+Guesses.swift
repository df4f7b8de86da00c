extension View {
  /// A formula of the target as a tree that islands of a view can take in.
  ///
  /// A view searches g(y/D), so that a formula F is g(F/D) there, and its own self beside a power law,
  /// whose logarithms are added up anyway.
  ///
  /// - Parameters:
  ///   - guess: The formula, over the columns of the table.
  ///   - shape: How the view looks at the table.
  ///   - vocabulary: What the trees of the view are made of.
  /// - Returns: nil where the view cannot state the formula.
  static func statement(
    of guess: [Gene], in shape: ViewShape, vocabulary: Vocabulary
  ) -> [Gene]? {
    var tree = guess
    if !shape.isPlain {
      var formula = Expression(guess, variables: vocabulary.variables)
      for (column, exponent) in shape.divisor.enumerated() where exponent != 0 {
        formula = formula * pow(Expression(vocabulary.variables[column]), Expression(-exponent))
      }
      if !shape.divisor.isEmpty { formula = formula.simplified() }
      if shape.transform != .identity { formula = shape.transform(formula).simplified() }
      guard let stated = vocabulary.genes(writing: formula) else { return nil }
      tree = stated
    }
    let isStated = tree.allSatisfy { gene in
      switch gene.arity {
      case 0: gene.operation != .symbol || shape.columns.contains(Int(gene.variable))
      default: vocabulary.contains(gene.operation)
      }
    }
    return isStated && tree.count <= vocabulary.maximumCount ? tree : nil
  }
}

extension TargetTransform {
  /// The transform of a formula; what it undoes goes.
  fileprivate func callAsFunction(_ formula: Expression) -> Expression {
    let operands = formula.operands
    switch (self, formula.root.operation) {
    case (.reciprocal, .divide): return operands[1] / operands[0]
    case (.reciprocal, .reciprocal), (.square, .sqrt), (.squareRoot, .square), (.logarithm, .exp),
      (.exponential, .log), (.sine, .asin), (.cosine, .acos), (.tangent, .atan),
      (.inverseHyperbolicTangent, .tanh):
      return operands[0]
    default: break
    }
    return switch self {
    case .identity: formula
    case .reciprocal: Expression(1.0) / formula
    case .square: Expression(.square, formula)
    case .squareRoot: Expression(.sqrt, formula)
    case .logarithm: Expression(.log, formula)
    case .exponential: Expression(.exp, formula)
    case .sine: Expression(.sin, formula)
    case .cosine: Expression(.cos, formula)
    case .tangent: Expression(.tan, formula)
    case .inverseHyperbolicTangent: Expression(.atanh, formula)
    }
  }
}
