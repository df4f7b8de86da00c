/// Why a table could not be read.
public enum TableError: StoreFailure, Equatable {
  /// The file system refused.
  case file(FileError)

  /// A `.npy` or `.npz` file is malformed.
  case numpy(NumpyError)

  /// An HDF5 file is malformed.
  case hdf5(HDF5Error)

  /// The extension names no format of tables.
  case unknownFormat(path: String)

  /// A line of a text table is wrong; `field` counts from 1 where one field is to blame.
  case text(path: String, line: Int, field: Int?, problem: TextProblem)

  /// An array has more than two axes, or none.
  case unsupportedRank(path: String, array: String?, shape: [Int])

  /// A column is not as long as the first.
  case lengthMismatch(path: String, column: String, length: Int, expected: Int)

  /// Two columns have one name.
  case duplicateColumn(path: String, name: String)

  /// NaN or infinity; `row` counts from 1.
  case notFinite(path: String, column: String, row: Int, value: NonFinite)

  /// There are no columns.
  case noColumns(path: String)

  /// There are too few rows.
  case tooFewRows(path: String, count: Int, minimum: Int)

  /// What can be wrong with a line of text.
  public enum TextProblem: Sendable, Equatable {
    /// A field is not a number.
    case notANumber(String)

    /// A field is empty.
    case missingValue

    /// A field is NaN or infinity.
    case notFinite(NonFinite)

    /// The line has another number of fields than the first.
    case fieldCount(found: Int, expected: Int)

    /// The header names no column, or names one twice.
    case emptyName

    /// The header names a column twice.
    case duplicateName(String)

    /// A quoted field does not end, or text follows its closing quote.
    case brokenQuote

    /// The text holds a byte that is never part of a table: the file is not text.
    case notText

    /// The line has more fields than are accepted.
    case tooManyFields(limit: Int)
  }

  /// The values that are not numbers to compute with.
  public enum NonFinite: String, Sendable, Equatable {
    /// Not a number.
    case nan = "NaN"

    /// Plus or minus infinity.
    case infinity

    /// Tells what a value that is not finite is.
    init(_ value: Double) { self = value.isNaN ? .nan : .infinity }
  }

  /// The kind of failure, for an exit code.
  public var kind: FailureKind {
    switch self {
    case .file(let error): error.kind
    case .numpy(let error): error.kind
    case .hdf5(let error): error.kind
    default: .malformed
    }
  }
}

extension TableError {
  /// One sentence that says what was found, where, what was expected, and what to do.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .numpy(let error): error.description
    case .hdf5(let error): error.description
    case .unknownFormat(let path):
      "\(path): not a known kind of table; known are "
        + TableFormat.allCases.flatMap(\.extensions).map { "." + $0 }.joined(separator: " ")
    case .text(let path, let line, let field, let problem):
      "\(path):\(line): \(field.map { "field \($0) " } ?? "")\(problem)"
    case .unsupportedRank(let path, let array, let shape):
      "\(path): \(array.map { "array '\($0)'" } ?? "the array") has shape \(shape); "
        + "a table needs one axis (a column) or two (rows, columns)"
    case .lengthMismatch(let path, let column, let length, let expected):
      "\(path): column '\(column)' has \(length) rows, the first column \(expected); "
        + "columns must have one length"
    case .duplicateColumn(let path, let name):
      "\(path): two columns are named '\(name)'; rename one"
    case .notFinite(let path, let column, let row, let value):
      "\(path): row \(row) of column '\(column)' is \(value.rawValue); remove the row or repair it"
    case .noColumns(let path):
      "\(path): no columns; a table needs at least one"
    case .tooFewRows(let path, let count, let minimum):
      "\(path): \(count) \(count == 1 ? "row is" : "rows are") too few; "
        + "at least \(minimum) \(minimum == 1 ? "is" : "are") needed"
    }
  }
}

extension TableError.TextProblem: CustomStringConvertible {
  /// What was found and what was expected; follows the words `field n` where there is one.
  public var description: String {
    switch self {
    case .notANumber(let text):
      text.contains(",")
        ? "is '\(text)', not a number; write decimals with a point"
        : "is '\(text)', not a number"
    case .missingValue:
      "is empty; every field needs a number"
    case .notFinite(let value):
      "is \(value.rawValue); remove the line or repair it"
    case .fieldCount(let found, let expected):
      "the line has \(found) \(found == 1 ? "field" : "fields") where the first has \(expected)"
    case .emptyName:
      "of the header is empty; give the column a name (pandas: to_csv(index=False))"
    case .duplicateName(let name):
      "of the header names '\(name)' a second time; rename one"
    case .brokenQuote:
      "has a quote that does not end, or text after the closing quote"
    case .notText:
      "the line holds bytes that are not text; is this file a table?"
    case .tooManyFields(let limit):
      "the line has more than \(limit) fields; is the separator a comma, semicolon or tab?"
    }
  }
}
