internal import Tensors

/// Looks for columns that say nothing, or nothing new.
struct ColumnReview {
  /// The columns that are worth a search, as indices into those that were looked at.
  private(set) var kept: [Int] = []

  /// What was found.
  private(set) var notes: [PreparationNote] = []

  /// The most whole numbers that look like categories.
  private static let mostCategories = 12

  /// How often each of them occurs at least, on average.
  private static let leastOccurrence = 20

  /// Looks at columns.
  ///
  /// - Parameters:
  ///   - columns: The columns.
  ///   - names: Their names.
  ///   - target: The target.
  ///   - keepsAll: Whether what says nothing stays, since it was asked for by name.
  init(_ columns: [[Double]], names: [String], target: [Double], keepsAll: Bool) {
    var earlier: [UInt64: [Int]] = [:]
    for (index, column) in columns.enumerated() {
      let hash = Self.hash(column)
      let twin = earlier[hash]?.first { columns[$0] == column }
      if !keepsAll, let value = column.first, column.allSatisfy({ $0 == value }) {
        notes.append(.constant(names[index], value: value))
      } else if !keepsAll, let twin {
        notes.append(.duplicate(names[index], of: names[twin]))
      } else {
        earlier[hash, default: []].append(index)
        kept.append(index)
        if column == target { notes.append(.copyOfTarget(names[index])) }
        if let values = Self.categories(column) {
          notes.append(.fewValues(names[index], values: values))
        }
      }
    }
  }

  /// The number of rows that repeat an earlier one.
  ///
  /// - Parameter columns: All columns, the target among them.
  /// - Returns: Between 0 and the number of rows less one.
  static func repeatedRows(_ columns: [[Double]]) -> Int {
    let count = columns.first?.count ?? 0
    var seen: Set<[UInt64]> = []
    return (0..<count).count { row in !seen.insert(columns.map { $0[row].bitPattern }).inserted }
  }

  /// The values of a column that may be names of categories, sorted.
  private static func categories(_ column: [Double]) -> [Int]? {
    var values: Set<Int> = []
    for value in column {
      guard value.magnitude < 1e9, let whole = Int(exactly: value) else { return nil }
      values.insert(whole)
      guard values.count <= mostCategories else { return nil }
    }
    return values.count > 2 && column.count >= leastOccurrence * values.count
      ? values.sorted() : nil
  }

  // FNV-1a over the words; zeros of both signs are equal.
  private static func hash(_ column: [Double]) -> UInt64 {
    column.reduce(0xcbf2_9ce4_8422_2325) { hash, value in
      (hash ^ (value == 0 ? 0 : value.bitPattern)) &* 0x100_0000_01b3
    }
  }
}
