extension View {
  /// The formulas of the table that a tree of the view stands for, with constants fitted in the view.
  ///
  /// - Parameters:
  ///   - terms: The terms of the tree, free of factors; empty for the power law alone.
  ///   - factors: The factor of each term.
  ///   - derived: The derived variables.
  ///   - tableColumns: The number of columns of the table.
  /// - Returns: Trees over the columns of the table, and the normalised loss in the view; no trees if
  ///   the grammar cannot write them.
  func formulas(
    terms: [[Gene]], factors: [Double], derived: [DerivedVariable], tableColumns: Int
  ) -> (trees: [[Gene]], loss: Double) {
    let result =
      isLogarithmic
      ? products(terms: terms, factors: factors) : sums(terms: terms, factors: factors)
    let trees = result.trees.compactMap { divided($0) }.map { tree in
      tree.substituting { $0 >= tableColumns ? derived[$0 - tableColumns].genes : nil }
    }
    return (trees, result.loss)
  }

  // MARK: Sums

  private func sums(terms: [[Gene]], factors: [Double]) -> (trees: [[Gene]], loss: Double) {
    let powers = PowerWriter(operators: vocabulary.writable)
    var trees: [[Gene]] = []
    var loss = Double.infinity
    for hasOffset in form.hasOffset ? [false, true] : [false] {
      var genes = sum(terms: terms, factors: factors, hasOffset: hasOffset)
      if !shape.isPlain {
        guard
          let outcome = ConstantRefiner(fitRows)(
            genes, steps: 40, tolerance: 0.01, settles: false)
        else {
          continue
        }
        genes = outcome.genes
        loss = min(loss, outcome.squares / fitRows.variation)
      }
      if let tree = shape.transform.inverse(of: genes, powers: powers) { trees.append(tree) }
    }
    return (trees, loss)
  }

  private func sum(terms: [[Gene]], factors: [Double], hasOffset: Bool) -> [Gene] {
    var genes: [Gene] = []
    for (index, term) in terms.enumerated() {
      let scaled =
        form.hasScale ? term.combined(.multiply, [Gene(constant: factors[index])]) : term
      genes = index == 0 ? scaled : genes.combined(.add, scaled)
    }
    return hasOffset ? genes.combined(.add, [Gene(constant: 0)]) : genes
  }

  // MARK: Products

  /// The normalised loss in logarithms below which fractions near by are tried too.
  private static let promising = 1e-6

  private func products(
    terms: [[Gene]], factors: [Double]
  ) -> (trees: [[Gene]], loss: Double) {
    // b + Σ c_k t_k + Σ p_i log|x_i|, where t_k is T_k or log|T_k|: linear but for the constants inside
    // the terms.
    var genes: [Gene] = [Gene(constant: 0)]
    for (term, factor) in zip(terms, factors) {
      let operand = shape.isMonomial ? term.applying(.abs).applying(.log) : term
      genes = genes.combined(.add, operand.combined(.multiply, [Gene(constant: factor)]))
    }
    for position in freeColumns.indices {
      let logarithm = [Gene(variable: firstLogarithm + position)]
      genes = genes.combined(.add, logarithm.combined(.multiply, [Gene(constant: 0.1)]))
    }
    guard
      let outcome = ConstantRefiner(fitRows)(genes, steps: 40, tolerance: 0.01, settles: false)
    else {
      return ([], .infinity)
    }
    let loss = outcome.squares / fitRows.variation
    let fit = LogarithmicFit(
      outcome, terms: terms, areLogarithms: shape.isMonomial, freeColumns: freeColumns)
    // Where constants nearly make up for exponents a fit ends short of the fractions that are meant;
    // where there is noise, the nearest fraction need not be meant.
    let roundings: [LogarithmicFit.Rounding] =
      loss < Self.promising
      ? [.withinError, .within(0.03)]
      : [
        .withinError, .within(LogarithmicFit.numericalError), .exponentsWithinError,
        .factorsWithinError,
      ]
    var trees: [[Gene]] = []
    for rounding in roundings {
      if let tree = product(fit, rounding), !trees.contains(tree) { trees.append(tree) }
    }
    return (trees, loss)
  }

  // C Π x_i^p_i, times Π T_k^c_k or exp(Σ c_k T_k).
  private func product(_ fit: LogarithmicFit, _ rounding: LogarithmicFit.Rounding) -> [Gene]? {
    let powers = PowerWriter(operators: vocabulary.writable)
    var bases: [(base: [Gene], exponent: Double)] = []
    for (column, exponent) in zip(
      freeColumns, fit.roundedExponents(rows: fitRows.count, rounding))
    where exponent != 0 {
      guard let base = oriented([Gene(variable: column)], exponent: exponent) else { return nil }
      bases.append((base, exponent))
    }
    if shape.isMonomial {
      for (term, exponent) in zip(
        fit.terms, fit.roundedFactors(rows: fitRows.count, rounding))
      where exponent != 0 {
        guard let base = oriented(term, exponent: exponent) else { return nil }
        bases.append((base, exponent))
      }
    } else {
      var sum: [Gene] = []
      for (term, factor) in zip(fit.terms, fit.roundedFactors(rows: fitRows.count, rounding))
      where factor != 0 {
        if let power = power(of: term, factor) {
          bases.append((power, 1))
        } else if fit.terms.count == 1, factor.magnitude == 1 {
          bases.append((term.applying(.exp), factor))
        } else {
          let scaled = term.combined(.multiply, [Gene(constant: factor)])
          sum = sum.isEmpty ? scaled : sum.combined(.add, scaled)
        }
      }
      if !sum.isEmpty { bases.append((sum.applying(.exp), 1)) }
    }
    return powers.product(factor: fit.scale, powers: bases)
  }

  /// `exp(c u log v)` as `v^(c u)`; nil for other terms, or if the grammar has no powers.
  private func power(of term: [Gene], _ factor: Double) -> [Gene]? {
    guard let root = term.last, root.operation == .multiply,
      vocabulary.writable.contains(.power)
    else { return nil }
    let body = Array(term.dropLast())
    guard let last = body.last else { return nil }
    let right = Array(body.suffix(Int(last.length)))
    let left = Array(body.dropLast(right.count))
    for (exponent, logarithm) in [(left, right), (right, left)]
    where logarithm.last?.operation == .log {
      let base = Array(logarithm.dropLast())
      return base.combined(
        .power,
        factor == 1 ? exponent : exponent.combined(.multiply, [Gene(constant: factor)]))
    }
    return nil
  }

  /// A base that is positive on the rows of the fit wherever its exponent needs it.
  private func oriented(_ base: [Gene], exponent: Double) -> [Gene]? {
    guard exponent != exponent.rounded() else { return base }
    let values = ConstantRefiner(fitRows).values(of: base)
    if values.allSatisfy({ $0 >= 0 }) { return base }
    if values.allSatisfy({ $0 <= 0 }) {
      if base.last?.operation == .subtract, let root = base.last, base.count == Int(root.length) {
        let right = base[(base.count - 1 - Int(base[base.count - 2].length))..<(base.count - 1)]
        let left = base[..<(base.count - 1 - right.count)]
        return Array(right).combined(.subtract, Array(left))
      }
      return base.combined(.multiply, [Gene(constant: -1, isFixed: true)])
    }
    return nil
  }

  // MARK: The divisor

  private func divided(_ tree: [Gene]) -> [Gene]? {
    let factors = shape.divisor.enumerated().filter { $0.element != 0 }
    guard !factors.isEmpty else { return tree }
    let powers = PowerWriter(operators: vocabulary.writable)
    return powers.product(
      factor: nil,
      powers: factors.filter { $0.element > 0 }.map { ([Gene(variable: $0.offset)], $0.element) }
        + [(tree, 1)]
        + factors.filter { $0.element < 0 }.map { ([Gene(variable: $0.offset)], $0.element) })
  }
}
