package import Limbeck

/// A known law, and where in its variables it is measured.
package struct BenchmarkProblem: Sendable, Equatable {
  /// How the rows come about.
  package enum Measurement: Sendable, Equatable {
    /// Each variable on its own: drawn at random or on a grid.
    case independent

    /// Along trajectories of a system of ordinary differential equations, whose first rows are drawn
    /// from the ranges.
    case trajectories(Flow)
  }

  /// The set of problems that it belongs to, such as `feynman`.
  package let group: String

  /// The name in the literature, such as `I.6.2a`.
  package let id: String

  /// What the law is about, possibly empty.
  package let title: String

  /// Where formula and ranges were published.
  package let source: String

  /// The name of what the formula computes.
  package let target: Symbol

  /// The law as a textbook writes it.
  package let formula: Expression

  /// The variables with their ranges, in the order of the table's columns.
  package let variables: [Variable]

  /// How the rows come about.
  package let measurement: Measurement

  /// The number of random rows if the literature fixes it.
  package let rows: Int?

  /// Standard deviation of the noise in units of the target's, if the literature fixes it.
  package let noise: Double?
}

/// One variable of a law.
package struct Variable: Sendable, Equatable {
  /// How values are chosen from a range.
  package enum Sampling: Sendable, Equatable {
    /// Uniformly at random.
    case uniform

    /// At random, uniform in the logarithm.
    case logarithmic

    /// Whole numbers at random, bounds included.
    case integer

    /// Every value of a grid, combined with every value of the other grids.
    case grid(step: Double)
  }

  /// The name.
  package let symbol: Symbol

  /// The least and the greatest value.
  package let range: ClosedRange<Double>

  /// How values are chosen.
  package let sampling: Sampling
}

/// A system of ordinary differential equations of first order, observed at regular times.
package struct Flow: Sendable, Equatable {
  /// The rate of change of each variable, in their order.
  package let rates: [Expression]

  /// The number of trajectories.
  package let count: Int

  /// The time at which each ends.
  package let duration: Double

  /// The time between two observations.
  package let step: Double
}
