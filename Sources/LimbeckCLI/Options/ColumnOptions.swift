import ArgumentParser
import Limbeck

/// Which columns and rows of a table are looked at.
struct ColumnOptions: ParsableArguments {
  @Option(
    name: .long, parsing: .singleValue,
    help: ArgumentHelp(
      "What to explain: an unknown of the run, layer0, layer0.neuron5, layer0:weights.npy; "
        + "a column of the table. Several as u,v or one option each.",
      valueName: "names"))
  var target: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Columns to explain a table's target by, such as a,b,c; all others unless given.",
      valueName: "names"))
  var columns: String?

  @Option(
    name: .long,
    help: ArgumentHelp("A table's column of weights, how much each row counts.", valueName: "name"))
  var weights: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Rows to use: grid points of a run, a random sample of a table.", valueName: "n"))
  var rows: Int?

  func validate() throws {
    try LimitCheck.atLeast(2, rows, "--rows")
    if let columns, !columns.contains(where: { $0 != "," && $0 != " " }) {
      throw ValidationError("'--columns' names no column; give names such as a,b,c.")
    }
    let targets = targets
    if targets.count < target.count {
      throw ValidationError("'--target' names nothing; give names such as u,v.")
    }
    for (index, name) in targets.enumerated() where targets[..<index].contains(name) {
      throw ValidationError("'--target \(name)' is given twice; name each target once.")
    }
  }

  /// The roles of a table's columns, for each target.
  var roles: [TableSample.Roles] {
    var roles = TableSample.Roles()
    roles.weights = weights
    roles.variables = columns.map(Self.names)
    let targets = targets
    guard targets.count > 1 else {
      roles.target = targets.first
      return [roles]
    }
    return targets.map { name in
      roles.target = name
      roles.otherTargets = targets.filter { $0 != name }
      return roles
    }
  }

  /// What is to be explained, in the order given.
  var targets: [String] { target.flatMap(Self.names) }

  /// The names in a list such as `a, b`.
  private static func names(_ list: String) -> [String] {
    list.split(separator: ",").map { name in String(name.drop { $0 == " " }) }
  }
}
