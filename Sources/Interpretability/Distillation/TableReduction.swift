internal import Symbolic

/// A table of what is left for a search to find, and the way back to the whole.
protocol TableReduction: Sendable {
  /// The table to search.
  var table: SearchTable { get }

  /// Mean squared residuals of the whole table are this many times those of ``table``.
  var lossScale: Double { get }

  /// The whole formula in the original variables.
  ///
  /// - Parameters:
  ///   - formula: A formula over the variables of ``table``.
  ///   - candidates: The closed forms to write numbers as; nil for numbers.
  /// - Returns: The formula of the original target.
  func restoring(_ formula: Expression, forms candidates: SnapCandidates?) -> Expression

  /// The numbers that the way back holds.
  ///
  /// - Parameter candidates: The closed forms that they were given.
  /// - Returns: The numbers with their forms.
  func constants(forms candidates: SnapCandidates) -> [IdentifiedEquation.Constant]
}

extension VariableReduction: TableReduction {}

extension TemplateReduction: TableReduction {
  func restoring(_ formula: Expression, forms candidates: SnapCandidates?) -> Expression {
    readableFormula(of: formula, hasForms: candidates != nil)
  }

  func constants(forms candidates: SnapCandidates) -> [IdentifiedEquation.Constant] {
    parameters.flatMap { parameter in
      parameter.values.indices.map { index in
        IdentifiedEquation.Constant(
          value: parameter.values[index], standardError: parameter.standardErrors[index],
          form: parameter.forms[index])
      }
    }
  }

  /// What names such as `a[group]` in ``readableFormula(of:)`` stand for.
  var meanings: [Symbol: Expression] {
    var meanings: [Symbol: Expression] = [:]
    for parameter in parameters {
      if let symbol = parameter.symbol { meanings[symbol] = parameter.formula }
    }
    return meanings
  }
}
