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

  /// Refuses a training whose matrices do not fit into the memory of this machine.
  ///
  /// - Parameter network: The network.
  /// - Throws: ``TrainingError/unsupported(_:)``.
  func checkMemory(_ network: MultilayerPerceptron) throws(TrainingError) {
    guard training.optimizer == .levenbergMarquardt else { return }
    let parameters = Double(network.parameterCount)
    let residuals = Double(
      training.interiorPoints * problem.equations.count
        + training.conditionPoints * problem.conditions.count)
    // The Jacobian, and the damped system with its copy and factor.
    let order = min(parameters, residuals)
    let bytes = 8 * (parameters * residuals + 3 * order * order)
    guard bytes > 0.8 * Double(ProcessInfo.processInfo.physicalMemory) else { return }
    throw .unsupported(
      "the optimizer 'lm' needs \(NumberFormat.short(bytes * 1e-9)) GB for "
        + "\(network.parameterCount) weights and \(Int(residuals)) residuals;\n"
        + "use fewer points, smaller layers or 'optimizer: adam'")
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

extension TrainingSettings {
  /// The optimiser before its first step.
  func makeOptimizer(parameterCount: Int) -> OptimizerState {
    switch optimizer {
    case .levenbergMarquardt: .levenbergMarquardt(LevenbergMarquardt())
    case .adam: .adam(Adam(parameterCount: parameterCount, learningRate: learningRate))
    }
  }

  /// Steps between records.
  ///
  /// A first-order step is cheap beside a look at the error.
  var recordInterval: Int {
    switch optimizer {
    case .levenbergMarquardt: 1
    case .adam: 100
    }
  }
}
