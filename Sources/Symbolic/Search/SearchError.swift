/// Why a search cannot start.
public enum SearchError: Error, Equatable, Sendable {
  /// A column is not as long as the target.
  case lengthMismatch(column: String, length: Int, expected: Int)

  /// Two columns, or a column and the target, have one name.
  case duplicateColumn(name: String)

  /// There is nothing to explain the target with.
  case noColumns

  /// There are too few rows for any fit.
  case tooFewRows(count: Int, minimum: Int)

  /// A value is NaN or infinite; `row` counts from 1.
  case notFinite(column: String, row: Int)

  /// A weight is negative; `row` counts from 1.
  case negativeWeight(row: Int)

  /// Every weight is zero.
  case noWeight

  /// All rows have the same target, so that there is nothing to explain.
  case constantTarget(name: String, value: Double)

  /// The grammar has no operator, or its limits leave no room for one.
  case emptyGrammar

  /// The grammar's template needs a column that the table does not have.
  case unknownVariable(name: String, columns: [String])

  /// The grammar asks for something that this search cannot do.
  case notSearched(String)

  /// A weight is given for a name that is neither an operator nor a column.
  case weightOfNothing(name: String, columns: [String])

  /// A unit is given for a name that the table does not have.
  case unitOfNothing(name: String, columns: [String])

  /// The target's unit is no product of powers of the columns' units, and constants have none.
  case unreachableDimension(target: String, String)

  /// The loss is not defined for a target; `row` counts from 1.
  case lossUndefined(loss: String, target: Double, row: Int)

  /// The template has more sub-functions than a genome can hold.
  case tooManyFunctions(count: Int, limit: Int)

  /// A parameter by category has a column of more values than categories can be.
  case tooManyCategories(column: String, count: Int, limit: Int)

  /// A formula has no finite value on some row, or too many constants to fit.
  case undefinedFormula(String)

  /// A formula to start from cannot be used.
  case guess(String, GuessProblem)

  /// The squares of the target leave the range of numbers.
  case targetMagnitude(name: String, value: Double)

  /// A saved state belongs to another table, grammar or set of options.
  case stateMismatch(what: String)
}

extension SearchError: CustomStringConvertible {
  /// One sentence that says what was found, what was expected, and what to do about it.
  public var description: String {
    switch self {
    case .lengthMismatch(let column, let length, let expected):
      "column '\(column)' has \(length) rows where the target has \(expected); "
        + "give every column one value per row"
    case .duplicateColumn(let name):
      "the name '\(name)' occurs twice in the table; rename one of the columns"
    case .noColumns:
      "the table has a target but no other column; add the variables the target may depend on"
    case .tooFewRows(let count, let minimum):
      "the table has \(count) \(count == 1 ? "row" : "rows"), but a search needs at least "
        + "\(minimum); record more samples"
    case .notFinite(let column, let row):
      "column '\(column)' is not finite at row \(row); remove the row or repair its value"
    case .negativeWeight(let row):
      "the weight of row \(row) is negative; weights count how much a row matters, from 0 up"
    case .noWeight:
      "all weights are zero; give at least some rows a positive weight"
    case .constantTarget(let name, let value):
      "the target '\(name)' is \(value) in every row, so there is no dependence to find; "
        + "choose a column that varies, or record rows in which it does"
    case .emptyGrammar:
      "the grammar leaves no formula to try; allow at least one operator and a size of 3 or more"
    case .unknownVariable(let name, let columns):
      "the grammar's template uses '\(name)', but the table has "
        + columns.joined(separator: ", ") + "; rename the column or change the template"
    case .notSearched(let part):
      "the search cannot make use of \(part) in the grammar; remove it"
    case .weightOfNothing(let name, let columns):
      "the grammar weighs '\(name)', which is no operator, and the table has "
        + columns.joined(separator: ", ") + "; rename the column or remove the weight"
    case .unitOfNothing(let name, let columns):
      "the grammar gives a unit for '\(name)', but the table has "
        + columns.joined(separator: ", ") + "; rename the column or remove the unit"
    case .unreachableDimension(let target, let dimension):
      "no formula of the columns has the target's dimension: '\(target)' is in \(dimension); "
        + "correct the units, or let constants carry units"
    case .lossUndefined(let loss, let target, let row):
      "the loss '\(loss)' is not defined where the target is \(target), as in row \(row); choose "
        + "another loss or leave out the row"
    case .tooManyFunctions(let count, let limit):
      "the template has \(count) sub-functions, but at most \(limit) can be searched together; "
        + "merge some of them"
    case .tooManyCategories(let column, let count, let limit):
      "a parameter is given by category of '\(column)', but that column has \(count) different values; "
        + "at most \(limit) are taken for categories: merge some, or let the formula use the column"
    case .undefinedFormula(let formula):
      "the formula \(formula) cannot be fitted: it is not finite on every row, or has more than "
        + "\(Tape<Double>.maximumParameters) free constants; restrict the rows or shorten it"
    case .guess(let formula, let problem):
      "the guess '\(formula)' \(problem)"
    case .targetMagnitude(let name, let value):
      "the target '\(name)' has values up to \(value), whose squares no number holds; multiply it by a "
        + "power of ten that brings it between 1e-150 and 1e150"
    case .stateMismatch(let what):
      "the saved search has another \(what); resume it with what it was started with"
    }
  }
}
