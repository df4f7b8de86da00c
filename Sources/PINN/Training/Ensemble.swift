public import RunStore
internal import Symbolic
internal import Tensors

/// Trainings of one recipe from several seeds: how good they are, and how much they differ.
///
/// Where no exact solution is known, the spread of the members is the best hint at their error: it shows
/// what the seed decides, though not what all of them get wrong together.
public struct Ensemble: Sendable {
  /// One training.
  public struct Member: Sendable {
    /// Its seed.
    public let seed: Int

    /// What it achieved.
    public let summary: TrainingSummary

    /// Its network.
    let network: TrainedNetwork
  }

  /// The trainings.
  public private(set) var members: [Member] = []

  /// For each unknown the root mean square of the members' standard deviation on a grid of the domain,
  /// relative to that of their mean; nil for a single member or a mean of zero.
  public private(set) var spread: [Double?]

  private let recipe: Recipe

  /// Starts without members.
  ///
  /// - Parameter recipe: What is trained; its seed does not matter.
  public init(_ recipe: Recipe) {
    self.recipe = recipe
    spread = recipe.problem.unknowns.map { _ in nil }
  }

  /// Adds a training.
  ///
  /// - Parameters:
  ///   - seed: Its seed.
  ///   - network: Its network.
  ///   - summary: What it achieved.
  public mutating func add(seed: Int, _ network: TrainedNetwork, _ summary: TrainingSummary) {
    members.append(Member(seed: seed, summary: summary, network: network))
  }

  /// Measures the ``spread``.
  ///
  /// - Parameter threads: Number of threads; no result depends on it.
  public mutating func measureSpread(threads: Int) {
    let problem = recipe.problem
    let grid = Table(
      names: problem.variables.map(\.name),
      columns: ValidationGrid(problem, side: recipe.training.validation).columns)
    let tables = members.compactMap {
      try? $0.network.table(
        of: problem.unknowns, at: grid, path: "the grid", in: problem, threads: threads)
    }
    spread = problem.unknowns.map { unknown in Self.spread(tables.compactMap { $0[unknown] }) }
  }

  private static func spread(_ values: [[Double]]) -> Double? {
    guard values.count > 1 else { return nil }
    let count = Double(values.count)
    var (squares, variances) = (0.0, 0.0)
    for point in values[0].indices {
      let mean = values.reduce(0) { $0 + $1[point] } / count
      squares += mean * mean
      // The members are a sample of all seeds.
      variances +=
        values.reduce(0) { $0 + ($1[point] - mean) * ($1[point] - mean) } / (count - 1)
    }
    return squares > 0 ? (variances / squares).squareRoot() : nil
  }
}

extension Ensemble {
  /// The middle and the ends of what the members achieved.
  public struct Extent: Sendable, Equatable {
    /// The median.
    public let median: Double

    /// The smallest.
    public let minimum: Double

    /// The largest.
    public let maximum: Double

    init?(_ values: [Double]) {
      guard let median = Statistics.median(values), let low = values.min(), let high = values.max()
      else { return nil }
      self.median = median
      minimum = low
      maximum = high
    }
  }

  /// The extent of the relative L2 errors of each unknown; nil where no exact solution is known.
  public var relativeL2: [Extent?] {
    recipe.problem.unknowns.indices.map { index in
      let errors = members.compactMap { $0.summary.relativeL2[index].error }
      return errors.count == members.count ? Extent(errors) : nil
    }
  }

  /// The extent of the losses on points that are not trained on.
  public var loss: Extent? { Extent(members.map(\.summary.loss)) }

  /// The ensemble as `limbeck train --seeds --json` prints it.
  public var json: JSONValue {
    func perUnknown(_ values: [JSONValue?]) -> JSONValue {
      .object(zip(recipe.problem.unknowns, values).map { .init($0, $1 ?? .null) })
    }
    return .object([
      .init("seeds", .array(members.map { .integer($0.seed) })),
      .init("loss", loss?.json ?? .null),
      .init("relative_l2", perUnknown(relativeL2.map { $0?.json })),
      .init("spread", perUnknown(spread.map { $0.map { .number($0) } })),
      .init("members", .array(members.map(\.summary.json))),
    ])
  }
}

extension Ensemble.Extent {
  /// The extent as a JSON object.
  var json: JSONValue {
    .object([
      .init("median", .number(median)), .init("min", .number(minimum)),
      .init("max", .number(maximum)),
    ])
  }
}
