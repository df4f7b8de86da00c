extension Scorer {
  // Steps of a fit during the search, and the gain that is worth another.
  private static let lossSteps = 8
  private static let lossTolerance = 0.01

  /// Fits a candidate by a loss that is none of squares: factors, offset and the constants inside
  /// together, in Double, from where least squares has brought them.
  ///
  /// - Parameters:
  ///   - genes: The candidate; its free constants are refined in place.
  ///   - terms: Its terms.
  ///   - start: The fit of least squares.
  ///   - refiner: Fits by the loss.
  /// - Returns: The loss over that of the best constant, and the factors.
  func fitLoss(
    _ genes: GenePointer, terms: Terms, from start: Fit, _ refiner: ConstantRefiner
  ) -> Fit {
    var formula: [Gene] = []
    var starts: [Int] = []
    for k in 0..<terms.count {
      var term = terms[k].map { genes[$0] }
      if form.hasScale { term = term.combined(.multiply, [Gene(constant: start.factors[k])]) }
      starts.append(formula.count)
      formula = k == 0 ? term : formula.combined(.add, term)
    }
    if form.hasOffset { formula = formula.combined(.add, [Gene(constant: 0)]) }
    guard
      let outcome = refiner(
        formula, steps: Self.lossSteps, tolerance: Self.lossTolerance, settles: false)
    else { return Fit() }
    var fit = Fit()
    for k in 0..<terms.count {
      let range = terms[k]
      for offset in 0..<range.count {
        genes[range.lowerBound + offset].value = outcome.genes[starts[k] + offset].value
      }
      if form.hasScale { fit.factors[k] = outcome.genes[starts[k] + range.count].value }
    }
    fit.loss = outcome.squares / max(refiner.rows.variation, .leastNormalMagnitude)
    return fit
  }
}
