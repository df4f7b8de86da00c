#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The best formula of each complexity.
///
/// Losses are confirmed ones: Double, all rows, constants fitted to the end. So two formulas of one
/// complexity are compared on what they are and not on how the search happened to meet them.
public struct HallOfFame: Sendable, Equatable {
  /// A formula and how well it does.
  public struct Entry: Sendable, Equatable {
    /// The formula.
    public let expression: Expression

    /// The sum of the grammar's weights over its nodes.
    public let complexity: Int

    /// The weighted mean of squared residuals over all rows.
    public let loss: Double

    /// `1 − Σ w r² / Σ w (y − ȳ)²`.
    public let rSquared: Double

    /// What an ``IslandSearch/judge(by:)`` adds to ``loss``; 0 without one.
    public let penalty: Double

    /// What formulas are compared by.
    public var cost: Double { loss + penalty }

    /// The numbers in the formula, in postfix order.
    public var constants: [Double] { expression.constants }

    /// Creates an entry.
    ///
    /// - Parameters:
    ///   - expression: The formula.
    ///   - complexity: Its complexity in the grammar.
    ///   - loss: The weighted mean of its squared residuals.
    ///   - rSquared: The share of the target's variation that it explains.
    ///   - penalty: What is added to the loss where formulas are compared.
    public init(
      expression: Expression, complexity: Int, loss: Double, rSquared: Double, penalty: Double = 0
    ) {
      self.expression = expression
      self.complexity = complexity
      self.loss = loss
      self.rSquared = rSquared
      self.penalty = penalty
    }
  }

  /// The best formula of each complexity, the simplest first, dominated ones included.
  public private(set) var entries: [Entry] = []

  /// The loss that rounding alone leaves: below it no formula is better than another.
  public let resolution: Double

  /// An empty hall of fame.
  ///
  /// - Parameter resolution: The loss that rounding alone leaves.
  public init(resolution: Double = 0) {
    self.resolution = resolution
  }

  /// Enters a formula if it is the best of its complexity.
  ///
  /// - Parameter entry: A formula; one whose loss is not a number is refused.
  /// - Returns: Whether it was entered.
  @discardableResult
  public mutating func insert(_ entry: Entry) -> Bool {
    guard entry.cost >= 0 else { return false }
    let index = entries.firstIndex { $0.complexity >= entry.complexity } ?? entries.count
    if index < entries.count && entries[index].complexity == entry.complexity {
      guard entry.cost < entries[index].cost else { return false }
      entries[index] = entry
    } else {
      entries.insert(entry, at: index)
    }
    return true
  }

  /// The entries that no simpler one equals or beats: the Pareto front of complexity and cost.
  public var front: [Entry] {
    var least = Double.infinity
    return entries.filter { entry in
      defer { least = min(least, max(entry.cost, resolution)) }
      return entry.cost < least && (least > resolution || least == .infinity)
    }
  }

  /// How much each entry of ``front`` gains: `−Δ log(cost) / Δ complexity` against the one before.
  ///
  /// The simplest one has score 0. This is the score of PySR (Cranmer 2023,
  /// [doi:10.48550/arXiv.2305.01582](https://doi.org/10.48550/arXiv.2305.01582)).
  public var scores: [Double] {
    let front = front
    let logarithms = front.map { Self.logLoss(max($0.cost, resolution)) }
    return front.indices.map { index in
      guard index > 0 else { return 0 }
      let gain = logarithms[index - 1] - logarithms[index]
      return gain / Double(front[index].complexity - front[index - 1].complexity)
    }
  }

  /// The entry with the highest score among those whose cost is at most 1.5 times the least.
  public var best: Entry? {
    let front = front
    guard let least = front.last?.cost else { return nil }
    let scored = zip(front, scores).filter { $0.0.cost <= 1.5 * max(least, resolution) }
    // The simplest of equal scores.
    return scored.reduce(nil as (Entry, Double)?) { best, next in
      if let best, best.1 >= next.1 { best } else { next }
    }?.0
  }

  /// The logarithm of a loss; a loss of zero is as good as the smallest number.
  ///
  /// - Parameter loss: A loss that is not negative.
  /// - Returns: A finite number for a finite loss.
  public static func logLoss(_ loss: Double) -> Double {
    log(max(loss, .leastNormalMagnitude))
  }

  /// The least loss.
  public var leastLoss: Double { entries.map(\.loss).min() ?? .infinity }
}
