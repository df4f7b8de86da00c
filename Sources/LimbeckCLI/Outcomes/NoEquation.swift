import ArgumentParser
import Limbeck

/// A search ended within its budget without an equation that explains anything.
struct NoEquation: Error, CustomStringConvertible {
  let description =
    "the budget ended before an equation better than a constant was found; "
    + "give the search more --time or --evaluations"
}

extension Distillation {
  /// Whether no equation better than a constant was found; one that is proved to be the solution is.
  var explainsNothing: Bool {
    if bestEquation?.check?.isExactSolution ?? false { return false }
    let names = bestEquation?.equation.symbols.map(\.name) ?? []
    return !names.contains(where: variables.contains)
  }

  /// Ends the command with the code for an interruption, or for a search that explained nothing.
  func checkOutcome() throws {
    if Interruption.isSignalled { throw ExitCode(Failure.interrupted) }
    if explainsNothing { throw NoEquation() }
  }
}
