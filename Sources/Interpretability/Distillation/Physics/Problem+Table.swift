public import PINN
public import Symbolic

extension Problem {
  /// Checks that a table's target can be put back into the problem.
  ///
  /// - Parameters:
  ///   - table: Values of the unknown at points of the variables, under their names.
  ///   - path: The table's name in errors.
  /// - Throws: `DistillationError.severalUnknowns`, as nothing stands for the other unknowns of
  ///   a system; `DistillationError.notUnknown` and
  ///   `DistillationError.otherVariables` where names differ.
  public func check(fits table: SearchTable, path: String) throws(DistillationError) {
    guard unknowns.count == 1 else { throw .severalUnknowns(unknowns) }
    guard unknowns == [table.targetName.name] else {
      throw .notUnknown(table.targetName.name, path: path, unknowns: unknowns)
    }
    let (found, expected) = (table.variables.map(\.name), variables.map(\.name))
    guard found.sorted() == expected.sorted() else {
      throw .otherVariables(path: path, found: found, expected: expected)
    }
  }
}
