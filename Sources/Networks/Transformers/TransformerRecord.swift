public import Tensors

/// What a transformer computed for a batch: attention, neurons and the residual stream, with its logits.
///
/// Rows are positions, sequence after sequence: row `sequence · length + position`.
public struct TransformerRecord: Sendable {
  /// The transformer's design.
  public let design: TransformerDesign

  /// What it read.
  public let batch: TokenBatch

  /// The residual stream before each layer and after the last one, `[rows, width]` each.
  public let streams: [Matrix<Double>]

  /// What the heads of each layer have read, head after head, `[rows, width]` each.
  public let heads: [Matrix<Double>]

  /// The activations of each layer's neurons, `[rows, neurons]` each.
  public let neurons: [Matrix<Double>]

  /// The logits, `[rows, vocabulary]`.
  public let logits: Matrix<Double>

  /// Attention of each layer, `[sequences · heads · length, length]` each.
  private let patterns: [Matrix<Double>]

  /// How much each position of a sequence attends to each other.
  ///
  /// - Parameters:
  ///   - sequence: Which sequence of the batch.
  ///   - layer: The layer.
  ///   - head: The head within the layer.
  /// - Returns: `[length, length]`; row i is a probability distribution over what position i reads.
  public func pattern(sequence: Int, layer: Int, head: Int) -> Matrix<Double> {
    precondition(
      (0..<batch.count).contains(sequence) && (0..<design.heads).contains(head),
      "the pattern is one of the record's")
    let (length, first) = (batch.length, (sequence * design.heads + head) * batch.length)
    return Matrix(
      rows: length, columns: length,
      elements: (first..<first + length).flatMap { patterns[layer].row($0) })
  }

  /// The values of a head or a neuron.
  ///
  /// - Parameter site: The part.
  /// - Returns: One column for each of the head's dimensions, or one; `[rows, columns]`.
  public func values(of site: TransformerSite) -> Matrix<Double> {
    precondition(site.exists(in: design), "the transformer has no \(site)")
    let source = site.isHead ? heads[site.layer] : neurons[site.layer]
    let columns = site.columns(in: design)
    return Matrix(
      rows: source.rows, columns: columns.count,
      elements: (0..<source.rows).flatMap { row in columns.map { source[row, $0] } })
  }

  /// Runs a transformer and copies what it computed.
  init(_ transformer: Transformer, _ batch: TokenBatch, holding held: [HeldSite], threads: Int) {
    let design = transformer.design
    let (rows, length) = (batch.tokens.count, batch.length)
    func buffers(_ count: Int, _ size: Int) -> [AlignedBuffer<Double>] {
      (0..<count).map { _ in AlignedBuffer(count: size, repeating: 0) }
    }
    let streams = buffers(design.layers + 1, rows * design.width)
    let heads = buffers(design.layers, rows * design.width)
    let neurons = buffers(design.layers, rows * design.neurons)
    let patterns = buffers(design.layers, rows * design.heads * length)
    let logits = AlignedBuffer(count: rows * design.vocabulary, repeating: 0.0)
    let engine = TransformerEngine<Double>(
      design, length: length, sequences: batch.count, threads: threads)
    engine.load(transformer.parameters)
    engine.forEachBlock(of: batch) { _, rows, pass, parameters in
      pass.forward(batch.tokens[rows], parameters: parameters, holding: held)
      func copy(_ source: AlignedBuffer<Double>, _ target: AlignedBuffer<Double>, _ columns: Int) {
        (target.pointer + rows.lowerBound * columns)
          .update(from: source.pointer, count: rows.count * columns)
      }
      for layer in 0..<design.layers {
        let memory = pass.layers[layer]
        copy(pass.streams[layer], streams[layer], design.width)
        copy(memory.mixed, heads[layer], design.width)
        copy(memory.activations, neurons[layer], design.neurons)
        copy(memory.patterns, patterns[layer], design.heads * length)
      }
      copy(pass.streams[design.layers], streams[design.layers], design.width)
      copy(pass.readout.logits, logits, design.vocabulary)
    }
    func matrix(_ buffer: AlignedBuffer<Double>, _ columns: Int) -> Matrix<Double> {
      var matrix = Matrix<Double>(rows: buffer.count / columns, columns: columns)
      matrix.withUnsafeMutablePointer { $0.update(from: buffer.pointer, count: buffer.count) }
      return matrix
    }
    self.design = design
    self.batch = batch
    self.streams = streams.map { matrix($0, design.width) }
    self.heads = heads.map { matrix($0, design.width) }
    self.neurons = neurons.map { matrix($0, design.neurons) }
    self.patterns = patterns.map { matrix($0, length) }
    self.logits = matrix(logits, design.vocabulary)
  }
}

extension Transformer {
  /// Reads a batch and remembers all that was computed; in double precision.
  ///
  /// - Parameters:
  ///   - batch: The sequences.
  ///   - held: Parts to hold at values, which the transformer has.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: Attention, neurons, the residual stream and the logits.
  public func record(
    _ batch: TokenBatch, holding held: [HeldSite] = [], threads: Int = defaultThreadCount
  ) -> TransformerRecord {
    check(held)
    return TransformerRecord(self, batch, holding: held, threads: threads)
  }

  /// Refuses parts that the transformer does not have.
  func check(_ held: [HeldSite]) {
    for part in held {
      precondition(
        part.site.exists(in: design)
          && part.values.count == part.site.columns(in: design).count,
        "the transformer has no \(part.site) of \(part.values.count) numbers")
    }
  }
}
