internal import Networks
internal import Tensors

extension Trainer {
  /// Scatters new points where the recipe asks for it.
  ///
  /// Which points a step uses follows from the checkpoint alone, so that a resumed training uses the
  /// same ones.
  ///
  /// - Throws: ``TrainingError`` if an equation cannot be compiled.
  func resample() throws(TrainingError) {
    let due = settings.resample.map { checkpoint.step / $0 } ?? 0
    let epoch = max(due, checkpoint.epoch)
    if epoch > checkpoint.epoch {
      checkpoint.epoch = epoch
      checkpoint.hasMovedInEpoch = false
      checkpoint.optimizer.objectiveChanged()
    }
    guard epoch != systemEpoch else { return }
    try refine(epoch: epoch)
    systemEpoch = epoch
    isWeighed = false
    // Points that advance in time have come so far.
    let reach = settings.march.map { min(1, Double(epoch + 1) / Double($0)) } ?? 1
    let stream = random.child(Draw.points + epoch)
    switch settings.precision {
    case .single:
      system = .single(
        try recipe.makeSystem(
          stream, threads: threads, sampler: settings.sampler, measurements: measurements?.training,
          interior: checkpoint.interior, reach: reach))
    case .double:
      system = .double(
        try recipe.makeSystem(
          stream, threads: threads, sampler: settings.sampler, measurements: measurements?.training,
          interior: checkpoint.interior, reach: reach))
    }
  }

  /// Goes on to new points when the present ones have nothing more to teach.
  ///
  /// - Returns: Whether the recipe draws new points, and the present ones allowed a step at all.
  func startNextEpoch() -> Bool {
    guard settings.resample != nil, checkpoint.hasMovedInEpoch else { return false }
    checkpoint.epoch += 1
    checkpoint.hasMovedInEpoch = false
    // A converged optimiser has given up on steps of any length.
    checkpoint.optimizer = makeOptimizer(stage: checkpoint.stage)
    return true
  }

  /// Goes on to the next stage of the plan.
  ///
  /// - Returns: Whether there is one.
  func startNextStage() -> Bool {
    guard checkpoint.stage + 1 < plan.stages.count else { return false }
    checkpoint.stage += 1
    checkpoint.stageSteps = 0
    checkpoint.recordsWithoutGain = 0
    checkpoint.optimizer = makeOptimizer(stage: checkpoint.stage)
    return true
  }

  /// The optimiser of a stage before its first step.
  func makeOptimizer(stage: Int) -> OptimizerState {
    OptimizerState(
      plan.stages[stage].method, settings, network: network,
      parameterCount: heldOut.parameterCount)
  }

  /// Takes one step of the optimiser.
  ///
  /// - Returns: Whether the loss could be lowered.
  /// - Throws: ``TrainingError/diverged(step:term:)``.
  func step() throws(TrainingError) -> Bool {
    var parameters = checkpoint.parameters
    let outcome = checkpoint.optimizer.step(&parameters, system)
    switch outcome {
    case .accepted:
      checkpoint.parameters = parameters
      return true
    case .converged: return false
    case .diverged: throw divergence()
    }
  }

  /// Measures where the training stands.
  func record() -> TrainingRecord {
    let terms = system.termLosses(at: checkpoint.parameters)
    return TrainingRecord(
      step: checkpoint.step, seconds: checkpoint.seconds, loss: Statistics.sum(terms),
      terms: terms, heldOutLoss: Statistics.sum(heldOut.termLosses(at: checkpoint.parameters)),
      relativeL2: exact?.relativeL2(at: checkpoint.parameters) ?? [],
      method: method, pace: checkpoint.optimizer.pace)
  }

  /// The method of the present stage.
  var method: TrainingSettings.OptimizerKind { plan.stages[checkpoint.stage].method }

  /// Remembers the parameters with the lowest loss on points that are not trained on.
  func keepBest(_ record: TrainingRecord) {
    // A gain of a thousandth or less is noise of the points, not progress.
    let isGain = checkpoint.bestLoss.map { record.heldOutLoss < $0 * 0.999 } ?? true
    checkpoint.recordsWithoutGain = isGain ? 0 : checkpoint.recordsWithoutGain + 1
    keep(record.heldOutLoss)
  }

  /// Remembers the parameters if they are the best before the first record.
  ///
  /// Large steps of a first-order method may explode before it: something is kept even then.
  func keepEarly() {
    keep(Statistics.sum(heldOut.termLosses(at: checkpoint.parameters)))
  }

  private func keep(_ loss: Double) {
    guard loss < checkpoint.bestLoss ?? .infinity else { return }
    checkpoint.bestLoss = loss
    checkpoint.best = checkpoint.parameters
  }

  /// Puts the best parameters in place of those that led nowhere, so that they can be stored.
  ///
  /// - Returns: Whether there are any.
  func returnToBest() -> Bool {
    guard checkpoint.bestLoss != nil else { return false }
    checkpoint.parameters = checkpoint.best
    checkpoint.optimizer = makeOptimizer(stage: checkpoint.stage)
    return true
  }

  /// The error that names the term which is not finite.
  func divergence() -> TrainingError {
    // A pole may lie between the points that are trained on.
    let terms = system.termLosses(at: checkpoint.parameters)
    let others = heldOut.termLosses(at: checkpoint.parameters)
    let index = terms.firstIndex { !$0.isFinite } ?? others.firstIndex { !$0.isFinite }
    return .diverged(step: checkpoint.step, term: index.map { termNames[$0] })
  }
}
