extension Island {
  /// Writes the population, the front and the counts.
  func write(to writer: inout StateWriter) {
    writer.write(isSettled ? 1 : 0)
    writer.write(surveyed)
    writer.write(runs)
    writer.write(spent)
    writer.write(clock)
    writer.write(refused.count)
    for hash in refused.sorted() { writer.write(hash) }
    for slot in 0..<options.population {
      let individual = individuals[slot]
      writer.write(individual.counts)
      writer.write(individual.complexity)
      writer.write(individual.score)
      writer.write(individual.loss)
      writer.write(individual.birth)
      writer.write(
        Array(UnsafeBufferPointer(start: arena + slot * stride, count: individual.count)))
    }
    for candidates in front.slots {
      writer.write(candidates.count)
      for candidate in candidates { writer.write(candidate) }
    }
  }

  /// Reads what ``write(to:)`` wrote.
  func read(from reader: inout StateReader) throws(SearchError) {
    isSettled = try reader.integer() == 1
    surveyed = try reader.integer()
    runs = try reader.integer()
    counts = try reader.searchCounts()
    scorer.evaluations = 0
    clock = try reader.integer()
    refused = []
    for _ in 0..<(try reader.count()) { refused.insert(try reader.word()) }
    for slot in 0..<options.population {
      var individual = Individual()
      individual.counts = try reader.counts()
      individual.complexity = try reader.integer()
      individual.score = try reader.double()
      individual.loss = try reader.double()
      individual.birth = try reader.integer()
      let genes = try reader.genes()
      let partsCount = vocabulary.parts.indices.reduce(0) { $0 + Int(individual.counts[$1]) }
      guard genes.count <= stride, genes.count == partsCount,
        (0...vocabulary.maximumComplexity).contains(individual.complexity),
        isWellFormed(genes, individual.counts)
      else { throw .stateMismatch(what: "size of formulas") }
      individual.count = genes.count
      for (index, gene) in genes.enumerated() { arena[slot * stride + index] = gene }
      individuals[slot] = individual
    }
    front = CandidateFront(maximumComplexity: vocabulary.maximumComplexity)
    for complexity in front.slots.indices {
      for _ in 0..<(try reader.count(atMost: CandidateFront.depth.exact)) {
        let candidate = try reader.candidate()
        guard candidate.complexity == complexity,
          isWellFormed(candidate.genome.genes, candidate.genome.counts)
        else {
          throw .stateMismatch(what: "order of formulas")
        }
        front.insert(candidate)
      }
    }
  }

  /// Whether genes are one tree for each part, over the columns of the part.
  private func isWellFormed(_ genes: [Gene], _ counts: SIMD8<UInt16>) -> Bool {
    var start = 0
    for part in vocabulary.parts.indices {
      let end = start + Int(counts[part])
      guard end <= genes.count else { return false }
      guard start == end || Gene.isTree(genes[start..<end], columns: view.firstLogarithm)
      else { return false }
      start = end
    }
    return start == genes.count
  }
}
