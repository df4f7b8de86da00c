extension IslandSearch {
  /// What keeps a search from starting at a formula.
  ///
  /// - Parameters:
  ///   - guess: The formula, over the table's columns.
  ///   - table: The table to search.
  ///   - grammar: What formulas are made of.
  /// - Returns: nil if the search can start from it.
  /// - Throws: ``SearchError`` if the grammar does not fit the table.
  public static func problem(
    with guess: Expression, on table: SearchTable, grammar: Grammar
  ) throws(SearchError) -> GuessProblem? {
    try Vocabulary(grammar, table: table).problem(with: guess, on: table)
  }

  /// Trees of the formulas to start from, over the columns of the searched table.
  ///
  /// They follow from the options, which a saved search holds, so that a resumed search has them again.
  static func trees(
    of guesses: [Expression], vocabulary: Vocabulary, scaling: TableScaling
  ) -> [[Gene]] {
    guard vocabulary.template == nil else { return [] }
    return guesses.compactMap { vocabulary.genes(writing: scaling.scaled($0)) }
  }

  /// Fits the constants of the formulas to start from and enters them into the hall of fame.
  ///
  /// What the islands make of them is confirmed as all else is.
  func enterGuesses() {
    for guess in guesses {
      counts.confirmations += 1
      guard let start = ConstantRefiner(fitRows)(guess),
        let fit = ConstantRefiner(allRows)(start.genes, steps: 20)
      else { continue }
      let penalty = vocabulary.penalty(fit.genes) * allRows.variation
      enter(ConfirmedFormula(genes: fit.genes, squares: fit.squares + penalty))
    }
  }
}

extension Island {
  /// Takes in the formulas to start from, whatever their size: a warm-up is for what is found.
  func receiveGuesses() {
    let limit = sizeLimit
    sizeLimit = vocabulary.maximumComplexity
    defer { sizeLimit = limit }
    for guess in view.guesses {
      receive(Genome(genes: guess, counts: SIMD8(UInt16(guess.count), 0, 0, 0, 0, 0, 0, 0)))
    }
  }
}
