internal import Tensors

/// How well a target follows from some coordinates, without any model: the mean square of the
/// difference between each row and the row nearest to it in the coordinates.
///
/// If the target is a function of the coordinates, the difference vanishes as rows become dense, the
/// faster the fewer coordinates there are. If the coordinates leave out something that matters, it
/// does not vanish. Comparing two sets of coordinates on the same rows tells which is the better
/// description. Azadkia and Chatterjee (2021),
/// [doi:10.1214/21-AOS2073](https://doi.org/10.1214/21-AOS2073).
package struct NeighbourError {
  /// The squared difference of each row, in ranks of the target scaled to [0, 1].
  package let squares: [Double]

  /// The mean of ``squares``.
  package var mean: Double { squares.reduce(0, +) / Double(squares.count) }

  /// Measures coordinates.
  ///
  /// - Parameters:
  ///   - coordinates: One column for each, of the same length as `ranks`; brought to unit variance here.
  ///   - ranks: The ranks of the target, scaled to [0, 1].
  /// - Complexity: O(rows² · coordinates).
  package init(_ coordinates: [[Double]], ranks: [Double]) {
    let n = ranks.count
    let columns = coordinates.map(Self.standardised)
    var squares = [Double](repeating: 0, count: n)
    var distances = [Float](repeating: 0, count: n)
    for row in 0..<n {
      distances.withUnsafeMutableBufferPointer { distances in
        for index in 0..<n { distances[index] = 0 }
        for column in columns {
          column.withUnsafeBufferPointer { column in
            let centre = column[row]
            for index in 0..<n {
              let difference = column[index] - centre
              distances[index] += difference * difference
            }
          }
        }
        distances[row] = .infinity
        var nearest = 0
        for index in 1..<n where distances[index] < distances[nearest] { nearest = index }
        let difference = ranks[row] - ranks[nearest]
        squares[row] = difference * difference
      }
    }
    self.squares = squares
  }

  /// By how many standard errors these coordinates are better than others on the same rows.
  package func improvement(over other: NeighbourError) -> Double {
    let gains = zip(other.squares, squares).map { $0 - $1 }
    let n = Double(gains.count)
    let mean = gains.reduce(0, +) / n
    let variance = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    return variance > 0 ? mean / (variance / n).squareRoot() : 0
  }

  private static func standardised(_ values: [Double]) -> [Float] {
    let n = Double(values.count)
    let mean = values.reduce(0, +) / n
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    let scale = variance > 0 ? 1 / variance.squareRoot() : 0
    return values.map { Float(($0 - mean) * scale) }
  }

  /// The ranks of values, scaled to [0, 1]; equal values in the order of their rows.
  package static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    for (rank, index) in order.enumerated() {
      ranks[index] = Double(rank) / Double(max(1, values.count - 1))
    }
    return ranks
  }
}
