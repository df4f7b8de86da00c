extension Expression {
  /// An equivalent formula that is short and readable.
  ///
  /// Tries the formula with its own structure tidied, and its normal forms, expanded, factored and
  /// over a common denominator, and returns the one with the fewest nodes; never one with more nodes
  /// than the formula itself. Values stay the same up to rounding wherever the formula is defined;
  /// a removable gap, such as that of x/x, may close.
  ///
  /// - Returns: For `0.5*x + x/2 - x*t^0`, the number 0.
  public func simplified() -> Expression {
    var best = tidied()
    // Two rounds let a shorter form show patterns that a longer one hid.
    for _ in 0..<2 {
      let before = best
      for candidate in before.normalizedCandidates() where candidate.isBetter(than: best) {
        best = candidate
      }
      if best == before { break }
    }
    return best.complexity <= complexity ? best : self
  }

  /// The formula with products of sums multiplied out and like terms collected.
  ///
  /// - Returns: A sum of products; the formula itself if that would be very long.
  public func expanded() -> Expression {
    let algebra = Algebra(style: .expanded)
    guard let form = normalForm(in: algebra) else { return self }
    return NormalFormWriter(algebra: algebra).writeExpanded(form)
  }

  private func normalizedCandidates() -> [Expression] {
    var candidates: [Expression] = []
    let factoring = Algebra(style: .factored)
    if let form = normalForm(in: factoring) {
      candidates.append(NormalFormWriter(algebra: factoring).write(form))
    }
    let expanding = Algebra(style: .expanded)
    if let form = normalForm(in: expanding) {
      let writer = NormalFormWriter(algebra: expanding)
      candidates.append(writer.write(form))
      let (numerator, denominator) = expanding.cancelledFraction(form)
      if !expanding.isExhausted {
        candidates.append(
          denominator.isOne
            ? writer.write(numerator) : writer.write(numerator, over: denominator))
      }
      if let harmonics = expanding.harmonics(form) {
        candidates.append(writer.write(harmonics))
      }
    }
    return candidates.map { $0.tidied() }
  }

  /// Fewer nodes, or as many and a normal form, which is the same for all orders of writing.
  private func isBetter(than other: Expression) -> Bool {
    complexity <= other.complexity
  }
}
