extension Expression {
  /// An equivalent formula as a textbook would write it.
  ///
  /// Searches the forms that identities of powers, roots, logarithms, exponentials, hyperbolic and
  /// circular functions lead to (equality saturation, bounded and deterministic), beside the normal
  /// forms of ``simplified()``, for the one that reads best: few nodes, one fraction, the number in
  /// front, few measured numbers. Values stay the same up to rounding wherever the formula is
  /// defined; gaps may close.
  ///
  /// - Parameter positive: Names that stand for positive numbers only, so that `sqrt(x^2)` is `x`.
  /// - Returns: For `sqrt(k*m)/k` with positive names, `sqrt(m/k)`.
  public func readable(assumingPositive positive: Set<Symbol> = []) -> Expression {
    var domain: [Symbol: Bounds] = [:]
    for symbol in positive { domain[symbol] = .positive }
    return readable(on: domain)
  }

  /// An equivalent formula as a textbook would write it, where names lie in ranges.
  ///
  /// - Parameter ranges: The least and greatest value of names, so that `abs(c - v)` is `c - v` where
  ///   c exceeds v throughout.
  /// - Returns: The formula that reads best.
  public func readable(in ranges: [Symbol: ClosedRange<Double>]) -> Expression {
    readable(on: ranges.mapValues { Bounds(Interval($0.lowerBound, $0.upperBound)) })
  }

  /// Formulas longer than this are left to ``simplified()``.
  private static let readableLimit = 200

  /// The form that reads best.
  ///
  /// - Parameters:
  ///   - domain: What the names may stand for.
  ///   - numbers: What numbers cost.
  /// - Returns: An equivalent formula.
  func readable(on domain: [Symbol: Bounds], numbers: NumberCosts = NumberCosts()) -> Expression {
    let plain = simplified()
    guard plain.complexity <= Self.readableLimit else { return plain }
    var (best, cost) = (plain, plain.readingCost(numbers))
    func consider(_ candidate: Expression) {
      let candidateCost = candidate.readingCost(numbers)
      if candidateCost < cost { (best, cost) = (candidate, candidateCost) }
    }
    // Starting from the formula itself as well lets forms survive that normal forms destroy.
    let isShort = complexity <= Self.readableLimit && self != plain
    for start in isShort ? [plain, self] : [plain] {
      let found = start.saturated(on: domain, numbers)
      consider(found)
      consider(found.simplified())
    }
    // A shorter form can show patterns that a longer one hid behind the limits.
    if best != plain { consider(best.saturated(on: domain, numbers)) }
    return best
  }

  /// The best form that a graph of all equal formulas holds.
  private func saturated(on domain: [Symbol: Bounds], _ numbers: NumberCosts) -> Expression {
    guard depth <= 40 else { return self }
    var graph = EGraph(domain: domain, nodeLimit: 2500)
    let root = graph.add(self)
    graph.saturate(RewriteRule.all, rounds: 6)
    return Reader(graph, numbers: numbers).formula(root)
  }
}
