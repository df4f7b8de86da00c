import ArgumentParser
import Limbeck

/// A search ended within its budget without an equation that explains anything.
struct NoEquation: Error, CustomStringConvertible {
  let description =
    "the budget ended before an equation better than a constant was found; "
    + "give the search more --time or --evaluations"
}

extension Distillation {
  /// Ends the command with the code for an interruption, or for a search that explained nothing: a
  /// constant does not, unless it is proved to be the solution.
  func checkOutcome() throws {
    if Interruption.isSignalled { throw ExitCode(Failure.interrupted) }
    if bestEquation?.check?.isExactSolution ?? false { return }
    let names = bestEquation?.equation.symbols.map(\.name) ?? []
    guard names.contains(where: variables.contains) else { throw NoEquation() }
  }
}
