import ArgumentParser
import Limbeck

/// Samples whose features are known, to see which of them an autoencoder finds.
struct SuperpositionOptions: ParsableArguments {
  @Flag(
    help: "Train on samples made of known features, and say how many of these are recovered.")
  var synthetic = false

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Number of known features.", valueName: "n"))
  var trueFeatures: Int?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Width of the samples.", valueName: "n"))
  var dimension: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Probability that a feature is active in a sample.", valueName: "p"))
  var probability: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Correlation of the activity of features of a group.", valueName: "rho"))
  var correlation: Double?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Features in a correlated group.", valueName: "n"))
  var group: Int?

  @Option(help: "How large an active feature is.")
  var magnitude: SuperpositionModel.MagnitudeLaw?

  /// The first option that was given beside `--synthetic`, nil if none.
  private var given: String? {
    let options: [(String, Bool)] = [
      ("--true-features", trueFeatures != nil), ("--dimension", dimension != nil),
      ("--probability", probability != nil), ("--correlation", correlation != nil),
      ("--group", group != nil), ("--magnitude", magnitude != nil),
    ]
    return options.first(where: \.1)?.0
  }

  func validate() throws {
    if !synthetic, let given {
      throw ValidationError("'\(given)' describes samples of '--synthetic'; add that option.")
    }
    for (value, name) in [(trueFeatures, "--true-features"), (dimension, "--dimension")] {
      try LimitCheck.atLeast(1, value, name)
      try LimitCheck.atMost(1 << 16, value, name)
    }
    try LimitCheck.atLeast(2, group, "--group")
    if let probability, !(probability > 0 && probability < 1) {
      throw ValidationError(
        "'--probability \(NumberFormat.short(probability))' is not between 0 and 1.")
    }
    if let correlation, !(correlation >= 0 && correlation < 1) {
      throw ValidationError(
        "'--correlation \(NumberFormat.short(correlation))' is not from 0 on and below 1.")
    }
    if group != nil && correlation == nil {
      throw ValidationError("'--group' says which features '--correlation' is of; give both.")
    }
  }

  /// What makes the samples.
  ///
  /// - Parameter seed: Fixes the features.
  /// - Returns: The model; 512 features in 64 dimensions, each active in a hundredth of the samples,
  ///   unless the options say otherwise.
  func model(seed: Int) -> SuperpositionModel {
    SuperpositionModel(
      featureCount: trueFeatures ?? 512, width: dimension ?? 64, probability: probability ?? 0.01,
      correlation: correlation.map { .init(coefficient: $0, groupSize: group ?? 8) } ?? .none,
      magnitude: magnitude ?? .uniform, seed: UInt64(seed))
  }
}
