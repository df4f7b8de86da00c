public import Tensors

/// Pairs and triplets of neurons that read a derivative as a finite difference would.
///
/// A difference `aᵢ − aⱼ` of two neurons that are one profile, shifted, is a first derivative of that
/// profile; `aᵢ − 2aₖ + aⱼ` a second one. If a network computed derivatives by such stencils, some
/// difference would correlate with the derivative far better than the best single neuron does, and far
/// better than differences correlate with a smooth random field or do in an untrained network: among
/// thousands of pairs the best is good by chance, so the comparison is with the best there.
public struct StencilReading: Sendable, Equatable {
  /// The shapes of differences.
  public enum Shape: String, Sendable, CaseIterable {
    /// `aᵢ − aⱼ`.
    case pair

    /// `aᵢ − 2aₖ + aⱼ`, neurons i, k, j.
    case triplet
  }

  /// The shape of the difference.
  public let shape: Shape

  /// The neurons, as the shape orders them.
  public let neurons: [Int]

  /// The squared correlation of the difference with the target.
  public let r2: Double

  /// The best single neuron, for comparison.
  public let neuron: Int

  /// The squared correlation of the best single neuron.
  public let neuronR2: Double

  /// The difference of a shape that correlates best with a target.
  ///
  /// - Parameters:
  ///   - shape: The shape.
  ///   - activations: Shape `[samples, neurons]`, at least as many neurons as the shape has.
  ///   - target: One value for each sample.
  /// - Returns: The difference; nil if the target or every neuron is constant.
  /// - Complexity: O(samples · neurons² + neurons³).
  public static func best(
    _ shape: Shape, in activations: Matrix<Double>, of target: [Double]
  ) -> StencilReading? {
    let (samples, width) = (activations.rows, activations.columns)
    precondition(target.count == samples, "each sample has a target")
    guard width >= (shape == .pair ? 2 : 3), let mean = Statistics.mean(target) else { return nil }
    var centred = activations
    for j in 0..<width {
      let mean = Statistics.mean(activations.column(j)) ?? 0
      centred.withUnsafeMutablePointer { a in
        for i in 0..<samples { a[i * width + j] -= mean }
      }
    }
    let y = target.map { $0 - mean }
    let variation = Statistics.sum(y.lazy.map { $0 * $0 })
    guard variation > 0 else { return nil }
    let products = (Matrix(rows: 1, columns: samples, elements: y) * centred).row(0)
    let gram = centred.gram
    let size = (0..<width).reduce(0) { max($0, gram[$1, $1]) }

    /// The squared correlation of `Σ c a` over some neurons.
    func correlation(_ terms: [(Int, Double)]) -> Double {
      var product = 0.0
      var norm = 0.0
      for (i, c) in terms {
        product += c * products[i]
        for (j, d) in terms { norm += c * d * gram[i, j] }
      }
      // Twins differ by rounding alone; what that correlates with is of no meaning.
      return norm > 1e-12 * size ? product * product / (norm * variation) : 0
    }
    var best: (r2: Double, neurons: [Int]) = (-1, [])
    for i in 0..<width {
      for j in (i + 1)..<max(width, i + 1) {
        switch shape {
        case .pair:
          let r2 = correlation([(i, 1), (j, -1)])
          if r2 > best.r2 { best = (r2, [i, j]) }
        case .triplet:
          for k in 0..<width where k != i && k != j {
            let r2 = correlation([(i, 1), (k, -2), (j, 1)])
            if r2 > best.r2 { best = (r2, [i, k, j]) }
          }
        }
      }
    }
    let single = (0..<width).map { correlation([($0, 1)]) }
    guard best.r2 > 0, let neuron = single.indices.max(by: { single[$0] < single[$1] }) else {
      return nil
    }
    return StencilReading(
      shape: shape, neurons: best.neurons, r2: best.r2, neuron: neuron, neuronR2: single[neuron])
  }
}
