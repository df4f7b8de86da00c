import ArgumentParser

/// What is written about a training for others to draw.
struct CurveOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Directory that gets the curves of the training for TensorBoard.", valueName: "dir"))
  var tensorboard: String?
}
