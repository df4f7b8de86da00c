/// How a rate grows at the beginning of a training and falls at its end, in shares of the whole.
public struct TrainingSchedule: Sendable, Codable, Equatable {
  /// The share of the steps over which the rate grows from zero, in equal parts.
  public var warmup: Double

  /// The share of the steps over which it falls to zero in the end, in equal parts.
  public var decay: Double

  /// Describes a schedule.
  ///
  /// - Parameters:
  ///   - warmup: The share of steps that grow.
  ///   - decay: The share of steps that fall.
  public init(warmup: Double = 0, decay: Double = 0) {
    self.warmup = warmup
    self.decay = decay
  }

  /// The factor of a step.
  ///
  /// - Parameters:
  ///   - step: Counts from zero.
  ///   - steps: Steps of the whole training.
  /// - Returns: A number between zero and one.
  public func callAsFunction(at step: Int, of steps: Int) -> Double {
    let (step, steps) = (Double(step), Double(steps))
    let grown = warmup > 0 ? (step + 1) / (warmup * steps) : 1
    let left = decay > 0 ? (steps - step) / (decay * steps) : 1
    return max(0, min(1, grown, left))
  }
}
