internal import Tensors

extension Island {
  /// Tries functions of one product of powers with a number beside them; good ones join the population.
  func consultKernels() {
    guard form.hasScale, vocabulary.template == nil,
      view.shape.isMonomial || view.shape.transform == .identity
    else { return }
    for kernel in KernelLibrary(for: view).trees { consider(kernel) }
  }

  /// Looks for the best sums of products of simple functions and takes them into the population.
  ///
  /// - Parameter size: How many products to choose from.
  func consultLibrary(_ size: TermLibrary.Size) {
    guard form.hasScale, form.splits, !form.isMonomial, vocabulary.template == nil else { return }
    let library = TermLibrary(vocabulary, columns: vocabulary.parts[0].columns, size: size)
    let (columns, kept, stride) = scorer.columns(of: library.terms)
    guard !kept.isEmpty else { return }
    let selection = SubsetSelection(
      columns: columns, count: kept.count, stride: stride, target: scorer.projectedTarget,
      projection: scorer.projection)
    for choice in selection() {
      var genes: [Gene] = []
      for member in choice.members {
        let term = library.terms[kept[member]]
        genes = genes.isEmpty ? term : genes.combined(.add, term)
      }
      for (index, gene) in genes.enumerated() where index < Variation.capacity(vocabulary) {
        tree[index] = gene
      }
      var offspring = Offspring()
      guard genes.count <= vocabulary.maximumCount, append(genes.count, part: 0, to: &offspring),
        express(&offspring), evaluate(&offspring)
      else { continue }
      compete(offspring.individual)
    }
  }
}
