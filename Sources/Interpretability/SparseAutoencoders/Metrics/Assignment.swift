internal import Tensors

/// The one-to-one matching of rows to columns with the largest sum.
///
/// The Hungarian method by shortest augmenting paths: Kuhn (1955),
/// [doi:10.1002/nav.3800020109](https://doi.org/10.1002/nav.3800020109); Jonker & Volgenant (1987),
/// [doi:10.1007/BF02278710](https://doi.org/10.1007/BF02278710).
struct Assignment {
  /// For each row its column; there are at least as many columns as rows.
  let columns: [Int]

  /// Finds the matching.
  ///
  /// - Parameter weights: `[rows, columns]` with `rows <= columns`.
  /// - Complexity: O(rows² · columns).
  init(maximizing weights: Matrix<Double>) {
    precondition(weights.rows <= weights.columns, "each row needs a column of its own")
    let (rows, count) = (weights.rows, weights.columns)
    // Row and column 0 are the ends of augmenting paths; the cost of a pair is minus its weight.
    var rowPotential = [Double](repeating: 0, count: rows + 1)
    var columnPotential = [Double](repeating: 0, count: count + 1)
    var rowOfColumn = [Int](repeating: 0, count: count + 1)
    var previous = [Int](repeating: 0, count: count + 1)
    weights.withUnsafePointer { weights in
      for row in 1..<rows + 1 {
        rowOfColumn[0] = row
        var column = 0
        var distance = [Double](repeating: .infinity, count: count + 1)
        var isReached = [Bool](repeating: false, count: count + 1)
        repeat {
          isReached[column] = true
          let from = rowOfColumn[column]
          var (shortest, next) = (Double.infinity, 0)
          for j in 1..<count + 1 where !isReached[j] {
            let cost =
              -weights[(from - 1) * count + j - 1] - rowPotential[from] - columnPotential[j]
            if cost < distance[j] {
              distance[j] = cost
              previous[j] = column
            }
            if distance[j] < shortest { (shortest, next) = (distance[j], j) }
          }
          for j in 0..<count + 1 {
            if isReached[j] {
              rowPotential[rowOfColumn[j]] += shortest
              columnPotential[j] -= shortest
            } else {
              distance[j] -= shortest
            }
          }
          column = next
        } while rowOfColumn[column] != 0
        repeat {
          let before = previous[column]
          rowOfColumn[column] = rowOfColumn[before]
          column = before
        } while column != 0
      }
    }
    var result = [Int](repeating: 0, count: rows)
    for column in 1..<count + 1 where rowOfColumn[column] > 0 {
      result[rowOfColumn[column] - 1] = column - 1
    }
    columns = result
  }
}
