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
  ///   - rows: How many rows to use, drawn at random without repetition; nil for all.
  ///   - seed: The seed of the draw.
  /// - Throws: ``DistillationError`` if there is no such column, or the table cannot be searched.
  public init(
    _ source: Table, path: String, target: String?, rows: Int?, seed: Int
  ) throws(DistillationError) {
    var roles = Roles()
    roles.target = target
    try self.init(source, path: path, roles: roles, rows: rows, seed: seed)
  }

  /// Takes a table.
  ///
  /// - Parameters:
  ///   - source: The table.
  ///   - path: Its name in errors.
  ///   - roles: What its columns are.
  ///   - rows: How many rows to use, drawn at random without repetition; nil for all.
  ///   - seed: The seed of the draw.
  /// - Throws: ``DistillationError`` if there is no such column, or the table cannot be searched.
  public init(
    _ source: Table, path: String, roles: Roles, rows: Int?, seed: Int
  ) throws(DistillationError) {
    let names = source.names
    func index(of name: String) throws(DistillationError) -> Int {
      guard let index = names.firstIndex(of: name) else {
        throw DistillationError.noColumn(
          name, path: path, found: names,
          suggestion: Spelling.suggestion(for: name, among: names))
      }
      return index
    }
    let weightsIndex: Int? = if let name = roles.weights { try index(of: name) } else { nil }
    let free = names.indices.filter { $0 != weightsIndex }
    guard let last = free.last else { throw .unsearchable(path: path, .noColumns) }
    let targetIndex = if let name = roles.target { try index(of: name) } else { last }
    var taken: Set<Int> = [targetIndex]
    for name in roles.otherTargets { taken.insert(try index(of: name)) }
    var others = free.filter { !taken.contains($0) }
    if let variables = roles.variables {
      others = []
      for name in variables { others.append(try index(of: name)) }
    }
    let all = others + [targetIndex] + (weightsIndex.map { [$0] } ?? [])
    for (position, column) in all.enumerated() where all[..<position].contains(column) {
      throw .twoRoles(names[column], path: path)
    }
    var columns = source.columns
    if let rows, rows < source.rowCount {
      var random = RandomStream(seed: UInt64(bitPattern: Int64(seed)))
      // In the table's order, so that rows which belong together stay together.
      let chosen = random.permutation(source.rowCount)[..<rows].sorted()
      columns = columns.map { column in chosen.map { column[$0] } }
    }
    let symbols = Self.symbols(for: names)
    // Squares of the unit roundoff, with room for the rounding of what the target was computed from.
    let isSingle = columns[targetIndex].allSatisfy { Double(Float($0)) == $0 }
    let written = DecimalRounding.loss(
      of: others.map { columns[$0] }, target: columns[targetIndex])
    roundingLoss = max(isSingle ? 1e-14 : 1e-24, written ?? 0)
    do {
      table = try SearchTable(
        variables: others.map { symbols[$0] }, columns: others.map { columns[$0] },
        targetName: symbols[targetIndex], target: columns[targetIndex],
        weights: weightsIndex.map { columns[$0] })
    } catch {
      throw .unsearchable(path: path, error)
    }
  }

  private static func symbols(for names: [String]) -> [Symbol] {
    var taken: Set<String> = []
    return names.map { name in
      var text = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
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
