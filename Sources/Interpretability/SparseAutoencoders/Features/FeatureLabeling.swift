internal import RunStore
public import Symbolic
public import Tensors

/// Finds an equation of each feature's activation over the inputs of the network.
public struct FeatureLabeling: Sendable {
  /// The variables' names.
  public let variables: [Symbol]

  /// Where the activations were taken, one array for each variable.
  public let points: [[Double]]

  /// What formulas are made of.
  public let grammar: Grammar

  /// Formulas to evaluate for each feature.
  public let evaluations: Int

  /// Rows that a search looks at; an activation map is smooth, and a few thousand points show it.
  private static let searchedRows = 2000

  /// Plans the searches.
  ///
  /// - Parameters:
  ///   - variables: The variables' names.
  ///   - points: Where the activations were taken, one array for each variable.
  ///   - grammar: What formulas are made of.
  ///   - evaluations: Formulas to evaluate for each feature.
  public init(variables: [Symbol], points: [[Double]], grammar: Grammar, evaluations: Int) {
    self.variables = variables
    self.points = points
    self.grammar = grammar
    self.evaluations = evaluations
  }

  /// Searches, several features at a time.
  ///
  /// - Parameters:
  ///   - features: Shape `[samples, features]`.
  ///   - wanted: The features to label.
  ///   - seed: Seed of the searches.
  ///   - threads: How many run at a time; no result depends on it.
  ///   - shouldStop: Asked at every barrier.
  ///   - finished: Told how many searches have ended, from any thread.
  /// - Returns: Labels by feature; features that are constant on the searched rows have none.
  /// - Throws: `SearchError`.
  public func labels(
    of features: Matrix<Float>, _ wanted: [Int], seed: Int, threads: Int,
    shouldStop: @Sendable () -> Bool = { false }, finished: @Sendable (Int) -> Void = { _ in }
  ) throws -> [Int: FeatureTable.Label] {
    let rows = Self.spread(features.rows)
    var searched: [Int] = []
    var distillers: [Distiller] = []
    for feature in wanted {
      let table = try? SearchTable(
        variables: variables, columns: points.map { column in rows.map { column[$0] } },
        targetName: Symbol("feature\(feature)"), target: rows.map { Double(features[$0, feature]) })
      guard let table else { continue }
      var distiller = Distiller(
        table: table, grammar: grammar, budget: SearchBudget(evaluations: evaluations), threads: 1)
      distiller.seed = seed
      searched.append(feature)
      distillers.append(distiller)
    }
    let found = try Distiller.run(
      distillers, threads: threads, shouldStop: shouldStop,
      finished: { count, _ in finished(count) })
    var labels: [Int: FeatureTable.Label] = [:]
    for (feature, distillation) in zip(searched, found) {
      guard let best = distillation.bestEquation else { continue }
      labels[feature] = FeatureTable.Label(
        equation: best.readable, r2: best.rSquared, complexity: best.complexity)
    }
    return labels
  }

  /// Rows at equal distances.
  private static func spread(_ count: Int) -> [Int] {
    guard count > searchedRows else { return Array(0..<count) }
    return (0..<searchedRows).map { $0 * count / searchedRows }
  }
}
