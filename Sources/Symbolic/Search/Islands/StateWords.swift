/// Writes the state of a search as 64-bit words: exact, compact and the same on every platform.
struct StateWriter {
  /// What was written.
  private(set) var words: [UInt64] = []

  mutating func write(_ value: UInt64) { words.append(value) }

  mutating func write(_ value: Int) { words.append(UInt64(bitPattern: Int64(value))) }

  mutating func write(_ value: Double) { words.append(value.bitPattern) }

  mutating func write(_ counts: SIMD8<UInt16>) {
    write(
      UInt64(counts[0]) | UInt64(counts[1]) << 16 | UInt64(counts[2]) << 32 | UInt64(counts[3])
        << 48)
    write(
      UInt64(counts[4]) | UInt64(counts[5]) << 16 | UInt64(counts[6]) << 32 | UInt64(counts[7])
        << 48)
  }

  mutating func write(_ gene: Gene) {
    let head = UInt64(gene.operation.rawValue) | (gene.isFixed ? 1 : 0) << 8
    write(head | UInt64(gene.length) << 16 | UInt64(UInt32(bitPattern: gene.variable)) << 32)
    write(gene.value)
  }

  mutating func write(_ genes: [Gene]) {
    write(genes.count)
    for gene in genes { write(gene) }
  }

  mutating func write(_ values: [Double]) {
    write(values.count)
    for value in values { write(value) }
  }

  mutating func write(_ shape: ViewShape) {
    write(Int(shape.transform.rawValue))
    write(shape.isMonomial ? 1 : 0)
    write(shape.isQuadratic ? 1 : 0)
    write(shape.divisor)
    write(shape.columns.count)
    for column in shape.columns { write(column) }
  }

  mutating func write(_ counts: SearchCounts) {
    write(counts.evaluations)
    write(counts.offspring)
    write(counts.duplicates)
    write(counts.rejected)
    write(counts.confirmations)
    write(counts.epochs)
    write(counts.restarts)
  }

  mutating func write(_ candidate: Candidate) {
    write(candidate.genome.genes)
    write(candidate.genome.counts)
    write(candidate.terms.count)
    for term in candidate.terms { write(term) }
    for factor in candidate.factors { write(factor) }
    write(candidate.hash)
    write(candidate.complexity)
    write(candidate.loss)
  }
}

/// Reads what a ``StateWriter`` wrote, and refuses anything that could not have been written.
struct StateReader {
  private let words: [UInt64]
  private var position = 0

  /// Prepares to read.
  init(_ words: [UInt64]) { self.words = words }

  /// Whether all words were read.
  var isAtEnd: Bool { position == words.count }

  mutating func word() throws(SearchError) -> UInt64 {
    guard position < words.count else { throw .stateMismatch(what: "length than its contents say") }
    position += 1
    return words[position - 1]
  }

  mutating func integer() throws(SearchError) -> Int { Int(Int64(bitPattern: try word())) }

  mutating func double() throws(SearchError) -> Double { Double(bitPattern: try word()) }

  /// A number of things of which each takes at least one word.
  mutating func count(atMost limit: Int = .max) throws(SearchError) -> Int {
    let count = try integer()
    guard count >= 0, count <= min(limit, words.count - position) else {
      throw .stateMismatch(what: "size of its parts than possible")
    }
    return count
  }

  mutating func counts() throws(SearchError) -> SIMD8<UInt16> {
    let (low, high) = (try word(), try word())
    var counts = SIMD8<UInt16>.zero
    for index in 0..<4 {
      counts[index] = UInt16(truncatingIfNeeded: low >> (16 * UInt64(index)))
      counts[index + 4] = UInt16(truncatingIfNeeded: high >> (16 * UInt64(index)))
    }
    return counts
  }

  mutating func gene() throws(SearchError) -> Gene {
    let head = try word()
    let value = try double()
    guard let operation = Operator(rawValue: UInt8(truncatingIfNeeded: head)) else {
      throw .stateMismatch(what: "set of operators")
    }
    var gene = Gene(operation, length: 1)
    gene.isFixed = head & 0x100 != 0
    gene.length = UInt16(truncatingIfNeeded: head >> 16)
    gene.variable = Int32(truncatingIfNeeded: head >> 32)
    gene.value = value
    return gene
  }

  mutating func genes() throws(SearchError) -> [Gene] {
    var genes: [Gene] = []
    for _ in 0..<(try count()) { genes.append(try gene()) }
    return genes
  }

  mutating func doubles() throws(SearchError) -> [Double] {
    var values: [Double] = []
    for _ in 0..<(try count()) { values.append(try double()) }
    return values
  }

  mutating func shape() throws(SearchError) -> ViewShape {
    guard let transform = TargetTransform(rawValue: UInt8(truncatingIfNeeded: try word())) else {
      throw .stateMismatch(what: "set of transforms")
    }
    let isMonomial = try integer() == 1
    let isQuadratic = try integer() == 1
    let divisor = try doubles()
    var columns: [Int] = []
    for _ in 0..<(try count()) { columns.append(try integer()) }
    return ViewShape(
      transform: transform, isMonomial: isMonomial, isQuadratic: isQuadratic, divisor: divisor,
      columns: columns)
  }

  mutating func searchCounts() throws(SearchError) -> SearchCounts {
    var counts = SearchCounts()
    counts.evaluations = try integer()
    counts.offspring = try integer()
    counts.duplicates = try integer()
    counts.rejected = try integer()
    counts.confirmations = try integer()
    counts.epochs = try integer()
    counts.restarts = try integer()
    return counts
  }

  mutating func candidate() throws(SearchError) -> Candidate {
    let genome = Genome(genes: try genes(), counts: try counts())
    let termCount = try count(atMost: Terms.maximum)
    var terms: [[Gene]] = []
    for _ in 0..<termCount { terms.append(try genes()) }
    var factors: [Double] = []
    for _ in 0..<termCount { factors.append(try double()) }
    return Candidate(
      genome: genome, terms: terms, factors: factors, hash: try word(), complexity: try integer(),
      loss: try double())
  }
}
