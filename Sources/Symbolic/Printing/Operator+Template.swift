extension Operator {
  /// How a function is called in a language; `#1` and `#2` stand for the operands.
  func template(in style: ExpressionStyle) -> String {
    switch style {
    case .text: notation.spelling + (arity == 2 ? "(#1, #2)" : "(#1)")
    case .latex: notation.latex
    case .sympy: notation.sympy
    case .numpy: numpyTemplate
    case .torch: torchTemplate
    case .jax: jaxTemplate
    case .swift: swiftTemplate
    case .c: cTemplate
    }
  }

  /// A call of the function under our own name.
  var ownCall: String { template(in: .text) }
}

extension Expression {
  /// The functions of the formula that a language's library lacks, each once, in the order of
  /// ``Operator``.
  ///
  /// The printed text calls them by our names, such as `digamma(x)` in C; who compiles the text has
  /// to supply them.
  ///
  /// - Parameter style: The language.
  /// - Returns: The functions; none for text, LaTeX, SymPy and NumPy.
  public func functionsToSupply(in style: ExpressionStyle) -> [Operator] {
    let used = Set(nodes.map(\.operation))
    let missing: [Operator] =
      switch style {
      case .text, .latex, .sympy, .numpy, .torch: []
      case .jax: [.besselJ0, .besselJ1, .besselY0, .besselY1]
      case .swift, .c: [.polygamma, .digamma]
      }
    return missing.filter(used.contains)
  }
}
