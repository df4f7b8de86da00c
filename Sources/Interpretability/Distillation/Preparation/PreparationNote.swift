internal import RunStore

/// Something about a table that its owner should know, and what was done about it.
public enum PreparationNote: Sendable, Equatable {
  /// A column has one value.
  case constant(String, value: Double)

  /// A column has the values of another.
  case duplicate(String, of: String)

  /// A column has the values of the target.
  case copyOfTarget(String)

  /// A column has a few whole numbers only.
  case fewValues(String, values: [Int])

  /// A column's name is no word of a formula.
  case renamed(String, to: String)

  /// Rows occur more than once.
  case repeatedRows(Int, of: Int)

  /// Some of the rows are searched.
  case sampled(Int, of: Int)

  /// Some of the columns are searched.
  case selected([String], of: Int, isAsked: Bool)

  /// The target was smoothed; the share of its standard deviation that was taken off.
  case denoised(Double)

  /// The target was to be smoothed and shows no noise, or nothing else.
  case notDenoised
}

extension PreparationNote: CustomStringConvertible {
  /// One sentence that says what was found and what was done.
  public var description: String {
    switch self {
    case .constant(let name, let value):
      "column '\(name)' is \(NumberFormat.short(value)) in every row: left out"
    case .duplicate(let name, let other):
      "column '\(name)' repeats column '\(other)': left out"
    case .copyOfTarget(let name):
      "column '\(name)' repeats the target: it explains everything and says nothing; "
        + "leave it out with --columns"
    case .fewValues(let name, let values):
      "column '\(name)' has only the values \(values.map(String.init).joined(separator: ", ")): "
        + "searched as a number, not as names of categories"
    case .renamed(let name, let symbol):
      "column '\(name)' is written \(symbol)"
    case .repeatedRows(let count, let rows):
      "\(count) of \(rows) rows repeat others: each counts as often as it occurs"
    case .sampled(let rows, let count):
      "searching \(rows) of \(count) rows, drawn at random; equations are confirmed on all of them"
    case .selected(let names, let count, let isAsked):
      (isAsked ? "chose" : "too many columns for a search: chose")
        + " \(names.count) of \(count), those that the target depends on: "
        + names.joined(separator: ", ")
    case .denoised(let share):
      "smoothed the target, which took off \(NumberFormat.short(100 * share)) % of its standard "
        + "deviation; losses on the way are against the smooth target, final ones against the original"
    case .notDenoised:
      "the target was not smoothed: nearby rows show no noise in it, or nothing else"
    }
  }
}
