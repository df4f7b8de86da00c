internal import Networks
internal import PINN
internal import Symbolic
internal import Tensors

/// What a circuit is to do as the whole network does.
public enum CircuitObjective: String, Sendable, Codable, CaseIterable {
  /// The unknowns in the domain.
  case solution

  /// The equations' residuals in the domain.
  case equations

  /// The residuals of the conditions, on their parts of the boundary.
  case conditions
}

/// The numbers that a part of a network is judged by: an objective's values on a grid, of any parameters.
///
/// The *damage* of a part is `‖y − y*‖ / ‖y° − y*‖`, y* those of the whole network and y° those of the
/// network whose edges are all cut: 0 for the whole network and 1 for none.
struct CircuitOutputs {
  /// What is computed.
  let objective: CircuitObjective

  /// The values as residuals of a system, whose squares sum to mean squares.
  let system: ResidualSystem<Double>

  /// y* and y°.
  let whole, none: [Double]

  /// `‖y° − y*‖`.
  let scale: Double

  /// Prepares an objective.
  ///
  /// - Parameters:
  ///   - objective: What is computed.
  ///   - graph: The network as a graph.
  ///   - problem: The problem.
  ///   - rows: About how many points to take in the domain.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``CircuitError`` if there is nothing to compute.
  init(
    _ objective: CircuitObjective, of graph: LayeredGraph, solving problem: Problem, rows: Int,
    threads: Int
  ) throws {
    self.objective = objective
    let side = SamplePoints.side(ofAbout: rows, in: problem)
    var form = NetworkForm(problem)
    var terms: [ResidualTerm] = []
    switch objective {
    case .solution, .equations:
      let formulas =
        objective == .equations
        ? problem.equations : problem.unknowns.map { Expression(Symbol($0)) }
      guard !formulas.isEmpty else { throw CircuitError.noObjective(objective) }
      terms.append(
        ResidualTerm(
          names: formulas.map { _ in objective.rawValue },
          equations: formulas.map { form.form(problem.withNumbers($0)) },
          points: try SamplePoints(gridOf: problem, side: side, threads: threads).coordinates,
          weight: 1))
    case .conditions:
      guard !problem.conditions.isEmpty else { throw CircuitError.noObjective(objective) }
      for condition in problem.conditions {
        // A face has one dimension less than the domain: the same distance between its points.
        let grid = ValidationGrid(problem, side: 2 * side, fixing: condition)
        let equation = form.form(
          Condition(
            location: condition.location, ranges: condition.ranges, boundary: condition.boundary,
            partner: condition.partner, equation: problem.withNumbers(condition.equation)))
        terms.append(
          ResidualTerm(
            names: [objective.rawValue], equations: [equation], points: grid.columns,
            partners: grid.partners,
            columns: grid.normals.filter { equation.symbols.contains($0.key) },
            weight: 1 / Double(problem.conditions.count)))
      }
    }
    let network = graph.solution.network
    let system = try ResidualSystem<Double>(
      network: network, terms: terms, variables: problem.variableSymbols, symbols: form.symbols,
      threads: threads)
    self.system = system
    whole = system.residuals(at: graph.solution.parameters)
    none = system.residuals(
      at: graph.parameters(strengths: Array(repeating: 0, count: graph.edgeCount)))
    scale = Self.distance(none, whole)
    guard scale > 0 else { throw CircuitError.noEffect(objective) }
  }

  /// The damage that parameters do.
  func damage(at parameters: [Double]) -> Double {
    Self.distance(system.residuals(at: parameters), whole) / scale
  }

  private static func distance(_ left: [Double], _ right: [Double]) -> Double {
    Statistics.sum(zip(left, right).lazy.map { ($0 - $1) * ($0 - $1) }).squareRoot()
  }
}
