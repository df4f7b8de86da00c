internal import Foundation

/// How strongly a loss punishes activity.
public enum SparsityPenalty: Sendable, Codable, Equatable {
  /// A fixed coefficient λ.
  case coefficient(Double)

  /// Whatever coefficient keeps the mean number of active features, L0, at a target.
  ///
  /// A training then begins with as many active features as it is to end with, and with the coefficient
  /// `initial`, or a guess; each step multiplies it by `exp(gain · log(L0 / target))`, the logarithm
  /// limited to ±1.
  case targetL0(Double, initial: Double? = nil, gain: Double = 0.03)

  /// The number of active features that is wanted; nil with a fixed coefficient.
  var target: Double? {
    switch self {
    case .coefficient: nil
    case .targetL0(let target, _, _): target
    }
  }

  /// The coefficient that a training starts with.
  ///
  /// - Parameter guess: The start towards a target that comes without one.
  /// - Returns: The fixed coefficient, or where the search for one begins.
  func start(_ guess: Double) -> Double {
    switch self {
    case .coefficient(let value): value
    case .targetL0(_, let initial, _): initial ?? guess
    }
  }

  /// The next coefficient.
  ///
  /// - Parameters:
  ///   - coefficient: The present one.
  ///   - l0: The mean number of active features of the last batch.
  /// - Returns: The present one, or one closer to what the target needs.
  func adapted(_ coefficient: Double, l0: Double) -> Double {
    guard case .targetL0(let target, _, let gain) = self else { return coefficient }
    return coefficient * exp(gain * max(-1, min(1, log(l0 / target))))
  }
}
