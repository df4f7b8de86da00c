internal import Foundation
internal import Tensors

/// A search at a barrier, to be saved and taken up again bit by bit.
///
/// It holds the populations, random streams, visited skeletons and confirmed formulas, but neither the
/// table nor the grammar: those are handed in again and checked against fingerprints.
public struct SearchState: Sendable, Equatable, Codable {
  /// The seed of the search, which orders the rows.
  let seed: UInt64

  /// The options of the search.
  let options: SearchOptions

  /// The streams of the islands.
  let streams: [RandomStream]

  /// What the islands have visited.
  let visited: [VisitedTable]

  /// Everything else, eight bytes a word, least significant first.
  let body: Data

  init(
    seed: UInt64, options: SearchOptions, streams: [RandomStream], visited: [VisitedTable],
    words: [UInt64]
  ) {
    self.seed = seed
    self.options = options
    self.streams = streams
    self.visited = visited
    body = words.reduce(into: Data(capacity: 8 * words.count)) { data, word in
      withUnsafeBytes(of: word.littleEndian) { data.append(contentsOf: $0) }
    }
  }

  var words: [UInt64] {
    body.withUnsafeBytes { raw in
      (0..<raw.count / 8).map {
        UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self))
      }
    }
  }
}

extension IslandSearch {
  /// The search as it stands; to be taken between runs or not at all.
  public var state: SearchState {
    var writer = StateWriter()
    writer.write(fingerprint)
    writer.write(counts)
    writer.write(patience)
    writer.write(archipelago.epochs)
    writer.write(derived.count)
    for variable in derived {
      writer.write(variable.genes)
      writer.write(variable.isMonomial ? 1 : 0)
    }
    writer.write(archipelago.divisors.count)
    for divisor in archipelago.divisors { writer.write(divisor) }
    writer.write(archipelago.settlements.count)
    for settlement in archipelago.settlements {
      writer.write(settlement.view.shape)
      writer.write(settlement.number)
      writer.write(settlement.islands.count)
    }
    writer.write(confirmed.count)
    for complexity in confirmed.keys.sorted() {
      guard let formula = confirmed[complexity] else { continue }
      writer.write(complexity)
      writer.write(formula.genes)
      writer.write(formula.squares)
    }
    writer.write(confirmedFits.count)
    for hash in confirmedFits.keys.sorted() {
      guard let fit = confirmedFits[hash] else { continue }
      writer.write(hash)
      writer.write(fit.loss)
      writer.write(fit.size)
    }
    let islands = archipelago.islands
    for island in islands { island.write(to: &writer) }
    return SearchState(
      seed: seed, options: options, streams: islands.map(\.stream), visited: islands.map(\.visited),
      words: writer.words)
  }

  /// Takes up a saved search.
  ///
  /// - Parameters:
  ///   - table: The table it was started with.
  ///   - vocabulary: The vocabulary it was started with.
  ///   - state: Where it was.
  /// - Throws: ``SearchError/stateMismatch(what:)``.
  package convenience init(
    _ table: SearchTable, vocabulary: Vocabulary, resuming state: SearchState
  ) throws(SearchError) {
    self.init(table, vocabulary: vocabulary, options: state.options, seed: state.seed)
    try restore(state)
  }

  /// Takes over a saved state.
  ///
  /// - Throws: ``SearchError/stateMismatch(what:)``; the search is then of no use.
  func restore(_ state: SearchState) throws(SearchError) {
    guard state.options == options else { throw .stateMismatch(what: "set of options") }
    var reader = StateReader(state.words)
    guard try reader.word() == fingerprint else { throw .stateMismatch(what: "table or grammar") }
    counts = try reader.searchCounts()
    patience = try reader.integer()
    archipelago = Archipelago(
      table: table, vocabulary: vocabulary, options: options, guesses: guesses, seed: seed,
      restart: counts.restarts)
    archipelago.epochs = try reader.integer()
    try restoreSettlements(&reader)
    let islands = archipelago.islands
    guard state.streams.count == islands.count, state.visited.count == islands.count else {
      throw .stateMismatch(what: "number of islands")
    }
    confirmed = [:]
    for _ in 0..<(try reader.count()) {
      let complexity = try reader.integer()
      let genes = try reader.genes()
      guard Gene.isTree(genes, columns: table.variables.count) else {
        throw .stateMismatch(what: "structure of formulas")
      }
      confirmed[complexity] = ConfirmedFormula(genes: genes, squares: try reader.double())
    }
    confirmedFits = [:]
    for _ in 0..<(try reader.count()) {
      let hash = try reader.word()
      confirmedFits[hash] = ConfirmedFit(loss: try reader.double(), size: try reader.double())
    }
    for (index, island) in islands.enumerated() {
      try island.read(from: &reader)
      island.stream = state.streams[index]
      island.visited = state.visited[index]
    }
    guard reader.isAtEnd else { throw .stateMismatch(what: "length than its contents say") }
  }

  private func restoreSettlements(_ reader: inout StateReader) throws(SearchError) {
    derived = []
    for _ in 0..<(try reader.count()) {
      let genes = try reader.genes()
      let isMonomial = try reader.integer() == 1
      guard Gene.isTree(genes, columns: table.variables.count),
        let variable = DerivedVariable(genes, of: table, isMonomial: isMonomial)
      else { throw .stateMismatch(what: "set of derived variables") }
      derived.append(variable)
    }
    for _ in 0..<(try reader.count()) { archipelago.divisors.append(try reader.doubles()) }
    for _ in 0..<(try reader.count()) {
      let shape = try reader.shape()
      let number = try reader.integer()
      let count = try reader.count()
      guard shape.columns.allSatisfy({ (0..<table.columns.count + derived.count).contains($0) }),
        let view = archipelago.view(shape, derived: derived)
      else { throw .stateMismatch(what: "set of views") }
      archipelago.settle(view, islands: count, number: number)
    }
  }

  /// A number that changes with the table and the grammar (FNV-1a over their words).
  var fingerprint: UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ word: UInt64) { hash = (hash ^ word) &* 0x100_0000_01b3 }
    for name in table.variables.map(\.name) + vocabulary.parts.map(\.name) {
      for byte in name.utf8 { mix(UInt64(byte)) }
    }
    for column in table.columns + [table.target, table.weights ?? []] {
      for value in column { mix(value.bitPattern) }
    }
    for operation in vocabulary.unary + vocabulary.binary { mix(UInt64(operation.rawValue)) }
    for weight in vocabulary.weights { mix(UInt64(weight)) }
    for limit in vocabulary.nesting {
      mix(UInt64(limit.outer.index) << 16 | UInt64(limit.inner.index))
      mix(UInt64(limit.count))
    }
    for gene in vocabulary.template ?? [] {
      mix(UInt64(gene.operation.rawValue) ^ gene.value.bitPattern)
      mix(UInt64(bitPattern: Int64(gene.variable)))
    }
    for function in vocabulary.functions {
      mix(UInt64(function.arity))
      for gene in function.body {
        mix(UInt64(gene.operation.rawValue) ^ gene.value.bitPattern)
        mix(UInt64(bitPattern: Int64(gene.variable)))
      }
    }
    for byte in "\(vocabulary.loss)".utf8 { mix(UInt64(byte)) }
    mix(vocabulary.warmup.bitPattern)
    mix(UInt64(vocabulary.maximumComplexity) << 32 | UInt64(vocabulary.maximumDepth))
    return hash
  }
}
