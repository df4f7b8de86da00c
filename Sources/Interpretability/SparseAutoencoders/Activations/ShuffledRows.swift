internal import Tensors

/// Batches drawn from a table of activations in a random order, with bounded memory.
///
/// Each epoch visits every row once. The table is cut into chunks of consecutive rows; an epoch takes
/// the chunks in a random order, a few at a time, and shuffles the rows among those. A table that fits
/// the memory is one window, and its order is a random permutation. Batches run on from one epoch to
/// the next, so that no row is left out.
///
/// Everything is derived from the seed and the step: a resumed training sees the same batches.
public struct ShuffledRows: ActivationSource {
  private let inputs: any ActivationRows
  private let targets: (any ActivationRows)?
  private let stream: RandomStream
  private let chunkRows: Int
  private let chunksInMemory: Int
  private var window: Window?
  private var chunkOrder: (epoch: Int, chunks: [Int])?

  /// The chunks in memory and the order of their rows.
  private struct Window {
    let epoch: Int
    let index: Int
    let order: [Int]
    let inputs: Matrix<Float>
    let targets: Matrix<Float>?
  }

  /// Width of what is encoded.
  public var inputWidth: Int { inputs.width }

  /// Width of what is decoded, for a transcoder.
  public var targetWidth: Int? { targets?.width }

  /// Shuffles a table.
  ///
  /// - Parameters:
  ///   - inputs: What is encoded.
  ///   - targets: What is decoded, row by row, for a transcoder; nil for an autoencoder.
  ///   - seed: Fixes the order.
  ///   - memory: Bytes that the rows in memory may take.
  ///   - chunkRows: Consecutive rows that are read at once.
  /// - Throws: ``ActivationSourceError/empty(rows:width:)`` and
  ///   ``ActivationSourceError/differentCounts(inputs:targets:)``.
  public init(
    _ inputs: any ActivationRows, targets: (any ActivationRows)? = nil, seed: UInt64,
    memory: Int = 1 << 28, chunkRows: Int = 4096
  ) throws(ActivationSourceError) {
    guard inputs.count > 0, inputs.width > 0 else {
      throw .empty(rows: inputs.count, width: inputs.width)
    }
    if let targets {
      guard targets.count == inputs.count else {
        throw .differentCounts(inputs: inputs.count, targets: targets.count)
      }
      guard targets.width > 0 else { throw .empty(rows: targets.count, width: 0) }
    }
    precondition(chunkRows > 0, "a chunk has rows")
    self.inputs = inputs
    self.targets = targets
    self.chunkRows = chunkRows
    stream = RandomStream(seed: seed)
    let rowBytes = 4 * (inputs.width + (targets?.width ?? 0))
    chunksInMemory = max(1, memory / (rowBytes * chunkRows))
  }

  /// Fills the batch of a step.
  ///
  /// - Parameters:
  ///   - batch: The batch.
  ///   - step: Counts from zero.
  /// - Throws: ``ActivationSourceError`` if rows cannot be read or are not finite.
  public mutating func fill(
    _ batch: inout ActivationBatch, step: Int
  ) throws(ActivationSourceError) {
    let rows = batch.inputs.rows
    var filled = 0
    while filled < rows {
      let position = step * rows + filled
      let (epoch, place) = position.quotientAndRemainder(dividingBy: inputs.count)
      let windowRows = chunksInMemory * chunkRows
      let window = try window(place / windowRows, ofEpoch: epoch)
      let first = place % windowRows
      let taken = min(rows - filled, window.order.count - first)
      let order = window.order[first..<first + taken]
      Self.copy(order, of: window.inputs, into: &batch.inputs, at: filled)
      if let targets = window.targets, var wanted = batch.targets {
        batch.targets = nil
        Self.copy(order, of: targets, into: &wanted, at: filled)
        batch.targets = wanted
      }
      filled += taken
    }
  }

  private static func copy(
    _ order: ArraySlice<Int>, of source: Matrix<Float>, into batch: inout Matrix<Float>, at row: Int
  ) {
    let width = source.columns
    batch.withUnsafeMutablePointer { batch in
      source.withUnsafePointer { source in
        for (i, index) in order.enumerated() {
          (batch + (row + i) * width).update(from: source + index * width, count: width)
        }
      }
    }
  }

  private mutating func window(
    _ index: Int, ofEpoch epoch: Int
  ) throws(ActivationSourceError) -> Window {
    if let window, window.epoch == epoch, window.index == index { return window }
    let chunks = chunks(ofWindow: index, ofEpoch: epoch)
    let count = chunks.reduce(0) { $0 + $1.count }
    var order = stream.child(epoch).child(index + 1)
    // The rows of a table that is one window stay in memory from epoch to epoch.
    if let old = window, chunksInMemory * chunkRows >= inputs.count {
      let next = Window(
        epoch: epoch, index: index, order: order.permutation(count), inputs: old.inputs,
        targets: old.targets)
      window = next
      return next
    }
    window = nil
    let next = Window(
      epoch: epoch, index: index, order: order.permutation(count),
      inputs: try Self.read(chunks, of: inputs),
      targets: try targets.map { (table) throws(ActivationSourceError) in
        try Self.read(chunks, of: table)
      })
    window = next
    return next
  }

  /// The row ranges of a window: all chunks in order where they fit at once, else the next few of the
  /// epoch's random order.
  private mutating func chunks(ofWindow index: Int, ofEpoch epoch: Int) -> [Range<Int>] {
    let chunkCount = (inputs.count + chunkRows - 1) / chunkRows
    if chunkOrder?.epoch != epoch {
      var random = stream.child(epoch).child(0)
      let chunks =
        chunksInMemory >= chunkCount ? Array(0..<chunkCount) : Self.order(chunkCount, &random)
      chunkOrder = (epoch, chunks)
    }
    let order = chunkOrder?.chunks ?? []
    return order[index * chunksInMemory..<min(chunkCount, (index + 1) * chunksInMemory)].map {
      $0 * chunkRows..<min(inputs.count, ($0 + 1) * chunkRows)
    }
  }

  /// A random order that leaves the last chunk, which may be shorter, in its place: then all windows
  /// but the last have the same number of rows.
  private static func order(_ count: Int, _ random: inout RandomStream) -> [Int] {
    random.permutation(count - 1) + [count - 1]
  }

  private static func read(
    _ chunks: [Range<Int>], of table: any ActivationRows
  ) throws(ActivationSourceError) -> Matrix<Float> {
    let count = chunks.reduce(0) { $0 + $1.count }
    let width = table.width
    var matrix = Matrix<Float>(rows: count, columns: width)
    try matrix.withUnsafeMutablePointer { (pointer) throws(ActivationSourceError) in
      var row = 0
      for chunk in chunks {
        let destination = pointer + row * width
        try table.read(chunk, into: destination)
        for i in 0..<chunk.count * width where !destination[i].isFinite {
          throw .notFinite(
            row: chunk.lowerBound + i / width, column: i % width, value: destination[i])
        }
        row += chunk.count
      }
    }
    return matrix
  }
}
