internal import Foundation

/// How strongly a loss punishes activity.
public enum SparsityPenalty: Sendable, Codable, Equatable {
  /// A fixed coefficient λ.
  case coefficient(Double)

  /// Whatever coefficient keeps the mean number of active features, L0, at a target; it starts at
  /// `initial` and is multiplied by `exp(gain · (L0 − target) / target)` at each step.
  case targetL0(Double, initial: Double, gain: Double = 0.01)

  /// The coefficient that a training starts with.
  var start: Double {
    switch self {
    case .coefficient(let value): value
    case .targetL0(_, let initial, _): initial
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
    // Far above the target, as in the beginning, L0 says little about the coefficient.
    return coefficient * exp(gain * min(1, (l0 - target) / target))
  }
}
