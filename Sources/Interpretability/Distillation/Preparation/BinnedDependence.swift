#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How much values depend on columns, whatever the form of the dependence: analysis of variance over bins
/// of equally many rows.
///
/// With values r of mean zero and variance one, `Σ_b n_b r̄_b²` over B bins is a χ² variable of B − 1
/// degrees of freedom when r does not depend on what is binned (the correlation ratio of Pearson 1905 times
/// n). Bins of two columns together see products, of which neither column alone shows anything.
package struct BinnedDependence: Sendable {
  /// Bins of a column that is looked at alone.
  private static let binsAlone = 8

  /// Bins of each of two columns that are looked at together.
  private static let binsTogether = 5

  /// The most rows of two columns that are looked at together.
  private static let rowsTogether = 500

  private let alone: [[UInt8]]
  private let together: [[UInt8]]

  /// Sorts the rows of columns into bins.
  ///
  /// - Parameter columns: The columns, of one length.
  package init(_ columns: [[Double]]) {
    let ranks = columns.map(Self.ranks)
    func bins(_ count: Int) -> [[UInt8]] {
      ranks.map { column in column.map { UInt8(min(Double(count - 1), floor($0 * Double(count)))) }
      }
    }
    alone = bins(Self.binsAlone)
    together = bins(Self.binsTogether)
  }

  /// The mean rank of each value among all, from 0 to 1; equal values have equal ranks.
  package static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      let rank = (0.5 * Double(start + end - 1) + 0.5) / Double(values.count)
      for position in start..<end { ranks[order[position]] = rank }
      start = end
    }
    return ranks
  }

  /// How far the variation between the bins of a column is beyond chance, in standard deviations.
  ///
  /// - Parameters:
  ///   - column: The column.
  ///   - values: One value a row, of mean zero and variance one.
  /// - Returns: `(χ² − f) / √(2f)` with f degrees of freedom.
  package func excess(_ column: Int, _ values: [Double]) -> Double {
    Self.excess(values, rows: values.count, Self.binsAlone) { Int(alone[column][$0]) }
  }

  /// The same for the bins of two columns together, on fewer rows: pairs are many.
  func excess(_ first: Int, _ second: Int, _ values: [Double]) -> Double {
    together[first].withUnsafeBufferPointer { a in
      together[second].withUnsafeBufferPointer { b in
        Self.excess(
          values, rows: min(values.count, Self.rowsTogether), Self.binsTogether * Self.binsTogether
        ) { row in Int(a[row]) * Self.binsTogether + Int(b[row]) }
      }
    }
  }

  @inline(__always)
  private static func excess(
    _ values: [Double], rows: Int, _ bins: Int, _ bin: (Int) -> Int
  ) -> Double {
    withUnsafeTemporaryAllocation(of: (sum: Double, count: Double).self, capacity: bins) { cells in
      cells.initialize(repeating: (0, 0))
      values.withUnsafeBufferPointer { values in
        for row in 0..<rows {
          let index = bin(row)
          cells[index].sum += values[row]
          cells[index].count += 1
        }
      }
      var statistic = 0.0
      var freedom = -1.0
      for cell in cells where cell.count > 0 {
        statistic += cell.sum * cell.sum / cell.count
        freedom += 1
      }
      return freedom > 0 ? (statistic - freedom) / (2 * freedom).squareRoot() : 0
    }
  }
}
