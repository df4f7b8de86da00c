public import PINN
internal import Tensors

/// The initial network with the weights of its first layer multiplied: which frequencies its tangent kernel
/// predicts to be learned when, and when they are if it is trained.
///
/// The intervention on spectral bias: larger weights make neurons of higher frequency, whose kernel learns
/// high frequencies sooner.
public struct FirstLayerRescaling: Sendable, Equatable, Codable {
  /// The factor; 1 is the network as it was.
  public let factor: Double

  /// The mean frequency of each hidden layer before training.
  public let layerFrequencies: [Double]

  /// The time at which gradient flow of the loss is predicted to learn each frequency, in units of the
  /// inverse of this network's largest rate; nil if it is not.
  public let predicted: [Double?]

  /// The same of a fit to values.
  public let fitPredicted: [Double?]

  /// What training shows; nil if it was not trained again.
  public internal(set) var training: Training?

  /// A training from the multiplied weights.
  public struct Training: Sendable, Equatable, Codable {
    /// The step at which each frequency is learned; nil if it is not.
    public let steps: [Int?]

    /// The error at each frequency at the end, in units of the true solution's amplitude there.
    public let errors: [Double]
  }

  /// The factors that are tried unless others are asked for.
  public static let factors = [0.5, 1, 2, 4]
}

extension LearningOrder {
  /// Trains again from the initial weights with those of the first layer multiplied, by the same recipe and
  /// as many steps, on the same points.
  ///
  /// - Parameters:
  ///   - solution: The network at the end of the training that ``init(_:_:_:trainedBy:factors:threads:)`` saw.
  ///   - snapshots: Its weights over that training.
  ///   - recipe: The recipe.
  ///   - threads: Number of threads; no result depends on it.
  ///   - report: Called with each factor before its training.
  /// - Throws: ``SpectrumError/otherNetwork(found:expected:)``, or what training throws.
  public mutating func retrain(
    _ solution: TrainedNetwork, _ snapshots: WeightSnapshots, trainedBy recipe: Recipe,
    threads: Int, report: (Double) -> Void = { _ in }
  ) throws {
    let (start, end) = (snapshots.snapshots[0], snapshots.snapshots[snapshots.snapshots.count - 1])
    let network = try solution.at(start).network
    var recipe = recipe
    recipe.training.steps = end.step
    (recipe.training.time, recipe.training.target, recipe.training.patience) = (nil, nil, nil)
    for index in rescalings.indices {
      let factor = rescalings[index].factor
      report(factor)
      let trainer = try Trainer(recipe, threads: threads)
      trainer.start(at: network.rescalingFirstLayer(of: start.parameters, by: factor))
      let spectrum = try TrainingSpectrum(
        solution, try WeightSnapshots(training: trainer, limit: snapshots.snapshots.count),
        solving: recipe.problem, threads: threads)
      rescalings[index].training = FirstLayerRescaling.Training(
        steps: frequencies.map { spectrum.learned($0.frequency) },
        errors: frequencies.map { entry in
          let errors = spectrum.moments[spectrum.moments.count - 1].errors
          return errors[entry.frequency] / spectrum.reference[entry.frequency]
        })
    }
  }

  /// Spearman's correlation of predicted times with steps over all factors and frequencies that were trained:
  /// of the loss's prediction, and of that for a fit to values.
  public var rescalingAgreement: (loss: Double?, fit: Double?) {
    let tried = rescalings.filter { $0.training != nil }
    let steps = tried.flatMap { $0.training?.steps ?? [] }.map {
      $0.map { Double($0) } ?? .infinity
    }
    func agreement(_ predicted: KeyPath<FirstLayerRescaling, [Double?]>) -> Double? {
      RankCorrelation.spearman(
        tried.flatMap { $0[keyPath: predicted] }.map { $0 ?? .infinity }, steps)
    }
    return (agreement(\.predicted), agreement(\.fitPredicted))
  }
}
