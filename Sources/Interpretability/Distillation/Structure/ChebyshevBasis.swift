internal import Tensors

/// Products of Chebyshev polynomials of several variables up to a total degree.
struct ChebyshevBasis: Sendable {
  /// The largest sum of the degrees of a product.
  let degree: Int

  private let lower: [Double]
  private let upper: [Double]

  /// The degree in each variable, one entry for each product.
  private let products: [[Int]]

  /// Number of products.
  var count: Int { products.count }

  /// Describes a basis on a box.
  init(degree: Int, lower: [Double], upper: [Double]) {
    self.degree = degree
    self.lower = lower
    self.upper = upper
    products = lower.reduce([[]]) { prefixes, _ in
      prefixes.flatMap { prefix in
        (0...(degree - prefix.reduce(0, +))).map { prefix + [$0] }
      }
    }
  }

  /// The products, or derivatives of them, at some points.
  ///
  /// - Parameters:
  ///   - points: One array of coordinates for each variable.
  ///   - orders: How often each variable is differentiated, up to twice; nil for not at all.
  /// - Returns: Shape `[points, count]`.
  func values(_ points: [[Double]], orders: [Int]? = nil) -> Matrix<Double> {
    let rows = points[0].count
    let factors = points.indices.map { i in
      points[i].map { polynomials(i, at: $0, order: orders?[i] ?? 0) }
    }
    var matrix = Matrix<Double>(rows: rows, columns: count, repeating: 1)
    matrix.withUnsafeMutablePointer { p in
      for (k, product) in products.enumerated() {
        for (i, power) in product.enumerated() {
          for row in 0..<rows { p[row * count + k] *= factors[i][row][power] }
        }
      }
    }
    return matrix
  }

  /// `T_n`, `T_n′` or `T_n″` of one variable, n from 0 to the degree, by the three-term recurrence and
  /// its derivatives.
  private func polynomials(_ variable: Int, at x: Double, order: Int) -> [Double] {
    let scale = 2 / (upper[variable] - lower[variable])
    let s = (x - lower[variable]) * scale - 1
    var t = [1, s]
    var first = [0.0, 1]
    var second = [0.0, 0]
    for n in 2...max(2, degree) {
      t.append(2 * s * t[n - 1] - t[n - 2])
      first.append(2 * t[n - 1] + 2 * s * first[n - 1] - first[n - 2])
      second.append(4 * first[n - 1] + 2 * s * second[n - 1] - second[n - 2])
    }
    switch order {
    case 0: return t
    case 1: return first.map { $0 * scale }
    default: return second.map { $0 * scale * scale }
    }
  }
}
