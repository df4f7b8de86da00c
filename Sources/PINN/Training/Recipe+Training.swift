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
    let measurements = problem.data.flatMap { try? SHA256Digest(contentsOf: $0.file).description }
    return course.yaml + (measurements ?? "")
  }

  /// The methods of optimisation: the recipe's, or those that its sizes suggest.
  ///
  /// - Parameter network: The network.
  /// - Returns: The plan.
  func plan(_ network: MultilayerPerceptron) -> OptimizerPlan {
    training.optimizer
      ?? .automatic(
        parameters: network.parameterCount, residuals: residualEstimate,
        precision: training.precision)
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
    _ network: MultilayerPerceptron, _ plan: OptimizerPlan
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
        // The damped system with its copy and factor, beside pieces of the Jacobian.
        let order = min(parameters, Double(residualEstimate))
        numbers += 3 * order * order
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
      let monomials = part.flatMap(\.symbols).compactMap { problem.derivative($0)?.monomial }
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
  package func makeNetwork() -> MultilayerPerceptron {
    MultilayerPerceptron(
      hidden: network.hidden, outputs: problem.unknowns.count, activation: network.activation,
      lower: problem.variables.map(\.lower), upper: problem.variables.map(\.upper))
  }

  /// The residuals at freshly scattered points.
  ///
  /// - Parameters:
  ///   - random: Where the points come from.
  ///   - threads: Number of threads.
  ///   - sampler: How the points are scattered.
  ///   - measurements: The table of measurements, if the recipe names one.
  /// - Returns: The system.
  /// - Throws: ``TrainingError/invalidEquation(_:)``.
  package func makeSystem<Scalar>(
    _ random: RandomStream, threads: Int, sampler: PointSampler, measurements: Table?
  ) throws(TrainingError) -> ResidualSystem<Scalar> {
    try checkDerivatives()
    let collocation = Collocation(
      problem: problem, settings: training, sampler: sampler, measurements: measurements)
    // Conditions and data refer to the unknowns themselves, which no equation need contain.
    let fields =
      problem.derivatives + problem.unknowns.indices.map { .value(of: $0, in: problem) }
    do {
      return try ResidualSystem(
        network: makeNetwork(), terms: collocation.terms(random: random),
        variables: problem.variableSymbols,
        symbols: Dictionary(
          fields.map { ($0.symbol, $0) }, uniquingKeysWith: { first, _ in first }),
        threads: threads)
    } catch {
      throw .invalidEquation("\(error)")
    }
  }

  /// Reads the table of measurements that the recipe names.
  ///
  /// - Returns: nil if it names none.
  /// - Throws: ``TrainingError`` if the table cannot be read or lacks a column.
  func readMeasurements() throws(TrainingError) -> Table? {
    guard let data = problem.data else { return nil }
    let table: Table
    do {
      table = try Table(contentsOf: data.file)
    } catch {
      throw .measurements(error)
    }
    for variable in problem.variables where table[variable.name] == nil {
      throw .noColumn(variable.name, path: data.file, found: table.names)
    }
    guard problem.unknowns.contains(where: { table[$0] != nil }) else {
      throw .noColumn(problem.unknowns[0], path: data.file, found: table.names)
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
