extension IslandSearch {
  /// The best models in the logarithmic form that peeling looks at, and the largest of them.
  private static let models = (count: 3, complexity: 14)

  /// The most peeled divisors that are searched at once.
  private static let peelsAtOnce = 2

  /// Settles the first islands after a restart.
  func settleFirst() {
    let columns = Array(table.columns.indices)
    var views: [(shape: ViewShape, view: View?)] = []
    func view(_ shape: ViewShape) -> View? {
      if let known = views.first(where: { $0.shape == shape }) { return known.view }
      let view = archipelago.view(shape, derived: derived)
      views.append((shape, view))
      return view
    }
    let plan = ViewPlan.initial(
      columns: columns, vocabulary: vocabulary, options: options,
      isDefined: { view($0) != nil })
    for (shape, count) in plan.shares {
      if let view = view(shape) { archipelago.settle(view, islands: count) }
    }
  }

  /// Learns about the table what takes longer than an epoch of the first islands.
  func discover(threads: Int) {
    guard vocabulary.template == nil else { return }
    switch archipelago.epochs {
    case 0: findGroup()
    case 2: reduce(divisor: [], threads: threads)
    default: break
    }
    // Early on the models are poor; later new ones are rare.
    if options.usesPeeling, [1, 3, 5, 7, 9, 13, 19, 28, 42, 63].contains(archipelago.epochs) {
      peel(threads: threads)
    }
  }

  // MARK: Groups

  private func findGroup() {
    guard options.usesGroups,
      let exponents = VariableGroup.exponents(of: table, order: archipelago.order)
    else { return }
    let powers = exponents.enumerated().filter { $0.element != 0 }
      .map { (base: [Gene(variable: $0.offset)], exponent: $0.element) }
    let writer = PowerWriter(operators: vocabulary.writable)
    guard let genes = writer.product(factor: nil, powers: powers),
      let group = derive(genes, isMonomial: true)
    else { return }
    settle(
      .group(
        group, columns: Array(table.columns.indices), vocabulary: vocabulary, options: options))
  }

  // MARK: Powers

  // Beside the power law alone, the best models of products so far are tried in turn; the first that
  // shows new separable variables is taken.
  private func peel(threads: Int) {
    guard
      let view = archipelago.settlements.map(\.view).first(where: {
        $0.shape.isMonomial && !$0.shape.isQuadratic && $0.shape.divisor.isEmpty
      })
    else { return }
    let candidates = mergedFront(of: view).slots.compactMap(\.first)
      .filter { $0.complexity <= Self.models.complexity && $0.loss.isFinite }
      .sorted { price($0) < price($1) }
    let models = candidates.prefix(Self.models.count).map { candidate in
      candidate.terms.map { inTableColumns($0) }
    }
    // Of the power law alone nothing new can be learnt later.
    for terms in (archipelago.epochs == 1 ? [[]] : []) + models {
      guard
        let divisor = Peeling.exponents(of: table, terms: terms, order: archipelago.order),
        !archipelago.divisors.contains(divisor)
      else { continue }
      archipelago.divisors.append(divisor)
      let recent = archipelago.divisors.suffix(Self.peelsAtOnce)
      let spent = archipelago.remove {
        !$0.shape.divisor.isEmpty && !recent.contains($0.shape.divisor)
      }
      counts = counts + spent
      settle(.peeled(divisor, vocabulary: vocabulary, options: options))
      confirmClosedForms(
        of: divisor.indices.filter { divisor[$0] == 0 }, divisor: divisor, threads: threads)
      reduce(divisor: divisor, threads: threads)
      return
    }
  }

  private func price(_ candidate: Candidate) -> Double {
    HallOfFame.logLoss(candidate.loss + 1e-12) + options.parsimony * Double(candidate.complexity)
  }

  // MARK: Symmetries

  private func reduce(divisor: [Double], threads: Int) {
    guard options.usesSymmetries else { return }
    let variables = table.columns.indices.filter { divisor.isEmpty || divisor[$0] == 0 }
    let target = View.target(table, ViewShape(divisor: divisor, columns: Array(variables)))
    let reduction = CoordinateReduction(
      columns: table.columns, variables: Array(variables), target: target,
      order: archipelago.order, vocabulary: vocabulary, threads: threads)
    guard !reduction.coordinates.isEmpty, reduction.coordinates.count < variables.count else {
      return
    }
    let columns = reduction.coordinates.compactMap { genes -> Int? in
      if genes.count == 1 { return Int(genes[0].variable) }
      let isMonomial = reduction.combinations.contains { $0.genes == genes && $0.isMonomial }
      return derive(genes, isMonomial: isMonomial)
    }
    guard columns.count == reduction.coordinates.count else { return }
    // What looks at a transform of the target in all variables has no more to find than the new ones.
    counts =
      counts
      + archipelago.remove {
        !reduction.combinations.isEmpty && $0.shape.transform != .identity
          && $0.shape.divisor == divisor
          && $0.shape.columns == Array(variables)
      }
    settle(
      .reduced(to: columns, divisor: divisor, vocabulary: vocabulary, options: options))
    confirmClosedForms(of: columns, divisor: divisor, threads: threads)
  }

  // MARK: Common steps

  private func settle(_ plan: ViewPlan) {
    for (shape, count) in plan.shares {
      if let view = archipelago.view(shape, derived: derived) {
        archipelago.settle(view, islands: count)
      }
    }
  }

  /// The index of a derived variable, a new one if it is not known.
  private func derive(_ genes: [Gene], isMonomial: Bool) -> Int? {
    if let known = derived.firstIndex(where: { $0.genes == genes }) {
      return table.columns.count + known
    }
    guard let variable = DerivedVariable(genes, of: table, isMonomial: isMonomial) else {
      return nil
    }
    derived.append(variable)
    return table.columns.count + derived.count - 1
  }

  /// A tree with derived variables and functions written out.
  private func inTableColumns(_ genes: [Gene]) -> [Gene] {
    let base = table.columns.count
    return genes.substituting { $0 >= base ? derived[$0 - base].genes : nil }
      .inlining(vocabulary.functions)
  }
}
