internal import Tensors

extension TransformerPass {
  /// Adds the gradient of `Σ adjoint · logit` by the parameters.
  ///
  /// Reads the logits' adjoints, `adjoints.logits`; ``forward(_:parameters:holding:)`` must have run
  /// before, with nothing held.
  ///
  /// - Parameters:
  ///   - tokens: The tokens of that pass.
  ///   - parameters: The flat parameters.
  ///   - gradient: Where the gradient is added, laid out like the parameters.
  func reverse(
    _ tokens: ArraySlice<Int>, parameters: UnsafePointer<Scalar>,
    gradient: UnsafeMutablePointer<Scalar>
  ) {
    reverseReading(parameters, gradient)
    for layer in (0..<design.layers).reversed() {
      reverseNeurons(layer, parameters, gradient)
      reverseAttention(layer, parameters, gradient)
    }
    reverseEmbedding(tokens, parameters, gradient)
  }

  private func reverseReading(
    _ parameters: UnsafePointer<Scalar>, _ gradient: UnsafeMutablePointer<Scalar>
  ) {
    let stream = adjoints.stream.pointer
    let last = streams[design.layers]
    let source = layout.finalNorm == nil ? last : readout.source
    let read = layout.readout == nil ? source : readout.transformed
    layout.output.reverse(
      adjoints.logits.pointer, input: read.pointer, rows: rows, parameters: parameters,
      gradient: gradient, into: stream)
    if let dense = layout.readout, let norm = layout.readoutNorm {
      let branch = adjoints.branch.pointer
      normalizeReverse(norm, stream, readout.readoutNorm, parameters, gradient)
      design.activation.reverse(
        stream, sums: readout.sums.pointer, count: rows * design.width,
        scratch: adjoints.scratch.pointer)
      dense.reverse(
        stream, input: source.pointer, rows: rows, parameters: parameters, gradient: gradient,
        into: branch)
      stream.update(from: branch, count: rows * design.width)
    }
    guard let norm = layout.finalNorm else { return }
    normalizeReverse(norm, stream, readout.finalNorm, parameters, gradient)
  }

  private func reverseNeurons(
    _ index: Int, _ parameters: UnsafePointer<Scalar>, _ gradient: UnsafeMutablePointer<Scalar>
  ) {
    let (layer, memory) = (layout.layers[index], layers[index])
    let source = design.normalization == .before ? memory.neuronSource : memory.middle
    reverseBranch(layer.neuronNorm, memory.neuronNorm, parameters, gradient) { stream, branch in
      let wide = adjoints.wide.pointer
      layer.neuronOutput.reverse(
        stream, input: memory.activations.pointer, rows: rows, parameters: parameters,
        gradient: gradient, into: wide)
      design.activation.reverse(
        wide, sums: memory.sums.pointer, count: rows * design.neurons,
        scratch: adjoints.scratch.pointer)
      layer.neuronInput.reverse(
        wide, input: source.pointer, rows: rows, parameters: parameters, gradient: gradient,
        into: branch)
    }
  }

  private func reverseAttention(
    _ index: Int, _ parameters: UnsafePointer<Scalar>, _ gradient: UnsafeMutablePointer<Scalar>
  ) {
    let (layer, memory) = (layout.layers[index], layers[index])
    let source = design.normalization == .before ? memory.attentionSource : streams[index]
    reverseBranch(layer.attentionNorm, memory.attentionNorm, parameters, gradient) {
      stream, branch in
      let wide = adjoints.wide.pointer
      layer.attentionOutput.reverse(
        stream, input: memory.mixed.pointer, rows: rows, parameters: parameters,
        gradient: gradient, into: branch)
      attention.reverse(
        branch, projections: memory.projections.pointer, sequences: sequences,
        patterns: memory.patterns.pointer, scratch: adjoints.scratch.pointer, into: wide)
      layer.attentionInput.reverse(
        wide, input: source.pointer, rows: rows, parameters: parameters, gradient: gradient,
        into: branch)
    }
  }

  /// Goes back through what a layer adds to the stream, and through its normalisation before or behind.
  ///
  /// - Parameters:
  ///   - norm: The normalisation.
  ///   - memory: What the forward pass has kept of it.
  ///   - parameters: The flat parameters.
  ///   - gradient: Where the gradient is added.
  ///   - body: Makes the branch's adjoints out of the stream's.
  private func reverseBranch(
    _ norm: TransformerLayout.Norm, _ memory: NormMemory<Scalar>,
    _ parameters: UnsafePointer<Scalar>, _ gradient: UnsafeMutablePointer<Scalar>,
    through body: (_ stream: UnsafeMutablePointer<Scalar>, _ branch: UnsafeMutablePointer<Scalar>)
      -> Void
  ) {
    let (stream, branch) = (adjoints.stream.pointer, adjoints.branch.pointer)
    let normalizesFirst = design.normalization == .before
    if !normalizesFirst { normalizeReverse(norm, stream, memory, parameters, gradient) }
    body(stream, branch)
    if normalizesFirst { normalizeReverse(norm, branch, memory, parameters, gradient) }
    // The derivatives that went past the branch stay.
    for i in 0..<rows * design.width { stream[i] += branch[i] }
  }

  private func reverseEmbedding(
    _ tokens: ArraySlice<Int>, _ parameters: UnsafePointer<Scalar>,
    _ gradient: UnsafeMutablePointer<Scalar>
  ) {
    let (stream, width) = (adjoints.stream.pointer, design.width)
    if let norm = layout.embeddingNorm {
      normalizeReverse(norm, stream, embeddingNorm, parameters, gradient)
    }
    for (row, token) in tokens.enumerated() {
      let vector = gradient + layout.tokens + token * width
      let position = gradient + layout.positions + row % length * width
      let values = stream + row * width
      for j in 0..<width { vector[j] += values[j] }
      for j in 0..<width { position[j] += values[j] }
    }
  }

  private func normalizeReverse(
    _ norm: TransformerLayout.Norm, _ adjoint: UnsafeMutablePointer<Scalar>,
    _ memory: NormMemory<Scalar>, _ parameters: UnsafePointer<Scalar>,
    _ gradient: UnsafeMutablePointer<Scalar>
  ) {
    norm.reverse(
      adjoint, rows: rows, width: design.width, parameters: parameters, memory: memory,
      gradient: gradient)
  }
}
