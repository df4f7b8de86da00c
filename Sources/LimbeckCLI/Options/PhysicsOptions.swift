import ArgumentParser
import Limbeck

/// How equations are put back into a problem.
struct PhysicsOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "A table's problem: a recipe whose variables and unknown are its columns.",
      valueName: "file"))
  var recipe: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "How much the problem's residual counts beside the data; 0 for ranking alone.",
      valueName: "w"))
  var residualWeight: Double?

  func validate() throws {
    if let residualWeight, !(residualWeight >= 0 && residualWeight.isFinite) {
      throw ValidationError(
        "'--residual-weight \(NumberFormat.short(residualWeight))' is not a number from 0 on.")
    }
  }
}
