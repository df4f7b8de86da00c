internal import Tensors

/// The working memory of a layer: what its forward pass computes, all rows of a block of sequences.
struct TransformerLayerMemory<Scalar: TransformerScalar>: Sendable {
  let attentionNorm: NormMemory<Scalar>

  /// What attention reads where it is normalised first, `[rows, width]`.
  let attentionSource: AlignedBuffer<Scalar>

  /// Queries, keys and values, `[rows, 3 width]`.
  let projections: AlignedBuffer<Scalar>

  /// Attention, `[sequences, heads, length, length]`.
  let patterns: AlignedBuffer<Scalar>

  /// What the heads have read, `[rows, width]`.
  let mixed: AlignedBuffer<Scalar>

  /// The residual stream between attention and neurons, `[rows, width]`.
  let middle: AlignedBuffer<Scalar>

  let neuronNorm: NormMemory<Scalar>

  /// What the neurons read where it is normalised first, `[rows, width]`.
  let neuronSource: AlignedBuffer<Scalar>

  /// The neurons' weighted sums, `[rows, neurons]`.
  let sums: AlignedBuffer<Scalar>

  /// The neurons' activations, `[rows, neurons]`.
  let activations: AlignedBuffer<Scalar>

  init(_ design: TransformerDesign, sequences: Int, length: Int) {
    let rows = sequences * length
    func buffer(_ columns: Int) -> AlignedBuffer<Scalar> {
      AlignedBuffer(count: rows * columns, repeating: 0)
    }
    attentionNorm = NormMemory(rows: rows, width: design.width)
    attentionSource = buffer(design.width)
    projections = buffer(3 * design.width)
    patterns = buffer(design.heads * length)
    mixed = buffer(design.width)
    middle = buffer(design.width)
    neuronNorm = NormMemory(rows: rows, width: design.width)
    neuronSource = buffer(design.width)
    sums = buffer(design.neurons)
    activations = buffer(design.neurons)
  }
}

/// The working memory between the last layer and the logits.
struct TransformerReadoutMemory<Scalar: TransformerScalar>: Sendable {
  let finalNorm: NormMemory<Scalar>

  /// The stream normalised, where it is; `[rows, width]`.
  let source: AlignedBuffer<Scalar>

  /// The weighted sums of the transforming layer, `[rows, width]`.
  let sums: AlignedBuffer<Scalar>

  let readoutNorm: NormMemory<Scalar>

  /// What that layer makes of them, `[rows, width]`.
  let transformed: AlignedBuffer<Scalar>

  /// `[rows, vocabulary]`.
  let logits: AlignedBuffer<Scalar>

  init(_ design: TransformerDesign, rows: Int) {
    func buffer(_ columns: Int) -> AlignedBuffer<Scalar> {
      AlignedBuffer(count: rows * columns, repeating: 0)
    }
    // Parts that a design does not have take no memory.
    let finalRows = design.normalization == .before ? rows : 0
    let readoutRows = design.readout == .transformed ? rows : 0
    finalNorm = NormMemory(rows: finalRows, width: design.width)
    source = AlignedBuffer(count: finalRows * design.width, repeating: 0)
    sums = AlignedBuffer(count: readoutRows * design.width, repeating: 0)
    readoutNorm = NormMemory(rows: readoutRows, width: design.width)
    transformed = AlignedBuffer(count: readoutRows * design.width, repeating: 0)
    logits = buffer(design.vocabulary)
  }
}

/// The working memory of a reverse pass, each array used by one layer after the other.
struct TransformerAdjointMemory<Scalar: TransformerScalar>: Sendable {
  /// Derivatives by the residual stream, `[rows, width]`.
  let stream: AlignedBuffer<Scalar>

  /// Derivatives by what is added to the stream, `[rows, width]`.
  let branch: AlignedBuffer<Scalar>

  /// Derivatives by projections or by neurons, whichever are more.
  let wide: AlignedBuffer<Scalar>

  /// Derivatives by logits, `[rows, vocabulary]`.
  let logits: AlignedBuffer<Scalar>

  let scratch: AlignedBuffer<Scalar>

  init(_ design: TransformerDesign, rows: Int, length: Int) {
    func buffer(_ columns: Int) -> AlignedBuffer<Scalar> {
      AlignedBuffer(count: rows * columns, repeating: 0)
    }
    stream = buffer(design.width)
    branch = buffer(design.width)
    wide = buffer(max(3 * design.width, design.neurons))
    logits = buffer(design.vocabulary)
    // Twice what an activation function reads, and at least a pattern.
    scratch = AlignedBuffer(
      count: max(2 * rows * max(design.neurons, design.width), length * length), repeating: 0)
  }
}
