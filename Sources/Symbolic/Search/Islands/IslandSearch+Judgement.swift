extension IslandSearch {
  /// Judges formulas by more than the data, such as by the equations that the target should solve.
  ///
  /// The judge is asked when constants have been fitted in Double, and its penalty takes part in the
  /// contest for a place among the best formulas. Where errors of the data are larger than what tells
  /// formulas apart, it decides. Populations evolve by the data alone, so that a penalty costs little and
  /// hides no step on the way to a formula.
  ///
  /// - Parameter judge: Judges a formula in the columns of the table; a pure function, called from any
  ///   thread. A formula without a judgement (nil) counts as one that explains no more than a constant
  ///   does.
  public func judge(by judge: @escaping @Sendable (Expression) -> FormulaJudgement?) {
    self.judge = judge
    let judged = judged(revises: false)
    for complexity in confirmed.keys {
      confirmed[complexity] = confirmed[complexity].map(judged)
    }
  }

  /// Gives a confirmed formula its penalty.
  ///
  /// - Parameter revises: Whether to take the judge's constants where they lower the cost.
  /// - Returns: A function that may be called from any thread.
  func judged(revises: Bool = true) -> @Sendable (ConfirmedFormula) -> ConfirmedFormula {
    guard let judge else { return { $0 } }
    let (variables, functions, rows) = (table.variables, vocabulary.functions, allRows)
    let scale = Double(allRows.count) / lossScale
    return { formula in
      var result = formula
      let expression = Expression(formula.genes.inlining(functions), variables: variables)
      guard let judgement = judge(expression), judgement.penalty.isFinite else {
        result.penalty = rows.variation
        return result
      }
      result.penalty = scale * judgement.penalty
      guard revises, let revision = judgement.revision,
        let genes = formula.genes.replacingConstants(revision.constants),
        let fit = ConstantRefiner(rows)(genes, steps: 0, settles: false)
      else { return result }
      let revised = ConfirmedFormula(
        genes: genes, squares: fit.squares, penalty: scale * revision.penalty)
      return revised.cost < result.cost ? revised : result
    }
  }
}

extension [Gene] {
  /// The tree with other constants; nil if it has another number of them.
  fileprivate func replacingConstants(_ values: [Double]) -> [Gene]? {
    guard count(where: \.isConstant) == values.count else { return nil }
    var remaining = values[...]
    return map { gene in
      guard gene.isConstant, let value = remaining.popFirst() else { return gene }
      return Gene(constant: value, isFixed: gene.isFixed)
    }
  }
}
