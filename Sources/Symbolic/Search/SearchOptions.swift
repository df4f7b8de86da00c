/// How a search goes about it.
///
/// The defaults are those that recovered most formulas per second.
public struct SearchOptions: Sendable, Equatable, Codable {
  /// The number of populations; fixed, whatever the number of cores, so that results repeat.
  ///
  /// Those of peeled and group views come on top.
  public var islands = 16

  /// The formulas in each population.
  public var population = 100

  /// The offspring that each island makes between two barriers.
  ///
  /// The first epochs are shorter, so that what is easy is found at once.
  public var epoch = 1000

  /// The rows that the search looks at; all rows confirm what it finds.
  public var searchRows = 256

  /// The rows that tell at a barrier which formulas are worth a closer look.
  public var screenRows = 512

  /// The most rows that constants are fitted to at a barrier; losses are always on all rows.
  public var fitRows = 2048

  /// The formulas compared to select a parent.
  public var tournament = 5

  /// What one unit of complexity must gain in `log(loss)` to be worth it during the search.
  public var parsimony = 0.3

  /// How strongly crowded complexities are avoided.
  public var crowding = 20.0

  /// The front members that each island receives at a barrier.
  public var migrants = 4

  /// The epochs after which all islands start afresh on other rows, half as many again after each
  /// restart; what was found stays in the hall of fame.
  public var patience = 20

  /// Whether some islands search for a transform of the target; see `TargetTransform`.
  public var usesTransforms = true

  /// Whether some islands search for factors beside a power law; see `ViewShape`.
  public var usesMonomials = true

  /// Whether quadratic forms of the columns come free in some views; see `ViewShape`.
  public var usesQuadratics = true

  /// Whether separable powers of variables are divided out; see `Peeling`.
  public var usesPeeling = true

  /// Whether a product of powers that the target depends on is offered as a variable; see
  /// `VariableGroup`.
  public var usesGroups = true

  /// Whether combinations of variables that can take the place of two are offered as variables; see
  /// `CoordinateReduction`.
  public var usesSymmetries = true

  /// Whether all small trees are tried where there are one or two variables, and sums of products of
  /// simple functions everywhere; see `SkeletonEnumeration` and `TermLibrary`.
  public var usesEnumeration = true

  /// Formulas over the table's columns to start from, their constants as first values.
  ///
  /// They are fitted, entered into the hall of fame, and live on every island whose view can state them.
  public var guesses: [Expression] = []

  /// Creates the default options.
  public init() {}

  /// The same options without the views that rest on least squares.
  var withPlainViewsOnly: SearchOptions {
    var options = self
    options.usesTransforms = false
    options.usesMonomials = false
    options.usesQuadratics = false
    options.usesPeeling = false
    options.usesGroups = false
    options.usesSymmetries = false
    return options
  }
}

/// When a search stops.
///
/// All tests are made at barriers, between epochs.
public struct SearchBudget: Sendable, Equatable {
  /// Wall-clock seconds; a search stopped by them does not repeat bit by bit.
  public var seconds: Double?

  /// Evaluations of candidates, counted from the beginning of the search.
  public var evaluations: Int?

  /// The normalised loss `1 − R²` on all rows at which the search is done.
  public var targetLoss: Double?

  /// Creates a budget.
  ///
  /// - Parameters:
  ///   - seconds: Wall-clock limit.
  ///   - evaluations: Limit on evaluations.
  ///   - targetLoss: Normalised loss to stop at.
  public init(seconds: Double? = nil, evaluations: Int? = nil, targetLoss: Double? = nil) {
    self.seconds = seconds
    self.evaluations = evaluations
    self.targetLoss = targetLoss
  }
}

/// What a search has spent.
public struct SearchCounts: Sendable, Equatable, Codable {
  /// Evaluations of candidates on the rows of the search; a Jacobian counts as one.
  public var evaluations = 0

  /// Offspring made, those that were not evaluated included.
  public var offspring = 0

  /// Offspring dropped because their skeleton had been tried often enough.
  public var duplicates = 0

  /// Offspring dropped because they broke the grammar's limits or had no value.
  public var rejected = 0

  /// Formulas fitted in Double.
  public var confirmations = 0

  /// Barriers passed.
  public var epochs = 0

  /// Times that all islands started afresh.
  public var restarts = 0

  /// No counts.
  public init() {}

  static func + (left: SearchCounts, right: SearchCounts) -> SearchCounts {
    var sum = left
    sum.evaluations += right.evaluations
    sum.offspring += right.offspring
    sum.duplicates += right.duplicates
    sum.rejected += right.rejected
    sum.confirmations += right.confirmations
    sum.epochs += right.epochs
    sum.restarts += right.restarts
    return sum
  }
}

/// Why a search ended.
public enum SearchStop: String, Sendable, Codable, CaseIterable {
  /// A formula reached the target loss.
  case targetReached
  /// The evaluations are spent.
  case evaluations
  /// The time is over.
  case seconds
  /// The caller asked for it.
  case cancelled
}

/// Whether a search goes on after a barrier.
public enum SearchVerdict: Sendable {
  /// Search on, within the budget.
  case proceed

  /// Stop here.
  case stop
}

/// What is known at a barrier.
public struct SearchProgress: Sendable {
  /// Seconds since this run of the search began.
  public let seconds: Double

  /// What was spent.
  public let counts: SearchCounts

  /// Evaluations per second of this run.
  public let rate: Double

  /// The best formulas so far.
  public let hallOfFame: HallOfFame
}

/// What a search found.
public struct SearchResult: Sendable {
  /// The best formula of each complexity.
  public let hallOfFame: HallOfFame

  /// What was spent.
  public let counts: SearchCounts

  /// Why it ended.
  public let stop: SearchStop
}
