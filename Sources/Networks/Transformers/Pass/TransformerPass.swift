internal import Tensors

/// Carries a block of sequences through a transformer, forward and in reverse.
///
/// An instance owns its working memory and is used by one thread at a time, which is the promise behind
/// `@unchecked Sendable`; nothing is allocated between its first reverse pass and its end. A forward pass
/// is a chain of steps, each of which reads what the one before left in memory, so that a pass can be
/// taken up again behind a part that was changed: ``resume(after:)``.
final class TransformerPass<Scalar: TransformerScalar>: @unchecked Sendable {
  let design: TransformerDesign
  let layout: TransformerLayout

  /// Length of each sequence.
  let length: Int

  /// Number of sequences of the present block.
  private(set) var sequences = 0

  /// Number of rows of the present block, a row for each position of each sequence.
  var rows: Int { sequences * length }

  let layers: [TransformerLayerMemory<Scalar>]
  let readout: TransformerReadoutMemory<Scalar>
  let embeddingNorm: NormMemory<Scalar>

  /// The residual stream before each layer and after the last one, `[rows, width]` each.
  let streams: [AlignedBuffer<Scalar>]

  lazy var adjoints = TransformerAdjointMemory<Scalar>(
    design, rows: capacity * length, length: length)

  /// Room for the probabilities of one position, `[vocabulary]`.
  let shares: AlignedBuffer<Scalar>

  /// Number of logits of the present block.
  var logitCount: Int { rows * design.vocabulary }

  let attention: AttentionHeads
  private let capacity: Int

  /// Prepares working memory.
  ///
  /// - Parameters:
  ///   - design: The transformer.
  ///   - length: Length of each sequence.
  ///   - capacity: The greatest number of sequences of a block.
  init(_ design: TransformerDesign, length: Int, capacity: Int) {
    self.design = design
    self.length = length
    self.capacity = capacity
    layout = TransformerLayout(design)
    layers = (0..<design.layers).map { _ in
      TransformerLayerMemory(design, sequences: capacity, length: length)
    }
    readout = TransformerReadoutMemory(design, rows: capacity * length)
    embeddingNorm = NormMemory(
      rows: design.normalizesEmbeddings ? capacity * length : 0, width: design.width)
    streams = (0...design.layers).map { _ in
      AlignedBuffer(count: capacity * length * design.width, repeating: 0)
    }
    shares = AlignedBuffer(count: design.vocabulary, repeating: 0)
    attention = AttentionHeads(
      heads: design.heads, headWidth: design.headWidth, length: length,
      isCausal: design.isCausal)
  }

  // MARK: - Forward

  /// Computes the logits of a block, and all that lies before them.
  ///
  /// - Parameters:
  ///   - tokens: `[sequences, length]`; no more sequences than there is room for.
  ///   - parameters: The flat parameters.
  ///   - held: Parts to hold.
  func forward(
    _ tokens: ArraySlice<Int>, parameters: UnsafePointer<Scalar>, holding held: [HeldSite] = []
  ) {
    sequences = tokens.count / length
    precondition(sequences <= capacity, "a block has at most \(capacity) sequences")
    embed(tokens, parameters)
    for layer in 0..<design.layers {
      attend(layer, parameters)
      for part in held where part.site.layer == layer && part.site.isHead { hold(part) }
      addAttention(layer, parameters)
      activate(layer, parameters)
      for part in held where part.site.layer == layer && !part.site.isHead { hold(part) }
      addNeurons(layer, parameters)
    }
    read(parameters)
  }

  /// Computes anew what follows a part whose values were changed in memory.
  ///
  /// - Parameters:
  ///   - site: The part.
  ///   - parameters: The flat parameters.
  func resume(after site: TransformerSite, parameters: UnsafePointer<Scalar>) {
    if site.isHead {
      addAttention(site.layer, parameters)
      activate(site.layer, parameters)
    }
    addNeurons(site.layer, parameters)
    for layer in site.layer + 1..<design.layers {
      attend(layer, parameters)
      addAttention(layer, parameters)
      activate(layer, parameters)
      addNeurons(layer, parameters)
    }
    read(parameters)
  }

  /// Where the values of a part lie: its first column, and the distance between rows.
  private func memory(of site: TransformerSite) -> (
    values: UnsafeMutablePointer<Scalar>, stride: Int
  ) {
    let (layer, first) = (layers[site.layer], site.columns(in: design).lowerBound)
    return site.isHead
      ? (layer.mixed.pointer + first, design.width)
      : (layer.activations.pointer + first, design.neurons)
  }

  /// Replaces the values of a part in all rows.
  func hold(_ part: HeldSite) {
    let (values, stride) = memory(of: part.site)
    for row in 0..<rows {
      for (column, value) in part.values.enumerated() {
        values[row * stride + column] = Scalar(value)
      }
    }
  }

  /// The values of a part in all rows.
  func values(of site: TransformerSite) -> [Scalar] {
    let (values, stride) = memory(of: site)
    let columns = site.columns(in: design).count
    return (0..<rows).flatMap { row in (0..<columns).map { values[row * stride + $0] } }
  }

  /// Puts back what ``values(of:)`` gave.
  func restore(_ original: [Scalar], of site: TransformerSite) {
    let (values, stride) = memory(of: site)
    let columns = site.columns(in: design).count
    for (index, value) in original.enumerated() {
      values[index / columns * stride + index % columns] = value
    }
  }

  private func embed(_ tokens: ArraySlice<Int>, _ parameters: UnsafePointer<Scalar>) {
    let (stream, width) = (streams[0].pointer, design.width)
    for (row, token) in tokens.enumerated() {
      let vector = parameters + layout.tokens + token * width
      let position = parameters + layout.positions + row % length * width
      for j in 0..<width { stream[row * width + j] = vector[j] + position[j] }
    }
    guard let norm = layout.embeddingNorm else { return }
    normalize(norm, stream, embeddingNorm, into: stream, parameters)
  }

  private func attend(_ index: Int, _ parameters: UnsafePointer<Scalar>) {
    let (layer, memory) = (layout.layers[index], layers[index])
    layer.attentionInput.apply(
      to: source(
        of: streams[index], layer.attentionNorm, memory.attentionNorm, memory.attentionSource,
        parameters),
      rows: rows, parameters: parameters, into: memory.projections.pointer)
    attention.mix(
      memory.projections.pointer, sequences: sequences, patterns: memory.patterns.pointer,
      into: memory.mixed.pointer)
  }

  private func addAttention(_ index: Int, _ parameters: UnsafePointer<Scalar>) {
    let (layer, memory) = (layout.layers[index], layers[index])
    layer.attentionOutput.apply(
      to: memory.mixed.pointer, rows: rows, parameters: parameters, into: memory.middle.pointer)
    add(streams[index], to: memory.middle, layer.attentionNorm, memory.attentionNorm, parameters)
  }

  private func activate(_ index: Int, _ parameters: UnsafePointer<Scalar>) {
    let (layer, memory) = (layout.layers[index], layers[index])
    layer.neuronInput.apply(
      to: source(
        of: memory.middle, layer.neuronNorm, memory.neuronNorm, memory.neuronSource, parameters),
      rows: rows, parameters: parameters, into: memory.sums.pointer)
    design.activation.apply(
      to: memory.sums.pointer, count: rows * design.neurons, into: memory.activations.pointer)
  }

  private func addNeurons(_ index: Int, _ parameters: UnsafePointer<Scalar>) {
    let (layer, memory) = (layout.layers[index], layers[index])
    layer.neuronOutput.apply(
      to: memory.activations.pointer, rows: rows, parameters: parameters,
      into: streams[index + 1].pointer)
    add(memory.middle, to: streams[index + 1], layer.neuronNorm, memory.neuronNorm, parameters)
  }

  private func read(_ parameters: UnsafePointer<Scalar>) {
    var source = streams[design.layers].pointer
    if let norm = layout.finalNorm {
      normalize(norm, source, readout.finalNorm, into: readout.source.pointer, parameters)
      source = readout.source.pointer
    }
    if let dense = layout.readout, let norm = layout.readoutNorm {
      dense.apply(
        to: source, rows: rows, parameters: parameters, into: readout.sums.pointer)
      source = readout.transformed.pointer
      design.activation.apply(
        to: readout.sums.pointer, count: rows * design.width, into: source)
      normalize(norm, source, readout.readoutNorm, into: source, parameters)
    }
    layout.output.apply(
      to: source, rows: rows, parameters: parameters, into: readout.logits.pointer)
  }

  /// What a branch reads of the stream: the stream, or its normalisation where that comes first.
  private func source(
    of stream: AlignedBuffer<Scalar>, _ norm: TransformerLayout.Norm,
    _ memory: NormMemory<Scalar>, _ target: AlignedBuffer<Scalar>,
    _ parameters: UnsafePointer<Scalar>
  ) -> UnsafeMutablePointer<Scalar> {
    guard design.normalization == .before else { return stream.pointer }
    normalize(norm, stream.pointer, memory, into: target.pointer, parameters)
    return target.pointer
  }

  /// Adds the stream to what a branch made of it, and normalises the sum where that comes last.
  private func add(
    _ stream: AlignedBuffer<Scalar>, to branch: AlignedBuffer<Scalar>,
    _ norm: TransformerLayout.Norm, _ memory: NormMemory<Scalar>,
    _ parameters: UnsafePointer<Scalar>
  ) {
    let (sum, addend) = (branch.pointer, stream.pointer)
    for i in 0..<rows * design.width { sum[i] += addend[i] }
    guard design.normalization == .after else { return }
    normalize(norm, sum, memory, into: sum, parameters)
  }

  private func normalize(
    _ norm: TransformerLayout.Norm, _ x: UnsafePointer<Scalar>, _ memory: NormMemory<Scalar>,
    into y: UnsafeMutablePointer<Scalar>, _ parameters: UnsafePointer<Scalar>
  ) {
    norm.apply(
      to: x, rows: rows, width: design.width, epsilon: design.epsilon, parameters: parameters,
      memory: memory, into: y)
  }
}

extension TransformerSite {
  /// Whether it is a head; else it is a neuron.
  var isHead: Bool {
    if case .head = self { true } else { false }
  }
}
