internal import Networks
internal import Symbolic
internal import Tensors

// What of the loss follows the state of the training: where the equations are enforced and how much each
// residual counts. Both are in the checkpoint, so that a resumed training goes on with the same ones.

extension Trainer {
  /// Chooses the interior points of a new epoch by the residuals, if the recipe asks for it.
  ///
  /// - Parameter epoch: The epoch; the first has points of the sampler.
  /// - Throws: ``TrainingError`` if an equation cannot be compiled.
  func refine(epoch: Int) throws(TrainingError) {
    guard let method = settings.refinement, epoch > 0, checkpoint.refinedEpoch != epoch else {
      return
    }
    let stream = random.child(Draw.points + epoch)
    let refinement = ResidualRefinement(method: method, count: settings.interiorPoints)
    let scatter = PointScatter(problem: recipe.problem, sampler: settings.sampler)
    let first = scatter.interior(
      count: settings.interiorPoints, random: random.child(Draw.points).child(0))
    let candidates = scatter.interior(
      count: refinement.candidateCount, random: stream.child(0))
    let system: ResidualSystem<Double> = try recipe.makeSystem(
      stream, threads: threads, sampler: settings.sampler, measurements: nil,
      interior: candidates.coordinates)
    checkpoint.interior = refinement.points(
      among: candidates.coordinates, errors: system.equationErrors(at: checkpoint.parameters),
      present: checkpoint.interior ?? first.coordinates, random: stream.child(1 << 20))
    checkpoint.refinedEpoch = epoch
  }

  /// Weighs the residuals anew where it is due.
  func balance() {
    guard let weights = settings.weights else { return }
    let round = checkpoint.step / weights.interval
    let isDue = checkpoint.weighedRound != round || checkpoint.weighedEpoch != checkpoint.epoch
    if isDue {
      let previous = checkpoint.weighedEpoch == checkpoint.epoch ? checkpoint.weights : nil
      let time = recipe.problem.variables.firstIndex { $0.name == "t" }
      checkpoint.weights = system.weights(
        weights, at: checkpoint.parameters, previous: previous,
        time: time ?? recipe.problem.variables.count - 1)
      checkpoint.weighedRound = round
      checkpoint.weighedEpoch = checkpoint.epoch
      checkpoint.optimizer.objectiveChanged()
    }
    guard isDue || !isWeighed else { return }
    system.weigh(checkpoint.weights)
    isWeighed = true
  }
}

extension TrainingSystem {
  /// Weights of single residuals; see `ResidualSystem.weights`.
  func weights(
    _ settings: LossWeights, at parameters: [Double], previous: [Double]?, time: Int
  ) -> [Double] {
    switch self {
    case .single(let system):
      system.weights(settings, at: parameters, previous: previous, time: time)
    case .double(let system):
      system.weights(settings, at: parameters, previous: previous, time: time)
    }
  }

  /// Gives single residuals more or less weight.
  func weigh(_ weights: [Double]?) {
    switch self {
    case .single(let system): system.weigh(weights)
    case .double(let system): system.weigh(weights)
    }
  }
}

extension ResidualSystem {
  /// The root of the sum of squares of the equations' residuals at each interior point.
  func equationErrors(at parameters: [Double]) -> [Double] {
    let residuals = residuals(at: parameters)
    return blocks.filter { $0.term == 0 }.flatMap { block in
      (0..<block.count).map { p in
        block.rows.reduce(0) { $0 + residuals[$1 + p] * residuals[$1 + p] }.squareRoot()
      }
    }
  }
}
