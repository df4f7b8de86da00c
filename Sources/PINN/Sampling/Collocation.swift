internal import Networks
internal import RunStore
internal import Symbolic
internal import Tensors

/// Turns a problem into the terms of a loss: equations at interior points, conditions on their part
/// of the domain, measurements where they were taken.
struct Collocation {
  let problem: Problem
  let settings: TrainingSettings
  let sampler: PointSampler

  /// The measured table, read beforehand.
  let measurements: Table?

  /// The terms, and what the names of derivatives in their equations stand for.
  struct Terms {
    var terms: [ResidualTerm] = []
    var symbols: [Symbol: DerivativeSymbol] = [:]
  }

  /// Scatters points.
  ///
  /// All conditions share one weight, so that a problem with six faces does not weigh them six times
  /// as much as a problem with one.
  ///
  /// - Parameters:
  ///   - random: Where the randomness comes from.
  ///   - interior: Points for the equations instead of freshly scattered ones.
  ///   - reach: The share of time, from its beginning, in which the equations are enforced.
  /// - Returns: The equations' term first, then one for each condition, then the measurements'.
  func terms(random: RandomStream, interior: [[Double]]? = nil, reach: Double = 1) -> Terms {
    let scatter = PointScatter(problem: problem, sampler: sampler)
    var form = NetworkForm(problem)
    var terms: [ResidualTerm] = []
    if !problem.equations.isEmpty {
      terms.append(
        ResidualTerm(
          names: problem.equations.indices.map { "equation \($0 + 1)" },
          equations: problem.equations.map { form.form($0) },
          points: interior
            ?? scatter.interior(
              count: settings.interiorPoints, random: random.child(0), reach: reach
            )
            .coordinates,
          weight: 1))
    }
    let share = settings.conditionWeight / problem.conditions.reduce(0) { $0 + $1.weight }
    for (index, condition) in problem.conditions.enumerated() {
      let points = scatter.points(
        of: condition, count: settings.conditionPoints, random: random.child(1 + index))
      let equation = form.form(condition)
      terms.append(
        ResidualTerm(
          names: ["condition \(index + 1)"], equations: [equation], points: points.coordinates,
          partners: points.partners,
          columns: points.normals.filter { equation.symbols.contains($0.key) },
          weight: share * condition.weight))
    }
    if let measurements, let data = problem.data {
      terms.append(
        Classification(problem, measurements)?.term(weight: data.weight, &form)
          ?? measured(measurements, weight: data.weight, &form))
    }
    let variables = problem.variableSymbols
    return Terms(
      terms: terms.map { $0.withPointColumns(variables: variables) }, symbols: form.symbols)
  }

  /// `u − measured u` at each row of a table.
  private func measured(
    _ table: Table, weight: Double, _ form: inout NetworkForm
  ) -> ResidualTerm {
    let unknowns = problem.unknowns.filter { table[$0] != nil }
    func column(_ name: String) -> [Double] { table[name] ?? [] }
    // A name that no formula can contain.
    func data(_ unknown: String) -> Symbol { Symbol("measured \(unknown)") }
    return ResidualTerm(
      names: unknowns.map { "data \($0)" },
      equations: unknowns.map { form.form(Expression(Symbol($0)) - Expression(data($0))) },
      points: problem.variables.map { column($0.name) },
      columns: Dictionary(uniqueKeysWithValues: unknowns.map { (data($0), column($0)) }),
      weight: weight)
  }
}
