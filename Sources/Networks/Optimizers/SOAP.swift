internal import Foundation

/// SOAP: Adam in the eigenbasis of Shampoo's preconditioner.
///
/// For the weights W of a layer, of shape `[m, n]`, running means of `G Gᵀ` and `Gᵀ G` have the
/// eigenvectors Q_L and Q_R. The gradient is turned into their basis, where the loss's curvature is
/// nearly diagonal; Adam's second moment is kept there, and the step is turned back:
///
/// ```
/// G′ = Q_Lᵀ G Q_R      V ← β₂ V + (1 − β₂) G′²      W ← W − η Q_L (Q_Lᵀ M Q_R / (√V + ε)) Q_Rᵀ
/// ```
///
/// M is the running mean of G; both are corrected for their start at zero. The bases follow by one step
/// of orthogonal iteration every ``refreshInterval`` steps. Other parameters, such as biases, take
/// Adam's steps with the same decays. Memory is `2 (m² + n² + m n)` numbers a layer.
///
/// Vyas et al. (2024), [doi:10.48550/arXiv.2409.11321](https://doi.org/10.48550/arXiv.2409.11321).
public struct SOAP: FirstOrderOptimizer {
  /// Step size η.
  public let learningRate: LearningRate

  /// The share η w of each parameter that a step takes away, w.
  public let weightDecay: Double

  /// Steps between two changes of the bases.
  public let refreshInterval: Int

  static let firstDecay = 0.95
  static let secondDecay = 0.95
  static let epsilon = 1e-8

  private var stepCount = 0
  private var layers: [EigenbasisLayer]
  @PackedNumbers private var first: [Double]
  @PackedNumbers private var second: [Double]

  /// Starts with moments of zero.
  ///
  /// - Parameters:
  ///   - parameterCount: Number of parameters.
  ///   - matrices: Those of them that are matrices; the others take Adam's steps.
  ///   - learningRate: Step size η.
  ///   - weightDecay: w.
  ///   - refreshInterval: Steps between two changes of the bases.
  public init(
    parameterCount: Int, matrices: [ParameterMatrix],
    learningRate: LearningRate = LearningRate(3e-3), weightDecay: Double = 0,
    refreshInterval: Int = 10
  ) {
    precondition(
      matrices.allSatisfy { $0.range.upperBound <= parameterCount },
      "matrices are made of parameters")
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.refreshInterval = refreshInterval
    layers = matrices.map(EigenbasisLayer.init)
    // One moment for each parameter of either kind; those of a matrix are in its basis.
    first = Array(repeating: 0, count: parameterCount)
    second = Array(repeating: 0, count: parameterCount)
  }

  /// The learning rate of the next step.
  public var pace: Double { learningRate(at: stepCount + 1) }

  /// Takes one step along a gradient.
  ///
  /// - Parameters:
  ///   - parameters: Moved in place.
  ///   - gradient: The loss's gradient, as many numbers.
  public mutating func update(_ parameters: inout [Double], gradient: [Double]) {
    precondition(parameters.count == first.count && gradient.count == first.count)
    stepCount += 1
    let decayed = learningRate(at: stepCount)
    let rate = decayed / (1 - pow(Self.firstDecay, Double(stepCount)))
    let correction = 1 / (1 - pow(Self.secondDecay, Double(stepCount)))
    for i in first.indices { first[i] += (1 - Self.firstDecay) * (gradient[i] - first[i]) }
    // What a matrix needs turned, before and after, is turned; the rest is Adam for all alike.
    var (turned, mean) = (gradient, first)
    for index in layers.indices {
      if stepCount == 1 { layers[index].begin(gradient) }
      layers[index].turn(&turned)
      layers[index].turn(&mean)
    }
    var move = mean
    for i in move.indices {
      second[i] += (1 - Self.secondDecay) * (turned[i] * turned[i] - second[i])
      move[i] = mean[i] / ((second[i] * correction).squareRoot() + Self.epsilon)
    }
    for layer in layers { layer.turnBack(&move) }
    for i in parameters.indices {
      parameters[i] -= rate * move[i] + decayed * weightDecay * parameters[i]
    }
    for index in layers.indices {
      layers[index].learn(gradient)
      if stepCount % refreshInterval == 0 { layers[index].refresh() }
    }
  }
}
