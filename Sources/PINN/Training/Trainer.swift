internal import Dispatch
public import Networks
internal import RunStore
internal import Symbolic
public import Tensors

/// Trains a network to solve a recipe's problem.
///
/// ```swift
/// let trainer = try Trainer(recipe)
/// let end = try trainer.run { record in print(record.step, record.loss) }
/// let network = trainer.solution
/// ```
///
/// The optimisers of ``plan`` follow each other: Levenberg-Marquardt for small networks, methods that
/// need gradients only for large ones, in Float or Double. A second set of points, which is never trained on, tells when the
/// network begins to fit the points rather than the equation; the parameters with the lowest loss
/// there are the result.
public final class Trainer {
  /// The recipe.
  public let recipe: Recipe

  /// The network.
  public let network: Network

  /// The methods of optimisation: the recipe's, or those that its sizes suggest.
  public let plan: OptimizerPlan

  /// Why the sizes suggested ``plan``; nil where the recipe states it.
  public let planReason: String?

  /// What each entry of ``TrainingRecord/terms`` is.
  public let termNames: [String]

  /// Everything a resumed training needs; up to date whenever a record is reported.
  public internal(set) var checkpoint: Checkpoint

  let settings: TrainingSettings
  let threads: Int
  let random: RandomStream
  let heldOut: ResidualSystem<Double>
  let exact: ExactSolution?
  let measurements: MeasuredRows?
  var system: TrainingSystem
  var systemEpoch = -1
  var isWeighed = false

  /// Children of the seed's stream, one for each use.
  enum Draw {
    static let parameters = 0
    static let heldOut = 1
    static let points = 2
  }

  /// Prepares a training.
  ///
  /// - Parameters:
  ///   - recipe: The recipe.
  ///   - threads: Number of threads; no result depends on it.
  ///   - checkpoint: Where to continue, nil to start.
  /// - Throws: ``TrainingError`` if an equation cannot be compiled or the checkpoint belongs to
  ///   another recipe.
  public init(
    _ recipe: Recipe, threads: Int = defaultThreadCount, resuming checkpoint: Checkpoint? = nil
  ) throws(TrainingError) {
    self.recipe = recipe
    self.threads = threads
    settings = recipe.training
    network = recipe.makeNetwork()
    random = RandomStream(seed: UInt64(bitPattern: Int64(recipe.training.seed)))
    plan = recipe.plan(network)
    planReason = recipe.planReason(network)
    if settings.precision == .single,
      plan.stages.contains(where: { $0.method == .levenbergMarquardt })
    {
      throw .unsupported(
        "the optimizer 'lm' needs double precision: single leaves its equations no digits;\n"
          + "set 'precision: double', or 'optimizer: adam'")
    }
    guard recipe.problem.isPosed || recipe.problem.data != nil else {
      throw .unsupported(
        "the recipe states nothing that a network could be trained on;\n"
          + "add 'data', or equations with conditions")
    }
    try recipe.checkMemory(network, plan)
    measurements = try recipe.readMeasurements()
    heldOut = try recipe.makeSystem(
      random.child(Draw.heldOut), threads: threads, sampler: .halton,
      measurements: measurements?.validation)
    system = .double(heldOut)
    termNames = heldOut.termNames
    exact = try ExactSolution(
      recipe.problem, test: measurements?.test, network: network, side: settings.validation,
      threads: threads)
    if let checkpoint {
      guard checkpoint.recipe == recipe.identity,
        checkpoint.parameters.count == heldOut.parameterCount,
        plan.stages.indices.contains(checkpoint.stage)
      else { throw .checkpointMismatch }
      self.checkpoint = checkpoint
    } else {
      var stream = random.child(Draw.parameters)
      self.checkpoint = Checkpoint(
        recipe: recipe.identity,
        parameters: network.initialParameters(random: &stream)
          + recipe.problem.trainableParameters.map(\.value),
        optimizer: OptimizerState(
          plan.stages[0].method, settings, network: network,
          parameterCount: heldOut.parameterCount))
    }
  }

  /// Trains until a limit is reached.
  ///
  /// - Parameters:
  ///   - report: Receives each record; ``checkpoint`` is up to date when it is called.
  ///   - shouldStop: Asked before each step, such as for Ctrl-C.
  /// - Returns: Why the training ended.
  /// - Throws: ``TrainingError/diverged(step:term:)``, and whatever `report` throws.
  public func run(
    report: (TrainingRecord) throws -> Void = { _ in }, shouldStop: () -> Bool = { false }
  ) throws -> TrainingEnd {
    let end = try advance(report: report, shouldStop: shouldStop)
    // Records are apart for cheap steps: where the training ended is told in any case. It leaves no
    // trace in the checkpoint, so that where a training is interrupted does not matter.
    if checkpoint.step != checkpoint.recordedStep {
      let record = record()
      guard record.loss.isFinite && record.heldOutLoss.isFinite else { throw divergence() }
      try report(record)
    }
    return end
  }

  /// Puts other weights in the place of those that the seed has drawn, before the first step.
  ///
  /// - Parameter parameters: The flat parameters, those of the network first.
  public func start(at parameters: [Double]) {
    precondition(
      checkpoint.step == 0 && parameters.count == checkpoint.parameters.count,
      "a training starts at as many weights as it has")
    checkpoint.parameters = parameters
    checkpoint.best = parameters
  }

  private func advance(
    report: (TrainingRecord) throws -> Void, shouldStop: () -> Bool
  ) throws -> TrainingEnd {
    let before = checkpoint.seconds
    let start = DispatchTime.now().uptimeNanoseconds
    while true {
      if shouldStop() { return .interrupted }
      if let steps = settings.steps, checkpoint.step >= steps { return .steps }
      if let time = settings.time, checkpoint.seconds >= time { return .time }
      try resample()
      balance()
      guard try step() else {
        if startNextStage() || startNextEpoch() { continue }
        return .converged
      }
      checkpoint.hasMovedInEpoch = true
      checkpoint.step += 1
      checkpoint.stageSteps += 1
      checkpoint.seconds = before + Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
      if checkpoint.step % method.recordInterval == 0 {
        if let end = try look(report) { return end }
      } else if checkpoint.step < method.recordInterval, checkpoint.step.nonzeroBitCount == 1 {
        keepEarly()
      }
      if let length = plan.stages[checkpoint.stage].steps, checkpoint.stageSteps >= length,
        !startNextStage()
      {
        return .steps
      }
    }
  }

  /// Reports where the training stands.
  ///
  /// - Returns: Why it should end there, if it should.
  private func look(_ report: (TrainingRecord) throws -> Void) throws -> TrainingEnd? {
    let record = record()
    guard record.loss.isFinite && record.heldOutLoss.isFinite else { throw divergence() }
    keepBest(record)
    checkpoint.recordedStep = checkpoint.step
    try report(record)
    if let target = settings.target, record.error <= target { return .target }
    guard let patience = settings.patience, checkpoint.recordsWithoutGain >= patience else {
      return nil
    }
    // A stage that stalls gives way to the next one.
    return startNextStage() ? nil : .patience
  }

  /// The network with the lowest loss on points that are not trained on: of all that were recorded,
  /// and of the present one.
  public var solution: TrainedNetwork {
    let chosen = chosenParameters
    return TrainedNetwork(
      network: network, parameters: Array(chosen.prefix(network.parameterCount)),
      variables: recipe.problem.variables.map(\.name), unknowns: recipe.problem.unknowns,
      transform: recipe.problem.outputTransform, coefficients: coefficients(at: chosen))
  }

  /// The trained coefficients with their standard errors.
  func coefficients(at parameters: [Double]) -> [TrainedNetwork.Coefficient] {
    let trained = recipe.problem.trainableParameters
    guard !trained.isEmpty else { return [] }
    let errors = heldOut.coefficientErrors(at: parameters)
    return trained.enumerated().map { index, parameter in
      .init(
        name: parameter.name, value: parameters[network.parameterCount + index],
        standardError: errors?[index])
    }
  }

  /// The parameters of ``solution``.
  ///
  /// The present ones are not entered into the checkpoint, so that where a training is interrupted
  /// leaves no trace in it.
  var chosenParameters: [Double] {
    let present = Statistics.sum(heldOut.termLosses(at: checkpoint.parameters))
    return present < checkpoint.bestLoss ?? .infinity ? checkpoint.parameters : checkpoint.best
  }
}
