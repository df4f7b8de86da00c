#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

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
    var trees: [[Gene]] = []
    var loss = Double.infinity
    for supply in supplies(beside: terms) {
      let result =
        isLogarithmic
        ? products(terms: terms, supply)
        : sums(terms: terms, factors: factors, supply)
      loss = min(loss, result.loss)
      for tree in result.trees where !trees.contains(tree) { trees.append(tree) }
    }
    let formulas = trees.compactMap { divided($0) }.map { tree in
      tree.substituting { $0 >= tableColumns ? derived[$0 - tableColumns].genes : nil }
    }
    return (formulas, loss)
  }

  /// The index of the first column of ``freeTerms``.
  private var firstTerm: Int { firstLogarithm + freeColumns.count }

  // MARK: Sums

  private func sums(
    terms: [[Gene]], factors: [Double], _ supply: Supply
  ) -> (trees: [[Gene]], loss: Double) {
    let powers = PowerWriter(operators: vocabulary.writable)
    var searched: [Gene] = []
    for (term, factor) in zip(terms, factors) {
      let scaled = form.hasScale ? term.combined(.multiply, [Gene(constant: factor)]) : term
      searched = searched.isEmpty ? scaled : searched.combined(.add, scaled)
    }
    var genes = searched
    for position in supply.terms {
      let term = [Gene(variable: firstTerm + position)].combined(.multiply, [Gene(constant: 0)])
      genes = genes.isEmpty ? term : genes.combined(.add, term)
    }
    guard !genes.isEmpty else { return ([], .infinity) }
    if supply.hasOffset { genes = genes.combined(.add, [Gene(constant: 0)]) }
    var loss = Double.infinity
    if !shape.isPlain {
      guard
        let outcome = ConstantRefiner(fitRows)(genes, steps: 40, tolerance: 0.01, settles: false)
      else { return ([], .infinity) }
      genes = outcome.genes
      loss = outcome.squares / fitRows.variation
    }
    let coefficients = genes.indices.filter {
      genes[$0].operation == .symbol && Int(genes[$0].variable) >= firstTerm
    }.map { genes[$0 + 1].value }
    let offset = supply.hasOffset ? genes[genes.count - 2].value : 0
    var trees: [[Gene]] = []
    for completesSquares in supply.terms.isEmpty ? [false] : [false, true] {
      var tree = Array(genes.prefix(searched.count))
      let (free, rest) = sum(of: supply, coefficients, completesSquares: completesSquares)
      if !free.isEmpty { tree = tree.isEmpty ? free : tree.combined(.add, free) }
      guard !tree.isEmpty else { continue }
      if supply.hasOffset || rest != 0 {
        tree = tree.combined(.add, [Gene(constant: offset + rest)])
      }
      if let whole = shape.transform.inverse(of: tree, powers: powers) { trees.append(whole) }
    }
    return (trees, loss)
  }

  // MARK: Products

  /// The normalised loss in logarithms below which fractions near by are tried too.
  private static let promising = 1e-6

  private func products(
    terms: [[Gene]], _ supply: Supply
  ) -> (trees: [[Gene]], loss: Double) {
    // b + Σ c_k t_k + Σ p_i log|x_i| + Σ a_j u_j, where t_k is T_k or log|T_k|: linear but for the constants
    // inside the terms. Begun at the linear solution: where exponents nearly make up for those constants,
    // a fit from elsewhere would stop on its way.
    guard let start = linearFit(beside: terms, supply) else { return ([], .infinity) }
    let operands =
      terms.map { shape.isMonomial ? $0.applying(.abs).applying(.log) : $0 }
      + supply.powers.map { [Gene(variable: firstLogarithm + $0)] }
      + supply.terms.map { [Gene(variable: firstTerm + $0)] }
    var genes = [Gene(constant: start[0])]
    for (operand, factor) in zip(operands, start.dropFirst()) {
      genes = genes.combined(.add, operand.combined(.multiply, [Gene(constant: factor)]))
    }
    guard
      let outcome = ConstantRefiner(fitRows)(genes, steps: 40, tolerance: 0.001, settles: false)
    else {
      return ([], .infinity)
    }
    let loss = outcome.squares / fitRows.variation
    let fit = LogarithmicFit(
      outcome, terms: terms, areLogarithms: shape.isMonomial, supply: supply)
    // Where constants nearly make up for exponents a fit ends short of the fractions that are meant;
    // where there is noise, the nearest fraction need not be meant.
    let roundings: [LogarithmicFit.Rounding] =
      loss < Self.promising
      ? [.withinError, .within(0.03)]
      : [
        .withinError, .within(LogarithmicFit.numericalError), .exponentsWithinError,
        .factorsWithinError, .inTurn,
      ]
    var trees: [[Gene]] = []
    for rounding in roundings {
      for completesSquares in supply.terms.isEmpty ? [false] : [false, true] {
        let tree = product(fit, rounding, supply, completesSquares: completesSquares)
        if let tree, !trees.contains(tree) { trees.append(tree) }
      }
    }
    return (trees, loss)
  }

  // C Π x_i^p_i exp(Σ a_j u_j), times Π T_k^c_k or exp(Σ c_k T_k).
  private func product(
    _ fit: LogarithmicFit, _ rounding: LogarithmicFit.Rounding, _ supply: Supply,
    completesSquares: Bool
  ) -> [Gene]? {
    let powers = PowerWriter(operators: vocabulary.writable)
    var bases: [(base: [Gene], exponent: Double)] = []
    for (column, exponent) in zip(
      supply.powers.map { freeColumns[$0] }, fit.roundedExponents(rows: fitRows.count, rounding))
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
    let (free, rest) = sum(of: supply, fit.coefficients, completesSquares: completesSquares)
    if !free.isEmpty { bases.append((free.applying(.exp), 1)) }
    return powers.product(factor: fit.scale * exp(rest), powers: bases)
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
