internal import Tensors

/// Rows of activations and of the targets that are read from them, about the mean of each column.
///
/// A probe is fitted to pieces of them, transposed: activations come row by row, LAPACK wants columns.
struct CentredRows: Sendable {
  /// Mean of each column over the rows; shape `[columns]`.
  let means: [Double]

  /// Mean of each target over the rows.
  let targetMeans: [Double]

  private let activations: Matrix<Double>
  private let targets: [[Double]]
  private let rows: [Int]

  /// Takes the means.
  ///
  /// - Parameters:
  ///   - activations: Shape `[samples, columns]`.
  ///   - targets: One array of `samples` values for each target.
  ///   - rows: The rows that are meant; at least one.
  ///   - streams: Number of partial sums, the same for any number of threads.
  ///   - threads: Number of threads.
  init(
    _ activations: Matrix<Double>, targets: [[Double]], rows: [Int], streams: Int, threads: Int
  ) {
    self.activations = activations
    self.targets = targets
    self.rows = rows
    let sums = parallelMap(count: streams, threads: threads) { stream in
      Self.sums(
        activations,
        rows: rows[(rows.count * stream / streams)..<(rows.count * (stream + 1) / streams)])
    }
    means = (0..<activations.columns).map { j in
      Statistics.sum(sums.map { $0[j] }) / Double(rows.count)
    }
    targetMeans = targets.map { y in Statistics.mean(rows.map { y[$0] }) ?? 0 }
  }

  /// Copies some of the rows, centred and transposed, the targets last.
  ///
  /// - Parameters:
  ///   - range: Which of the rows.
  ///   - piece: Where to write; shape `[columns + targets, range.count]`.
  func copy(_ range: Range<Int>, to piece: UnsafeMutablePointer<Double>) {
    let (columns, count) = (means.count, range.count)
    activations.withUnsafePointer { a in
      means.withUnsafeBufferPointer { means in
        rows.withUnsafeBufferPointer { rows in
          // Eight numbers fill a cache line of the transpose before the next one is touched.
          for start in stride(from: 0, to: count, by: 8) {
            let end = min(count, start + 8)
            for j in 0..<columns {
              let (to, mean) = (piece + j * count, means[j])
              for r in start..<end { to[r] = a[rows[range.lowerBound + r] * columns + j] - mean }
            }
          }
        }
      }
    }
    for (t, (y, mean)) in zip(targets, targetMeans).enumerated() {
      let to = piece + (columns + t) * count
      for r in 0..<count { to[r] = y[rows[range.lowerBound + r]] - mean }
    }
  }

  /// The sum of each column by Kahan's compensated summation, all columns side by side.
  private static func sums(_ activations: Matrix<Double>, rows: ArraySlice<Int>) -> [Double] {
    let columns = activations.columns
    var total = [Double](repeating: 0, count: columns)
    var lost = [Double](repeating: 0, count: columns)
    activations.withUnsafePointer { a in
      total.withUnsafeMutableBufferPointer { total in
        lost.withUnsafeMutableBufferPointer { lost in
          for row in rows {
            let values = a + row * columns
            for j in 0..<columns {
              let value = values[j] - lost[j]
              let next = total[j] + value
              lost[j] = (next - total[j]) - value
              total[j] = next
            }
          }
        }
      }
    }
    return total
  }
}
