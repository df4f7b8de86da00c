internal import Foundation

/// Adam: first-order steps scaled by running moments of the gradient.
///
/// ```
/// m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
/// θ ← θ − η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε) − η w θ
/// ```
///
/// Kingma & Ba (2015), [doi:10.48550/arXiv.1412.6980](https://doi.org/10.48550/arXiv.1412.6980), with
/// the decoupled weight decay w of AdamW, Loshchilov & Hutter (2019),
/// [doi:10.48550/arXiv.1711.05101](https://doi.org/10.48550/arXiv.1711.05101). It is here for the
/// first steps from a random network, and for networks too large for a second-order method.
public struct Adam: FirstOrderOptimizer {
  /// Step size η.
  public let learningRate: LearningRate

  /// The share η w of each parameter that a step takes away, w.
  public let weightDecay: Double

  private static let firstDecay = 0.9
  private static let secondDecay = 0.999
  private static let epsilon = 1e-8

  private var stepCount = 0
  @PackedNumbers private var first: [Double]
  @PackedNumbers private var second: [Double]

  /// Starts with moments of zero and the decays of the paper, 0.9 and 0.999.
  ///
  /// - Parameters:
  ///   - parameterCount: Number of parameters.
  ///   - learningRate: Step size η.
  ///   - weightDecay: w.
  public init(
    parameterCount: Int, learningRate: LearningRate = LearningRate(1e-3), weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    first = Array(repeating: 0, count: parameterCount)
    second = Array(repeating: 0, count: parameterCount)
  }

  /// The learning rate of the next step.
  public var pace: Double { learningRate(at: stepCount + 1) }

  /// Takes one step along a gradient.
  ///
  /// The moments are kept in Double whatever the network computes in: they are a small part of the
  /// work, and the small gradients of a nearly solved equation stay visible.
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
    for i in parameters.indices {
      first[i] += (1 - Self.firstDecay) * (gradient[i] - first[i])
      second[i] += (1 - Self.secondDecay) * (gradient[i] * gradient[i] - second[i])
      parameters[i] -=
        rate * first[i] / ((second[i] * correction).squareRoot() + Self.epsilon)
        + decayed * weightDecay * parameters[i]
    }
  }
}
