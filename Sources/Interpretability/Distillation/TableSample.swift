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

  /// Takes a table.
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
    let names = source.names
    let targetName = target ?? names[names.count - 1]
    guard let targetIndex = names.firstIndex(of: targetName) else {
      throw DistillationError.noColumn(
        targetName, path: path, found: names,
        suggestion: Spelling.suggestion(for: targetName, among: names))
    }
    var columns = source.columns
    if let rows, rows < source.rowCount {
      var random = RandomStream(seed: UInt64(bitPattern: Int64(seed)))
      // In the table's order, so that rows which belong together stay together.
      let chosen = random.permutation(source.rowCount)[..<rows].sorted()
      columns = columns.map { column in chosen.map { column[$0] } }
    }
    let symbols = Self.symbols(for: names)
    let others = names.indices.filter { $0 != targetIndex }
    // Squares of the unit roundoff, with room for the rounding of what the target was computed from.
    let isSingle = columns[targetIndex].allSatisfy { Double(Float($0)) == $0 }
    roundingLoss = isSingle ? 1e-14 : 1e-24
    do {
      table = try SearchTable(
        variables: others.map { symbols[$0] }, columns: others.map { columns[$0] },
        targetName: symbols[targetIndex], target: columns[targetIndex])
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
