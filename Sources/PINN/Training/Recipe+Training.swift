internal import Foundation
package import Networks
package import RunStore
internal import Symbolic
package import Tensors

extension Recipe {
  /// What a checkpoint must agree on: everything that decides the course of training, but not how
  /// long it goes on, so that a finished training can be resumed with more time.
  var identity: String {
    var course = Recipe(problem: problem, network: network, training: training)
    course.training.time = nil
    course.training.steps = nil
    course.training.target = nil
    course.training.patience = nil
    // Other measurements make another course, whatever their file is called.
    course.problem.reference = nil
    let measurements = problem.data.flatMap { try? SHA256Digest(contentsOf: $0.file).description }
    return course.yaml + (measurements ?? "")
  }

  /// The methods of optimisation: the recipe's, or those that its sizes suggest.
  ///
  /// - Parameter network: The network.
  /// - Returns: The plan.
  func plan(_ network: Network) -> OptimizerPlan {
    training.optimizer
      ?? .automatic(
        parameters: network.parameterCount, residuals: residualEstimate,
        precision: training.precision)
  }

  /// Why the sizes suggest that plan; nil where the recipe states its own.
  ///
  /// - Parameter network: The network.
  /// - Returns: The reason, in a few words.
  func planReason(_ network: Network) -> String? {
    guard training.optimizer == nil else { return nil }
    return SecondOrderCost(
      parameters: network.parameterCount, residuals: residualEstimate,
      precision: training.precision
    ).description
  }

  /// Number of residuals without those of measurements, which are few beside a problem's points.
  private var residualEstimate: Int {
    training.interiorPoints * problem.equations.count
      + training.conditionPoints * problem.conditions.count
  }

  /// Refuses a training whose matrices do not fit into the memory of this machine.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - plan: The methods of optimisation.
  /// - Throws: ``TrainingError/unsupported(_:)``.
  func checkMemory(
    _ network: Network, _ plan: OptimizerPlan
  ) throws(TrainingError) {
    let parameters = Double(network.parameterCount)
    for method in plan.stages.map(\.method) {
      // Vectors of any method, with the gradients of the system's eight parts.
      var numbers = 20 * parameters
      switch method {
      case .adam: break
      case .lbfgs: numbers += 100 * parameters
      case .soap:
        for matrix in network.matrices {
          let (rows, columns) = (Double(matrix.rows), Double(matrix.columns))
          numbers += 2 * (rows * rows + columns * columns)
        }
      case .selfScaledBroyden: numbers += parameters * parameters
      case .levenbergMarquardt:
        // The damped system with its copy and factor, beside what eight parts of the system keep of the
        // Jacobian: the rows of a block each, of 32 points where a network is large.
        let order = min(parameters, Double(residualEstimate))
        numbers += 3 * order * order + 8 * 32 * parameters
      }
      let bytes = 8 * numbers
      guard bytes > 0.8 * Double(ProcessInfo.processInfo.physicalMemory) else { continue }
      throw .unsupported(
        "the optimizer '\(method.rawValue)' needs \(NumberFormat.short(bytes * 1e-9)) GB for "
          + "\(network.parameterCount) weights and \(residualEstimate) residuals;\n"
          + "use smaller layers, fewer points or 'optimizer: adam'")
    }
  }

  /// Refuses equations that need more derivatives than a jet can carry.
  private func checkDerivatives() throws(TrainingError) {
    let parts = [problem.equations] + problem.conditions.map { [$0.equation] }
    for part in parts {
      var form = NetworkForm(problem)
      for equation in part { _ = form.form(equation) }
      let monomials = form.symbols.values.map(\.monomial)
      let count = JetPlan.channelCount(dimension: problem.variables.count, containing: monomials)
      guard count <= JetPlan.maximumChannels else {
        throw .unsupported(
          "the equations need \(count) derivatives at once, lower ones included, but at most "
            + "\(JetPlan.maximumChannels) can be carried;\n"
            + "write them with fewer mixed derivatives, or as a system of lower order")
      }
    }
  }

  /// The network that the recipe describes, untrained.
  package func makeNetwork() -> Network {
    Network(network.design(for: problem, seed: training.seed))
  }

  /// The residuals at freshly scattered points.
  ///
  /// - Parameters:
  ///   - random: Where the points come from.
  ///   - threads: Number of threads.
  ///   - sampler: How the points are scattered.
  ///   - measurements: The table of measurements, if the recipe names one.
  ///   - interior: Points for the equations instead of freshly scattered ones.
  ///   - reach: The share of time, from its beginning, in which the equations are enforced.
  /// - Returns: The system.
  /// - Throws: ``TrainingError/invalidEquation(_:)``.
  package func makeSystem<Scalar>(
    _ random: RandomStream, threads: Int, sampler: PointSampler, measurements: Table?,
    interior: [[Double]]? = nil, reach: Double = 1
  ) throws(TrainingError) -> ResidualSystem<Scalar> {
    try checkDerivatives()
    let collocation = Collocation(
      problem: problem, settings: training, sampler: sampler, measurements: measurements)
    let collected = collocation.terms(random: random, interior: interior, reach: reach)
    do {
      return try ResidualSystem(
        network: makeNetwork(), terms: collected.terms, variables: problem.variableSymbols,
        symbols: collected.symbols,
        coefficients: problem.trainableParameters.map { Symbol($0.name) }, threads: threads)
    } catch {
      throw .invalidEquation("\(error)")
    }
  }

  /// Reads the table of measurements that the recipe names.
  ///
  /// - Returns: nil if it names none.
  /// - Throws: ``TrainingError`` if the table cannot be read, lacks a column, or has a row twice or
  ///   outside the domain.
  func readMeasurements() throws(TrainingError) -> MeasuredRows? {
    guard let data = problem.data else { return nil }
    return try MeasuredRows(try problem.readTable(data.file, classes: data.classes), data)
  }
}

extension Problem {
  /// Reads a table of variables and values of unknowns, or classes, in the domain.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - classes: The column of the rows' classes, if the unknowns are logits.
  /// - Returns: The table.
  /// - Throws: ``TrainingError`` if the table cannot be read, lacks a column, or has a row twice,
  ///   outside the domain or of no class.
  func readTable(_ path: String, classes: String? = nil) throws(TrainingError) -> Table {
    let table: Table
    do {
      table = try Table(contentsOf: path)
    } catch {
      throw .measurements(error)
    }
    for variable in variables where table[variable.name] == nil {
      throw .noColumn(variable.name, path: path, found: table.names)
    }
    guard (classes.map { [$0] } ?? unknowns).contains(where: { table[$0] != nil }) else {
      throw .noColumn(classes ?? unknowns[0], path: path, found: table.names)
    }
    let labels = classes.flatMap { table[$0] } ?? []
    for (row, label) in labels.enumerated()
    where Int(exactly: label).map(unknowns.indices.contains) != true {
      throw .badRow(
        row + 1, path: path,
        reason: "has the class \(NumberFormat.short(label)); expected 0 to \(unknowns.count - 1), "
          + "the unknowns' numbers")
    }
    let coordinates = variables.compactMap { table[$0.name] }
    var seen: [[Double]: Int] = [:]
    for row in 0..<table.rowCount {
      let point = coordinates.map { $0[row] }
      guard contains(point) else {
        throw .badRow(row + 1, path: path, reason: "lies outside the domain of the recipe")
      }
      if let first = seen.updateValue(row + 1, forKey: table.columns.map { $0[row] }) {
        throw .badRow(row + 1, path: path, reason: "is the same as row \(first); remove one")
      }
    }
    return table
  }
}

extension TrainingSettings.OptimizerKind {
  /// Steps between records.
  ///
  /// A first-order step is cheap beside a look at the error.
  var recordInterval: Int {
    switch self {
    case .levenbergMarquardt: 1
    case .lbfgs, .selfScaledBroyden: 10
    case .adam, .soap: 100
    }
  }
}
