public import RunStore
public import Symbolic
internal import Tensors

/// A table with one of its columns as the target of a distillation.
///
/// Column names become names that formulas can contain: other characters turn into underscores, and
/// what would be read as a number or a function gets an underscore more.
public struct TableSample: Sendable {
  /// The table, ready to search.
  public let table: SearchTable

  /// The normalised loss `1 − R²` that the rounding of the numbers leaves, at which a search is done.
  public let roundingLoss: Double

  /// The target without noise, where that was asked for and there was some.
  public let smoothedTarget: [Double]?

  /// All rows, where ``table`` holds some of them.
  public let confirmation: RowConfirmation?

  /// What was found and done on the way.
  public private(set) var notes: [PreparationNote]

  /// What the columns of a table are.
  public struct Roles: Sendable, Equatable {
    /// The column to explain; nil for the last one that has no other role.
    public var target: String?

    /// Other columns that nothing is explained by: the targets of other searches.
    public var otherTargets: [String] = []

    /// The column of the rows' weights; nil for equal ones.
    public var weights: String?

    /// The columns to explain the target by; nil for all that have no other role.
    public var variables: [String]?

    /// The last column is the target, the others explain it.
    public init() {}
  }

  /// Takes a table with one column to explain by all the others.
  ///
  /// - Parameters:
  ///   - source: The table.
  ///   - path: Its name in errors.
  ///   - target: The target's column; nil for the last one.
  ///   - rows: How many rows to use, drawn at random without repetition; nil for all, up to
  ///     ``TablePreparation/automaticRows``.
  ///   - seed: The seed of the draw.
  /// - Throws: ``DistillationError`` if there is no such column, or the table cannot be searched.
  public init(
    _ source: Table, path: String, target: String?, rows: Int?, seed: Int
  ) throws(DistillationError) {
    var roles = Roles()
    roles.target = target
    var preparation = TablePreparation()
    preparation.rows = rows
    preparation.seed = seed
    try self.init(source, path: path, roles: roles, preparation: preparation)
  }

  /// Takes a table.
  ///
  /// - Parameters:
  ///   - source: The table.
  ///   - path: Its name in errors.
  ///   - roles: What its columns are.
  ///   - preparation: What is done to it before it is searched.
  /// - Throws: ``DistillationError`` if there is no such column, or the table cannot be searched.
  public init(
    _ source: Table, path: String, roles: Roles, preparation: TablePreparation = .init()
  ) throws(DistillationError) {
    let names = source.names
    let columns = source.columns
    let assigned = try Assignment(roles, names: names, path: path)
    let isNamed = roles.variables != nil
    let review = ColumnReview(
      assigned.variables.map { columns[$0] }, names: assigned.variables.map { names[$0] },
      target: columns[assigned.target],
      keepsAll: isNamed || source.rowCount < SearchTable.minimumRows)
    notes = review.notes
    let kept = review.kept.map { assigned.variables[$0] }
    guard !kept.isEmpty || assigned.variables.isEmpty else { throw .noVariation(path: path) }
    let sample = Self.sample(source.rowCount, preparation)
    if let sample, preparation.rows == nil {
      notes.append(.sampled(sample.count, of: source.rowCount))
    }
    func searched(_ column: Int) -> [Double] {
      sample.map { rows in rows.map { columns[column][$0] } } ?? columns[column]
    }
    let symbols = Self.symbols(for: names)
    notes += (kept + [assigned.target]).filter { names[$0] != symbols[$0].name }
      .map { .renamed(names[$0], to: symbols[$0].name) }
    let target = searched(assigned.target)
    // Squares of the unit roundoff, with room for the rounding of what the target was computed from.
    let isSingle = target.allSatisfy { Double(Float($0)) == $0 }
    let written = DecimalRounding.loss(of: kept.map(searched), target: target)
    roundingLoss = max(isSingle ? 1e-14 : 1e-24, written ?? 0)
    do {
      var table = try SearchTable(
        variables: kept.map { symbols[$0] }, columns: kept.map(searched),
        targetName: symbols[assigned.target], target: target,
        weights: assigned.weights.map(searched))
      let repeated = ColumnReview.repeatedRows(table.columns + [target])
      if repeated > 0 { notes.append(.repeatedRows(repeated, of: table.rowCount)) }
      let count = preparation.columns
      if count.map({ $0 < kept.count }) ?? (kept.count > TablePreparation.automaticColumns) {
        let selection = ColumnSelection(
          table, count: count, seed: preparation.seed, threads: preparation.threads)
        notes.append(
          .selected(
            selection.columns.map { table.variables[$0].name }, of: kept.count,
            isAsked: count != nil))
        table = try table.selecting(selection.columns)
      }
      if preparation.isDenoised {
        let smoother = TargetSmoother(table, seed: preparation.seed)
        smoothedTarget = smoother?.smoothed
        notes.append(smoother.map { .denoised($0.noise) } ?? .notDenoised)
      } else {
        smoothedTarget = nil
      }
      if sample != nil {
        let places = table.variables.compactMap { symbols.firstIndex(of: $0) }
        confirmation = RowConfirmation(
          variables: table.variables, columns: places.map { columns[$0] },
          target: columns[assigned.target], weights: assigned.weights.map { columns[$0] })
      } else {
        confirmation = nil
      }
      self.table = table
    } catch {
      throw .unsearchable(path: path, error)
    }
  }

  /// The rows to search, in the table's order, so that rows which belong together stay together; nil for
  /// all.
  private static func sample(_ count: Int, _ preparation: TablePreparation) -> [Int]? {
    let rows = preparation.rows ?? TablePreparation.automaticRows
    guard rows < count else { return nil }
    // Each row is taken with the chance that is left for it (Knuth's algorithm S), which needs no memory.
    var random = RandomStream(seed: UInt64(bitPattern: Int64(preparation.seed)))
    var chosen: [Int] = []
    for row in 0..<count where random.below(count - row) < rows - chosen.count {
      chosen.append(row)
    }
    return chosen
  }

  private static func symbols(for names: [String]) -> [Symbol] {
    var taken: Set<String> = []
    return names.enumerated().map { index, name in
      var text = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
      if !text.contains(where: { $0.isLetter || $0.isNumber }) { text = "x\(index)" }
      if text.first.map({ $0.isNumber }) ?? true { text = "x" + text }
      // A name that parses as itself means nothing else.
      while taken.contains(text)
        || (try? Expression(parsing: text))?.symbolValue?.name != text
      {
        text += "_"
      }
      taken.insert(text)
      return Symbol(text)
    }
  }
}
