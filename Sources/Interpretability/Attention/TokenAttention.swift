internal import Networks
public import PINN
public import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Attention between the tokens of a layer of an attention-enhanced network, point by point.
///
/// The units of a layer are T tokens that attend to one another before the next layer reads them, at each
/// point on its own: `A = softmax(Q Kᵀ / √d)`.
public struct TokenAttention: Sendable, Equatable {
  /// The layer that reads what attention gives: `layer1`, ….
  public let layer: String

  /// Number of tokens, T.
  public let tokens: Int

  /// A of each point, `[points, T²]`; row t of A is how much token t attends to each.
  public let patterns: Matrix<Double>

  /// A in few numbers.
  public struct Summary: Sendable, Codable, Equatable {
    /// The layer that reads what attention gives.
    public let layer: String

    /// The mean of A over the points, `[T][T]`.
    public let mean: [[Double]]

    /// The standard deviation of A over the points: small where attention does not depend on the point.
    public let deviation: [[Double]]

    /// The mean entropy of a token's attention, in nats.
    public let entropy: Double

    /// The entropy of even attention, `log T`.
    public let evenEntropy: Double
  }

  /// Means over the points.
  public var summary: Summary {
    let columns = (0..<tokens * tokens).map { patterns.column($0) }
    let count = Double(patterns.rows)
    let means = columns.map { Statistics.sum($0) / count }
    let deviations = zip(columns, means).map { column, mean in
      (Statistics.sum(column.lazy.map { ($0 - mean) * ($0 - mean) }) / count).squareRoot()
    }
    func square(_ values: [Double]) -> [[Double]] {
      (0..<tokens).map { Array(values[$0 * tokens..<($0 + 1) * tokens]) }
    }
    let entropy = -Statistics.sum(patterns.elements.lazy.map { $0 > 0 ? $0 * log($0) : 0 })
    return Summary(
      layer: layer, mean: square(means), deviation: square(deviations),
      entropy: entropy / (count * Double(tokens)), evenEntropy: log(Double(tokens)))
  }
}

extension TrainedNetwork {
  /// How the tokens of each layer attend to one another at some points.
  ///
  /// - Parameters:
  ///   - points: One array of coordinates for each input; at least one point.
  ///   - threads: Number of threads; no result depends on it.
  /// - Returns: Attention before each layer but the first; nothing if the network has none.
  public func tokenAttention(
    at points: [[Double]], threads: Int = defaultThreadCount
  ) -> [TokenAttention] {
    let sources = network.attentionLayers.map { network.sites[$0 - 1] }
    guard !sources.isEmpty else { return [] }
    let activations = SiteActivations(self, sites: sources, threads: threads).values(at: points)
    return zip(network.attentionLayers, activations).map { layer, values in
      let width = network.hidden[layer - 1]
      let source = Matrix(rows: values.count / width, columns: width, elements: values)
      return TokenAttention(
        layer: "layer\(layer)", tokens: network.design.tokens,
        patterns: patterns(
          project(source, by: "layer\(layer).query"), project(source, by: "layer\(layer).key")))
    }
  }

  /// A dense layer by its tensors, `x Wᵀ + b`.
  private func project(_ source: Matrix<Double>, by name: String) -> Matrix<Double> {
    var weights = Matrix(
      rows: source.columns, columns: source.columns, elements: tensor("\(name).weight") ?? [])
    if let scales = tensor("\(name).scale") {
      for i in 0..<weights.rows {
        for j in 0..<weights.columns { weights[i, j] *= exp(scales[i]) }
      }
    }
    var result = source * weights.transposed
    let biases = tensor("\(name).bias") ?? []
    for i in 0..<result.rows {
      for (j, bias) in biases.enumerated() { result[i, j] += bias }
    }
    return result
  }

  private func tensor(_ name: String) -> [Double]? {
    network.tensors.first { $0.name == name }.map { Array(parameters[$0.range]) }
  }

  private func patterns(_ queries: Matrix<Double>, _ keys: Matrix<Double>) -> Matrix<Double> {
    let tokens = network.design.tokens
    let size = queries.columns / tokens
    var patterns = Matrix<Double>(rows: queries.rows, columns: tokens * tokens)
    for point in 0..<queries.rows {
      for query in 0..<tokens {
        let scores = (0..<tokens).map { key in
          (0..<size).reduce(0) {
            $0 + queries[point, query * size + $1] * keys[point, key * size + $1]
          } / Double(size).squareRoot()
        }
        // The greatest is taken off, so that nothing overflows.
        let weights = scores.map { exp($0 - (scores.max() ?? 0)) }
        let sum = weights.reduce(0, +)
        for key in 0..<tokens { patterns[point, query * tokens + key] = weights[key] / sum }
      }
    }
    return patterns
  }
}

extension Network {
  /// The layers before which tokens attend: all but the first of a network with attention.
  var attentionLayers: [Int] {
    design.kind == .attention ? Array(1..<design.hidden.count) : []
  }
}
