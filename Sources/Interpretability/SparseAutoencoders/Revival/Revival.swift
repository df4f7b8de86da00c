/// What becomes of dead features: those that no sample activates, and those that hardly matter while
/// the dictionary lacks others.
public struct Revival: Sendable, Codable, Equatable {
  /// Samples without activity after which a feature counts as dead.
  public var deadAfter = 20_000

  /// A feature starts anew where a direction is found that would explain this many times as much as the
  /// feature does, by the mean square of its contributions.
  public var restartGain = 2.0

  /// Samples between two occasions at which the weakest features may start anew; nil for never.
  public var restartEvery: Int? = 40_000

  /// The share of the training after which none starts anew, so that all have time to settle.
  public var restartUntil = 0.85

  /// The most features that start anew at one occasion.
  public var restartLimit = 32

  /// The weight α of the loss by which dead features learn what the live ones leave, AuxK; zero for
  /// none.
  public var auxiliaryWeight = 0.3

  /// Dead features that a sample may use for it; nil for half of the output's width.
  public var auxiliaryCount: Int?

  /// The usual means: restarts and AuxK.
  public init() {}

  /// No revival.
  public static var none: Revival {
    var revival = Revival()
    revival.restartEvery = nil
    revival.auxiliaryWeight = 0
    return revival
  }
}
