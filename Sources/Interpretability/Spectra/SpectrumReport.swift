public import PINN
public import RunStore
internal import Tensors

/// The spectra of a network, of its error over training, and the order in which frequencies are learned: what
/// `limbeck spectrum` prints and writes.
public struct SpectrumReport: Sendable {
  /// The spectra of layers and neurons.
  public let layers: [LayerSpectrum]

  /// The error's spectrum over training; nil where no weights were kept.
  public let training: TrainingSpectrum?

  /// The order of learning, predicted and seen; nil where no weights were kept.
  public private(set) var order: LearningOrder?

  /// Frequencies that are written.
  private static let frequencyLimit = 32

  /// Studies a run.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - snapshots: Its weights over training, if they were kept.
  ///   - recipe: The recipe, its problem's parameters those that were found.
  ///   - factors: What the first layer's weights are multiplied by.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``SpectrumError``, or what compiling and decomposing throw.
  public init(
    of solution: TrainedNetwork, _ snapshots: WeightSnapshots?, trainedBy recipe: Recipe,
    factors: [Double] = FirstLayerRescaling.factors, threads: Int
  ) throws {
    layers = try LayerSpectrum.spectra(of: solution, solving: recipe.problem, threads: threads)
    guard let snapshots else {
      (training, order) = (nil, nil)
      return
    }
    let spectrum = try TrainingSpectrum(
      solution, snapshots, solving: recipe.problem, threads: threads)
    training = spectrum
    order = try LearningOrder(
      spectrum, solution, snapshots, trainedBy: recipe, factors: factors, threads: threads)
  }

  /// Trains again with the first layer's weights multiplied; see
  /// ``LearningOrder/retrain(_:_:trainedBy:threads:report:)``.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - snapshots: Its weights over training.
  ///   - recipe: The recipe.
  ///   - threads: Number of threads; no result depends on it.
  ///   - report: Called with each factor before its training.
  /// - Throws: What training throws.
  public mutating func retrain(
    _ solution: TrainedNetwork, _ snapshots: WeightSnapshots, trainedBy recipe: Recipe,
    threads: Int, report: (Double) -> Void = { _ in }
  ) throws {
    try order?.retrain(
      solution, snapshots, trainedBy: recipe, threads: threads, report: report)
  }

  /// `layer,neuron,frequency,share`, the neuron empty for the mean of a layer.
  public var spectra: CSVDocument {
    var document = CSVDocument(header: ["layer", "neuron", "frequency", "share"])
    for spectrum in layers {
      for (frequency, share) in spectrum.shares.prefix(Self.frequencyLimit).enumerated() {
        document.append([
          .text(spectrum.layer), spectrum.neuron.map { .integer($0) } ?? .empty,
          .integer(frequency), .number(share),
        ])
      }
    }
    return document
  }

  /// `step,seconds,frequency,error,truth`: amplitudes of the error and of the true solution.
  public var overTraining: CSVDocument {
    var document = CSVDocument(header: ["step", "seconds", "frequency", "error", "truth"])
    guard let training else { return document }
    for moment in training.moments {
      for (frequency, error) in moment.errors.prefix(Self.frequencyLimit).enumerated() {
        document.append([
          .integer(moment.step), .number(moment.seconds), .integer(frequency), .number(error),
          .number(training.reference[frequency]),
        ])
      }
    }
    return document
  }

  /// The document that `limbeck spectrum --json` prints.
  public var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    let means = layers.filter { $0.neuron == nil }.map { layer in
      JSONValue.object([
        .init("layer", .string(layer.layer)),
        .init("mean_frequency", .number(layer.meanFrequency)),
      ])
    }
    guard let order, let training else {
      return .object([
        .init("layers", .array(means)), .init("order", .null),
        .init("note", "the run holds no weights over training; train with --snapshots 60"),
      ])
    }
    return .object([
      .init("layers", .array(means)), .init("moments", .integer(training.moments.count)),
      .init(
        "order",
        .array(
          order.frequencies.map { entry in
            .object([
              .init("frequency", .integer(entry.frequency)),
              .init("step", entry.step.map { .integer($0) } ?? .null),
              .init("predicted", number(entry.predicted)),
              .init("fit_predicted", number(entry.fitPredicted)),
            ])
          })),
      .init("bias", number(order.bias)), .init("agreement", number(order.agreement)),
      .init("fit_agreement", number(order.fitAgreement)),
      .init("alignment", number(order.alignment)),
      .init("eigenvalues", .array(order.eigenvalues.map { .number($0) })),
      .init("eigenvector_frequencies", .array(order.eigenvectorFrequencies.map(number))),
      .init("rescalings", .array(order.rescalings.map(\.json))),
      .init("rescaling_agreement", number(order.rescalingAgreement.loss)),
      .init("rescaling_fit_agreement", number(order.rescalingAgreement.fit)),
    ])
  }

  /// Writes `spectra.csv`, `spectrum.json` and, with weights over training, `spectrum-training.csv`.
  ///
  /// - Parameter directory: A run opened for writing.
  /// - Throws: `FileError` if a file cannot be written.
  public func write(to directory: RunDirectory) throws(FileError) {
    try directory.write((json.text(.indented) + "\n").utf8, as: .study(.spectrum, .json))
    try directory.write(spectra.text.utf8, as: .study(.spectra, .csv))
    if training != nil {
      try directory.write(overTraining.text.utf8, as: .study(.spectrumTraining, .csv))
    }
  }
}

extension FirstLayerRescaling {
  /// The rescaling as a member of ``SpectrumReport/json``.
  fileprivate var json: JSONValue {
    func numbers(_ values: [Double?]) -> JSONValue {
      .array(values.map { value in value.map { .number($0) } ?? .null })
    }
    return .object([
      .init("factor", .number(factor)), .init("layer_frequencies", numbers(layerFrequencies)),
      .init("predicted", numbers(predicted)), .init("fit_predicted", numbers(fitPredicted)),
      .init(
        "steps",
        training.map { .array($0.steps.map { $0.map { .integer($0) } ?? .null }) } ?? .null),
      .init("errors", training.map { numbers($0.errors) } ?? .null),
    ])
  }
}
