internal import Tensors

/// The rows that one thread works on, and what it finds.
final class RowBlock: @unchecked Sendable {
  let rows: Range<Int>
  let active: EntryBlock
  let revived: EntryBlock
  let biasGradient: AlignedBuffer<Float>
  let squares: AlignedBuffer<Double>

  /// Room for the inputs as their product with the encoder wants them.
  let packedInputs: AlignedBuffer<Float>
  var loss = 0.0
  var squaredError = 0.0
  var penalty = 0.0
  var activeCount = 0

  init(
    rows: Range<Int>, layout: ParameterLayout, extraVectors: Int,
    packedInputs: AlignedBuffer<Float>
  ) {
    self.rows = rows
    self.packedInputs = packedInputs
    active = EntryBlock(
      rows: rows.count, featureCount: layout.featureCount, extraVectors: extraVectors)
    revived = EntryBlock(
      rows: rows.count, featureCount: layout.featureCount, extraVectors: extraVectors)
    biasGradient = AlignedBuffer(count: layout.outputStride, repeating: 0)
    squares = AlignedBuffer(count: layout.featureCount, repeating: 0)
  }

  func reset() {
    revived.removeAll()
    biasGradient.pointer.update(repeating: 0, count: biasGradient.count)
    squares.pointer.update(repeating: 0, count: squares.count)
    loss = 0
    squaredError = 0
    penalty = 0
    activeCount = 0
  }
}
