internal import Foundation

/// Adam: first-order steps scaled by running moments of the gradient.
///
/// Kingma & Ba (2015), [doi:10.48550/arXiv.1412.6980](https://doi.org/10.48550/arXiv.1412.6980).
/// It is here for comparison and for networks too large for a second-order method.
public struct Adam: Sendable, Codable, Equatable {
  /// Step size.
  public var learningRate: Double

  private static let firstDecay = 0.9
  private static let secondDecay = 0.999
  private static let epsilon = 1e-8

  private var step = 0
  private var first: [Double]
  private var second: [Double]

  /// Starts with moments of zero and the decays of the paper, 0.9 and 0.999.
  ///
  /// - Parameters:
  ///   - parameterCount: Number of parameters.
  ///   - learningRate: Step size.
  public init(parameterCount: Int, learningRate: Double = 1e-3) {
    self.learningRate = learningRate
    first = Array(repeating: 0, count: parameterCount)
    second = Array(repeating: 0, count: parameterCount)
  }

  /// Takes one step.
  ///
  /// The moments are kept in Double whatever the network computes in: they are a small part of the
  /// work, and the small gradients of a nearly solved equation stay visible.
  ///
  /// - Parameters:
  ///   - parameters: Moved in place.
  ///   - gradient: The loss's gradient, as many numbers.
  public mutating func update(_ parameters: inout [Double], gradient: [Double]) {
    precondition(parameters.count == first.count && gradient.count == first.count)
    step += 1
    let rate = learningRate / (1 - pow(Self.firstDecay, Double(step)))
    let correction = 1 / (1 - pow(Self.secondDecay, Double(step)))
    for i in parameters.indices {
      first[i] += (1 - Self.firstDecay) * (gradient[i] - first[i])
      second[i] += (1 - Self.secondDecay) * (gradient[i] * gradient[i] - second[i])
      parameters[i] -= rate * first[i] / ((second[i] * correction).squareRoot() + Self.epsilon)
    }
  }
}
