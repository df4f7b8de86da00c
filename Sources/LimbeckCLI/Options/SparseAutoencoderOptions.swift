import ArgumentParser
import Limbeck

/// What a sparse autoencoder is to be, and how it is trained.
struct SparseAutoencoderOptions: ParsableArguments {
  @Option(help: "How the features are made sparse.")
  var variant: SparseAutoencoderSettings.Variant?

  @Option(parsing: .unconditional, help: ArgumentHelp("Number of features.", valueName: "n"))
  var features: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Features that may be active at once.", valueName: "n"))
  var k: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Features to be active on average, of l1, jumprelu and gated; --k unless given.",
      valueName: "number"))
  var l0: Double?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Passes over the activations.", valueName: "n"))
  var epochs: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Samples to train on, in the place of --epochs.", valueName: "n"))
  var samples: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("Samples of a batch.", valueName: "n"))
  var batch: Int?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Learning rate of Adam.", valueName: "rate"))
  var learningRate: Double?

  @Option(help: "What is done to activations first, and undone in the weights afterwards.")
  var normalization: Normalization?

  @Option(
    help: ArgumentHelp(
      "Also write the weights as another project reads them; may be repeated.",
      valueName: "layout"))
  var layout: [SparseAutoencoderLayout] = []

  @Flag(help: "Encode with the decoder's directions.")
  var tied = false

  func validate() throws {
    for (value, name) in [
      (features, "--features"), (k, "--k"), (epochs, "--epochs"), (samples, "--samples"),
      (batch, "--batch"),
    ] { try LimitCheck.atLeast(1, value, name) }
    for (value, name) in [
      (features, "--features"), (k, "--k"), (batch, "--batch"),
    ] { try LimitCheck.atMost(Self.largest, value, name) }
    try LimitCheck.atMost(Self.mostEpochs, epochs, "--epochs")
    try LimitCheck.atMost(Self.mostSamples, samples, "--samples")
    try LimitCheck.positive(l0, "--l0")
    try LimitCheck.positive(learningRate, "--learning-rate")
    if epochs != nil && samples != nil {
      throw ValidationError("'--epochs' and '--samples' both say how long; use one of them.")
    }
  }

  /// More features, or samples of a batch, are a slip of the finger.
  private static let largest = 1 << 22

  /// So are more samples.
  private static let mostSamples = 1 << 40

  /// So are more passes.
  private static let mostEpochs = 1 << 24

  /// The first of the options that was given and that a training which goes on cannot change, nil if none.
  var fixed: String? {
    let options: [(String, Bool)] = [
      ("--variant", variant != nil), ("--features", features != nil), ("--k", k != nil),
      ("--l0", l0 != nil), ("--batch", batch != nil), ("--learning-rate", learningRate != nil),
      ("--normalization", normalization != nil), ("--tied", tied),
    ]
    return options.first(where: \.1)?.0
  }

  /// How many samples the training is to see, if that was said.
  ///
  /// - Parameter rows: Number of samples that there are.
  /// - Returns: The number; nil unless given.
  func length(rows: Int) -> Int? { samples ?? epochs.map { $0 * rows } }

  /// Settings with what the command line says.
  ///
  /// - Parameter settings: The recipe's, or the defaults.
  /// - Returns: The settings.
  /// - Throws: `ValidationError` for numbers that contradict each other.
  func applied(to settings: SparseAutoencoderSettings) throws -> SparseAutoencoderSettings {
    var settings = settings
    settings.variant = variant ?? settings.variant
    settings.features = features ?? settings.features
    settings.active = k ?? min(settings.active, max(1, settings.features / 2))
    settings.epochs = epochs ?? settings.epochs
    guard settings.active < settings.features else {
      throw ValidationError(
        "--k \(settings.active) is not below --features \(settings.features): fewer features must be "
          + "active than there are.")
    }
    if let l0 {
      guard settings.variant.isPenalized else {
        throw ValidationError(
          "'--l0' is for l1, jumprelu and gated, and the variant is \(settings.variant.rawValue); "
            + "use --k.")
      }
      guard l0 < Double(settings.features) else {
        throw ValidationError(
          "--l0 \(NumberFormat.short(l0)) is not below --features \(settings.features): fewer "
            + "features must be active than there are.")
      }
    }
    return settings
  }

  /// A plan with what the command line says.
  func applied(to plan: SparseAutoencoderPlan) -> SparseAutoencoderPlan {
    var plan = plan
    plan.samples = samples ?? plan.samples
    plan.batchRows = batch ?? plan.batchRows
    plan.learningRate = learningRate ?? plan.learningRate
    plan.normalization = normalization ?? plan.normalization
    plan.isTied = tied || plan.isTied
    return plan
  }
}
