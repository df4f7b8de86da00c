/// A small symmetric system `(A + λ diag A) x = g`, solved by Cholesky's method in place.
///
/// The normal equations of a candidate have at most a few dozen unknowns: below what a LAPACK call
/// costs before it starts. The matrix keeps its full square, row-major.
final class DampedSystem {
  /// The number of unknowns.
  var order = 0

  /// `A`, of shape `[order, order]`.
  let matrix: UnsafeMutablePointer<Double>

  /// `g`, of length ``order``.
  let right: UnsafeMutablePointer<Double>

  /// `x`, of length ``order``.
  let solution: UnsafeMutablePointer<Double>

  private let factor: UnsafeMutablePointer<Double>

  /// Allocates room.
  ///
  /// - Parameter capacity: The largest order.
  init(capacity: Int) {
    matrix = .allocate(capacity: capacity * capacity)
    factor = .allocate(capacity: capacity * capacity)
    right = .allocate(capacity: capacity)
    solution = .allocate(capacity: capacity)
  }

  deinit {
    matrix.deallocate()
    factor.deallocate()
    right.deallocate()
    solution.deallocate()
  }

  /// Solves the system.
  ///
  /// - Parameters:
  ///   - damping: `λ`, Marquardt's factor on the diagonal.
  ///   - pivot: The smallest pivot accepted, relative to its diagonal element.
  /// - Returns: Whether the damped matrix was positive definite to within `pivot`.
  /// - Complexity: O(order³ / 6).
  func solve(damping: Double, pivot: Double) -> Bool {
    let n = order
    for j in 0..<n {
      let diagonal = matrix[j * n + j]
      var d = diagonal + damping * max(diagonal, 1e-30)
      for k in 0..<j { d -= factor[j * n + k] * factor[j * n + k] }
      guard d > pivot * diagonal, d > 0 else { return false }
      let root = d.squareRoot()
      factor[j * n + j] = root
      for i in (j + 1)..<max(n, j + 1) {
        var s = matrix[i * n + j]
        for k in 0..<j { s -= factor[i * n + k] * factor[j * n + k] }
        factor[i * n + j] = s / root
      }
    }
    for i in 0..<n {
      var s = right[i]
      for k in 0..<i { s -= factor[i * n + k] * solution[k] }
      solution[i] = s / factor[i * n + i]
    }
    for i in stride(from: n - 1, through: 0, by: -1) {
      var s = solution[i]
      for k in (i + 1)..<max(n, i + 1) { s -= factor[k * n + i] * solution[k] }
      solution[i] = s / factor[i * n + i]
    }
    return true
  }
}
