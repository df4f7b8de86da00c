internal import RunStore

/// A table of measurements by what its rows are for.
struct MeasuredRows {
  /// The rows that are trained on.
  let training: Table

  /// The rows that decide which network is kept: those that are trained on, unless the table is split.
  let validation: Table

  /// The rows that measure the network, if the table is split.
  let test: Table?

  /// Cuts a table.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - data: What the recipe says of it.
  /// - Throws: ``TrainingError/unsupported(_:)`` if a part would be empty.
  init(_ table: Table, _ data: Problem.Measurements) throws(TrainingError) {
    guard let split = data.split else {
      (training, validation, test) = (table, table, nil)
      return
    }
    let ranges = split.ranges(count: table.rowCount)
    guard !ranges.training.isEmpty, !ranges.validation.isEmpty, !ranges.test.isEmpty else {
      throw .unsupported(
        "\(data.file) has \(table.rowCount) rows, too few for the three parts of 'split';\n"
          + "leave 'split' out, or name a table with more rows")
    }
    training = table[rows: ranges.training]
    validation = table[rows: ranges.validation]
    test = table[rows: ranges.test]
  }
}

extension Table {
  /// Consecutive rows, at least one.
  fileprivate subscript(rows range: Range<Int>) -> Table {
    Table(names: names, columns: columns.map { Array($0[range]) })
  }
}
