internal import Networks
internal import RunStore
internal import Symbolic
internal import Tensors

/// The classes of a table's rows, and how well a network's logits tell them.
struct Classification {
  private let problem: Problem
  private let labels: [Int]
  private let points: [[Double]]

  /// Reads the classes of rows; nil if the problem's measurements are not classes.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - table: Rows whose classes were checked.
  init?(_ problem: Problem, _ table: Table) {
    guard let name = problem.data?.classes, let column = table[name] else { return nil }
    self.problem = problem
    labels = column.map { Int($0) }
    points = problem.variables.map { table[$0.name] ?? [] }
  }

  /// The loss as a residual: mean squares of it are mean cross-entropies.
  ///
  /// With `y` the one-hot columns of the classes and `z` the logits, `r² = log Σⱼ exp(zⱼ − Σₖ yₖ zₖ)`. Square
  /// roots of a deviance make a sum of squares of any likelihood, so that the second-order methods serve
  /// classification too (McCullagh & Nelder, Generalized Linear Models (1989), section 2.4.3,
  /// [doi:10.1201/9780203753736](https://doi.org/10.1201/9780203753736)).
  ///
  /// - Parameters:
  ///   - weight: Weight of the mean cross-entropy in the loss.
  ///   - form: Writes the logits by the network's outputs.
  /// - Returns: The residual's term.
  func term(weight: Double, _ form: inout NetworkForm) -> ResidualTerm {
    // Names that no formula can contain.
    let members = problem.unknowns.map { Symbol("class \($0)") }
    let logits = problem.unknowns.map { form.form(Expression(Symbol($0))) }
    let own = zip(members, logits).map { Expression($0) * $1 }.reduce(.zero, +)
    let odds = logits.map { exp($0 - own) }.reduce(.zero, +)
    // The class's own summand is exactly 1, so that the logarithm is not negative; where all others
    // vanish beside it, the square root would have no derivative.
    let residual = sqrt(log(odds) + Expression(Self.floor))
    var columns: [Symbol: [Double]] = [:]
    for (index, member) in members.enumerated() {
      columns[member] = labels.map { $0 == index ? 1 : 0 }
    }
    return ResidualTerm(
      names: ["data \(problem.data?.classes ?? "")"], equations: [residual], points: points,
      columns: columns, weight: weight)
  }

  /// The share of rows whose class has the largest logit.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - parameters: The flat parameters.
  ///   - threads: Number of threads.
  /// - Returns: A number from 0 to 1.
  func accuracy(_ network: Network, at parameters: [Double], threads: Int) -> Double {
    let evaluator = FieldEvaluator(
      network: network, points: points, transform: problem.outputTransform, threads: threads)
    let logits = problem.unknowns.indices.map {
      evaluator.values(of: .value(of: $0, in: problem), parameters: parameters)
    }
    let hits = labels.indices.filter { row in
      logits.indices.allSatisfy { logits[$0][row] <= logits[labels[row]][row] }
    }
    return Double(hits.count) / Double(labels.count)
  }

  /// Far below the rounding of a loss.
  private static let floor = 1e-30
}
