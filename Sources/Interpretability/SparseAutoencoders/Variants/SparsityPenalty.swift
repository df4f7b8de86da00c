internal import Foundation

/// How strongly a loss punishes activity.
public enum SparsityPenalty: Sendable, Codable, Equatable {
  /// A fixed coefficient λ.
  case coefficient(Double)

  /// Whatever coefficient keeps the mean number of active features, L0, at a target.
  ///
  /// A training then begins with as many active features as it is to end with, and with the coefficient
  /// `initial`, or a guess. With e = log(L0 / target), limited to ±1, each step multiplies the coefficient
  /// by `exp(gain · e)`, and moves all thresholds by 7 % of e: those follow at once, while a
  /// coefficient acts through many steps and alone would overshoot.
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

  /// How far L0 is above its target, on a logarithmic scale and within ±1; zero without a target.
  func excess(_ l0: Double) -> Double {
    target.map { max(-1, min(1, log(l0 / $0))) } ?? 0
  }

  /// The next coefficient.
  ///
  /// - Parameters:
  ///   - coefficient: The present one.
  ///   - excess: That of the last batch.
  /// - Returns: The present one, or one closer to what the target needs.
  func adapted(_ coefficient: Double, excess: Double) -> Double {
    guard case .targetL0(_, _, let gain) = self else { return coefficient }
    return coefficient * exp(gain * excess)
  }

  /// The part of an excess by which thresholds move at each step: a few steps bring down that of a
  /// normal tail, whose L0 changes some six times as fast as its threshold.
  static let thresholdGain = 0.07
}
