internal import Foundation

/// The step size of a first-order method as a function of the step: warm-up, then decay.
///
/// ```swift
/// let rate = LearningRate(1e-3, warmup: 100, decay: .cosine(end: 1e-6, steps: 5000))
/// rate(at: 50)   // 5e-4: half of the warm-up
/// ```
public struct LearningRate: Sendable, Codable, Equatable {
  /// The rate after the warm-up, from which it decays.
  public var start: Double

  /// Number of first steps over which the rate grows from zero, in equal parts.
  public var warmup: Int

  /// What becomes of it then.
  public var decay: Decay

  /// How a rate changes; n counts the steps after the warm-up.
  public enum Decay: Sendable, Codable, Equatable {
    /// It stays.
    case constant

    /// `start · factor^(n / interval)`, continuously.
    case exponential(factor: Double, interval: Int)

    /// `end + (start − end) (1 + cos(π n / steps)) / 2`, and `end` from then on: Loshchilov & Hutter
    /// (2017), [doi:10.48550/arXiv.1608.03983](https://doi.org/10.48550/arXiv.1608.03983).
    case cosine(end: Double, steps: Int)
  }

  /// Describes a schedule.
  ///
  /// - Parameters:
  ///   - start: The rate after the warm-up.
  ///   - warmup: Number of steps over which it grows from zero.
  ///   - decay: What becomes of it then.
  public init(_ start: Double, warmup: Int = 0, decay: Decay = .constant) {
    self.start = start
    self.warmup = warmup
    self.decay = decay
  }

  /// The rate of a step.
  ///
  /// - Parameter step: Counts from 1.
  /// - Returns: The rate.
  public func callAsFunction(at step: Int) -> Double {
    if step <= warmup { return start * Double(step) / Double(warmup) }
    // The first step after the warm-up, and the very first one without, has the full rate.
    let n = Double(step - max(warmup, 1))
    switch decay {
    case .constant: return start
    case .exponential(let factor, let interval): return start * pow(factor, n / Double(interval))
    case .cosine(let end, let steps):
      let fraction = min(1, n / Double(steps))
      return end + (start - end) * 0.5 * (1 + cos(.pi * fraction))
    }
  }
}
