import ArgumentParser
import Limbeck

/// How the columns of a table are drawn.
struct CurveFigureOptions: ParsableArguments {
  @Option(help: ArgumentHelp("What the columns of a table measure.", valueName: "name"))
  var axis: String?

  @Flag(help: "Both axes logarithmic, on which only positive numbers have a place.")
  var logarithmic = false

  /// The columns over the first one.
  func figure(of table: Table, named name: String) -> CurvesFigure {
    let first = table.columns.count > 1 ? 1 : 0
    let curves = table.names.indices.dropFirst(first).map { column in
      CurvesFigure.Curve(
        MathText(table.names[column]),
        x: first == 1 ? table.columns[0] : (0..<table.rowCount).map(Double.init),
        y: table.columns[column])
    }
    return CurvesFigure(
      name,
      [
        CurvesFigure.Panel(
          horizontal: .init(
            MathText(first == 1 ? table.names[0] : "row"), isLogarithmic: logarithmic),
          vertical: .init(
            MathText(axis ?? (curves.count == 1 ? table.names[first] : "")),
            isLogarithmic: logarithmic), curves)
      ])
  }
}
