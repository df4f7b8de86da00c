internal import Networks
internal import RunStore
internal import Symbolic
internal import Tensors

/// Turns a problem into the terms of a loss: equations at interior points, conditions on their part
/// of the boundary, measurements where they were taken.
struct Collocation {
  let problem: Problem
  let settings: TrainingSettings
  let sampler: PointSampler

  /// The measured table, read beforehand.
  let measurements: Table?

  /// Scatters points.
  ///
  /// All conditions share one weight, so that a problem with six faces does not weigh them six times
  /// as much as a problem with one.
  ///
  /// - Parameter random: Where the randomness comes from.
  /// - Returns: The equations' term first, then one for each condition, then the measurements'.
  func terms(random: RandomStream) -> [ResidualTerm] {
    var terms: [ResidualTerm] = []
    if !problem.equations.isEmpty {
      terms.append(
        ResidualTerm(
          names: problem.equations.indices.map { "equation \($0 + 1)" },
          equations: problem.equations.map(problem.withNumbers),
          points: coordinates(count: settings.interiorPoints, fixing: [], random: random.child(0)),
          weight: 1))
    }
    for (index, condition) in problem.conditions.enumerated() {
      terms.append(
        ResidualTerm(
          names: ["condition \(index + 1)"], equations: [problem.withNumbers(condition.equation)],
          points: coordinates(
            count: settings.conditionPoints, fixing: condition.location,
            random: random.child(1 + index)),
          weight: settings.conditionWeight / Double(problem.conditions.count)))
    }
    if let measurements, let data = problem.data {
      terms.append(measured(measurements, weight: data.weight))
    }
    return terms
  }

  /// Points of the box, or of the part of it where some variables are fixed.
  private func coordinates(
    count: Int, fixing location: [Condition.FixedVariable], random: RandomStream
  ) -> [[Double]] {
    let fixed = Dictionary(uniqueKeysWithValues: location.map { ($0.variable, $0.value) })
    let free = problem.variables.indices.filter { fixed[$0] == nil }
    // Where every variable is fixed there is one point, whatever was asked for.
    guard !free.isEmpty else { return problem.variables.indices.map { [fixed[$0] ?? 0] } }
    var random = random
    let scattered = sampler.points(count: count, dimension: free.count, random: &random)
    return problem.variables.indices.map { i in
      guard let place = free.firstIndex(of: i) else {
        return Array(repeating: fixed[i] ?? 0, count: count)
      }
      return scattered.column(place).map(problem.variables[i].coordinate)
    }
  }

  /// `u − measured u` at each row of a table.
  private func measured(_ table: Table, weight: Double) -> ResidualTerm {
    let unknowns = problem.unknowns.filter { table[$0] != nil }
    func column(_ name: String) -> [Double] { table[name] ?? [] }
    // A name that no formula can contain.
    func data(_ unknown: String) -> Symbol { Symbol("measured \(unknown)") }
    return ResidualTerm(
      names: unknowns.map { "data \($0)" },
      equations: unknowns.map { Expression(Symbol($0)) - Expression(data($0)) },
      points: problem.variables.map { column($0.name) },
      columns: Dictionary(uniqueKeysWithValues: unknowns.map { (data($0), column($0)) }),
      weight: weight)
  }
}
