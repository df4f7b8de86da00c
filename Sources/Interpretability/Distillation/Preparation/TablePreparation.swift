/// What is done to a table before it is searched.
public struct TablePreparation: Sendable, Equatable {
  /// How many rows to search, drawn at random without repetition; nil for all up to ``automaticRows``.
  ///
  /// What is found on some rows is confirmed on all.
  public var rows: Int?

  /// How many columns to choose, those that the target depends on most; nil for all up to
  /// ``automaticColumns``.
  public var columns: Int?

  /// Whether the search looks at a smoother target; see ``TargetSmoother``.
  public var isDenoised = false

  /// The seed of the draw of rows.
  public var seed = 1

  /// The number of threads; no result depends on it.
  public var threads = 1

  /// The most rows that are searched unless more are asked for: enough to tell constants to a part in a
  /// hundred of the noise, and few enough to confirm thousands of formulas a second.
  public static let automaticRows = 20_000

  /// The most columns that are searched unless more are asked for.
  public static let automaticColumns = 30

  /// All rows and columns as they are, as far as they are not very many.
  public init() {}
}
