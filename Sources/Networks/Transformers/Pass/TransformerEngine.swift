internal import Tensors

/// Carries batches of sequences through a transformer on several threads.
///
/// A batch is cut into a fixed number of blocks, whatever the number of threads; what blocks add up to is
/// added in their order.
final class TransformerEngine<Scalar: TransformerScalar> {
  let design: TransformerDesign
  private let threads: Int
  private let length: Int
  private let capacity: Int
  private let passes: [TransformerPass<Scalar>]
  private let parameters: AlignedBuffer<Scalar>
  private lazy var gradients = (0..<Self.blockCount).map { _ in
    AlignedBuffer<Scalar>(count: parameters.count, repeating: 0)
  }

  /// Blocks of a batch, the greatest number of threads that have work.
  static var blockCount: Int { 8 }

  /// Prepares working memory.
  ///
  /// - Parameters:
  ///   - design: The transformer.
  ///   - length: Length of the sequences.
  ///   - sequences: The greatest number of sequences of a batch.
  ///   - threads: Number of threads; no result depends on it.
  init(_ design: TransformerDesign, length: Int, sequences: Int, threads: Int) {
    self.design = design
    self.length = length
    self.threads = min(max(1, threads), Self.blockCount)
    let capacity = (sequences + Self.blockCount - 1) / Self.blockCount
    self.capacity = capacity
    passes = (0..<self.threads).map { _ in
      TransformerPass(design, length: length, capacity: capacity)
    }
    parameters = AlignedBuffer(count: design.parameterCount, repeating: 0)
  }

  /// Chooses the parameters of what follows.
  func load(_ values: [Double]) {
    precondition(values.count == parameters.count, "the parameters are those of the design")
    let target = parameters.pointer
    values.withUnsafeBufferPointer { source in
      for i in 0..<source.count { target[i] = Scalar(source[i]) }
    }
  }

  /// Does something with each block of a batch.
  ///
  /// - Parameters:
  ///   - batch: The batch.
  ///   - body: Called with the block's index, its rows among all rows of the batch, a pass to use and the
  ///     parameters.
  func forEachBlock(
    of batch: TokenBatch,
    _ body: @Sendable (Int, Range<Int>, TransformerPass<Scalar>, UnsafePointer<Scalar>) -> Void
  ) {
    precondition(
      batch.length == length && batch.count <= capacity * Self.blockCount,
      "the batch fits the memory")
    let blocks = (batch.count + capacity - 1) / capacity
    let (passes, parameters, workers) = (passes, parameters, min(threads, blocks))
    let (length, capacity) = (length, capacity)
    parallelFor(count: workers, threads: workers) { worker in
      for block in stride(from: worker, to: blocks, by: workers) {
        let end = min((block + 1) * capacity, batch.count)
        body(
          block, block * capacity * length..<end * length, passes[worker], parameters.pointer)
      }
    }
  }

  /// The mean loss of a batch over all positions with a target.
  ///
  /// - Parameter batch: The batch, with a target somewhere.
  /// - Returns: Loss and accuracy.
  func score(_ batch: TokenBatch) -> TransformerScore {
    let parts = AlignedBuffer(count: Self.blockCount, repeating: BlockScore())
    forEachBlock(of: batch) { block, rows, pass, parameters in
      pass.forward(batch.tokens[rows], parameters: parameters)
      parts.pointer[block] = BlockScore(
        CrossEntropy(
          of: batch.targets[rows], logits: pass.readout.logits.pointer,
          vocabulary: pass.design.vocabulary, adjoint: nil, scratch: pass.shares.pointer))
    }
    return BlockScore.total(parts, over: batch.targetCount)
  }

  /// The mean loss of a batch with its gradient.
  ///
  /// - Parameters:
  ///   - batch: The batch, with a target somewhere.
  ///   - gradient: Receives the derivatives by the parameters.
  /// - Returns: Loss and accuracy.
  func gradient(of batch: TokenBatch, into gradient: inout [Double]) -> TransformerScore {
    let parts = AlignedBuffer(count: Self.blockCount, repeating: BlockScore())
    let (gradients, count) = (gradients, parameters.count)
    let weight = 1 / Double(batch.targetCount)
    forEachBlock(of: batch) { block, rows, pass, parameters in
      let target = gradients[block].pointer
      target.update(repeating: 0, count: count)
      pass.forward(batch.tokens[rows], parameters: parameters)
      parts.pointer[block] = BlockScore(
        CrossEntropy(
          of: batch.targets[rows], logits: pass.readout.logits.pointer,
          vocabulary: pass.design.vocabulary, weight: weight,
          adjoint: pass.adjoints.logits.pointer, scratch: pass.shares.pointer))
      pass.reverse(batch.tokens[rows], parameters: parameters, gradient: target)
    }
    let blocks = (batch.count + capacity - 1) / capacity
    gradient.withUnsafeMutableBufferPointer { sums in
      for i in 0..<count { sums[i] = Double(gradients[0].pointer[i]) }
      for block in 1..<max(1, blocks) {
        let part = gradients[block].pointer
        for i in 0..<count { sums[i] += Double(part[i]) }
      }
    }
    return BlockScore.total(parts, over: batch.targetCount)
  }
}

/// What a block adds to a score.
private struct BlockScore: BitwiseCopyable {
  var sum = 0.0
  var correct = 0

  init() {}

  init(_ loss: CrossEntropy) {
    sum = loss.sum
    correct = loss.correct
  }

  static func total(_ parts: AlignedBuffer<BlockScore>, over count: Int) -> TransformerScore {
    precondition(count > 0, "a loss needs a position with a target")
    let blocks = UnsafeBufferPointer(start: parts.pointer, count: parts.count)
    return TransformerScore(
      loss: blocks.reduce(0) { $0 + $1.sum } / Double(count),
      accuracy: Double(blocks.reduce(0) { $0 + $1.correct }) / Double(count))
  }
}
