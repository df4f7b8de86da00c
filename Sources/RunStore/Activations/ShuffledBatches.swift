/// All rows of activations once, in random order, in batches of equal size.
///
/// Rows are read in blocks of neighbours, which is how files are read fast; a window of blocks drawn from
/// all over the file is shuffled in memory and handed out. Activations that fit into the window come in
/// an order that is uniformly random; of larger ones a batch mixes rows of as many places as the window
/// has blocks. The order depends on the generator and the sizes alone.
///
/// ```swift
/// var batches = ShuffledBatches(of: activations, batch: 1024, using: RandomStream(seed: 1))
/// while try batches.next() { train(on: batches.rows) }
/// ```
public struct ShuffledBatches<Generator: RandomNumberGenerator> {
  /// The batch, row after row: `batch` rows, fewer in the last one.
  public private(set) var rows: [Float] = []

  private let activations: ActivationMatrix
  private let batch: Int
  private let windowBlocks: Int
  private let blockRows: Int
  private var generator: Generator

  /// The blocks that have not been read, in random order, the next one last.
  private var blocks: [Int]

  private var window: [Float] = []

  /// The rows of the window that have not been handed out, in random order, the next one last.
  private var waiting: [Int] = []

  /// Plans a pass.
  ///
  /// - Parameters:
  ///   - activations: The activations.
  ///   - batch: Rows of one batch.
  ///   - memory: Bytes of the window; at least one block is read whatever its size.
  ///   - generator: Where the randomness comes from.
  public init(
    of activations: ActivationMatrix, batch: Int, memory: Int = 1 << 28, using generator: Generator
  ) {
    precondition(batch > 0, "a batch has rows")
    self.activations = activations
    self.batch = batch
    self.generator = generator
    // Seeks cost more than neighbours: formats without chunks are read 64 KiB at a time.
    let rowSize = activations.width * MemoryLayout<Float>.size
    blockRows = max(activations.blockRows, (1 << 16) / rowSize, 1)
    windowBlocks = max(1, memory / (blockRows * rowSize))
    blocks = Array(0..<(activations.samples + blockRows - 1) / blockRows)
    blocks.shuffle(using: &self.generator)
  }

  /// Puts the next batch into ``rows``.
  ///
  /// - Returns: Whether there was one.
  /// - Throws: ``ActivationError``, also for a NaN or infinity, with its row and column.
  public mutating func next() throws(ActivationError) -> Bool {
    let width = activations.width
    rows.removeAll(keepingCapacity: true)
    while rows.count < batch * width {
      if waiting.isEmpty { try fill() }
      guard let row = waiting.popLast() else { break }
      rows += window[row * width..<(row + 1) * width]
    }
    return !rows.isEmpty
  }

  /// Reads the next blocks, if there are any.
  private mutating func fill() throws(ActivationError) {
    // The old window goes before the new one comes.
    window.removeAll(keepingCapacity: true)
    for _ in 0..<min(windowBlocks, blocks.count) {
      let first = blocks.removeLast() * blockRows
      window += try activations.floats(
        rows: first..<min(first + blockRows, activations.samples))
    }
    waiting = Array(0..<window.count / activations.width)
    waiting.shuffle(using: &generator)
  }
}

extension ShuffledBatches: Sendable where Generator: Sendable {}
