import ArgumentParser
import Limbeck

/// What is done to a table before it is searched.
struct PreparationOptions: ParsableArguments {
  @Option(
    name: .customLong("select-k-features"), parsing: .unconditional,
    help: ArgumentHelp(
      "Search a table's K columns that the target depends on most; of more than "
        + "\(TablePreparation.automaticColumns) columns some are chosen anyway.",
      valueName: "k"))
  var features: Int?

  @Flag(
    name: .long,
    help: "Smooth a table's target by a Gaussian process first; losses are those of the original.")
  var denoise = false

  func validate() throws {
    try LimitCheck.atLeast(1, features, "--select-k-features")
  }

  /// The preparation of a table.
  func preparation(rows: Int?, seed: Int, threads: Int) -> TablePreparation {
    var preparation = TablePreparation()
    preparation.rows = rows
    preparation.columns = features
    preparation.isDenoised = denoise
    preparation.seed = seed
    preparation.threads = threads
    return preparation
  }
}
