internal import Tensors

/// A polynomial of several variables fitted to rows, for the sake of its derivatives.
///
/// All monomials up to a total degree, in variables scaled to [-1, 1]. The degree is the highest for
/// which there are at most ``largestSize`` monomials: smooth laws follow it to a few per cent in the
/// gradient even in eight variables, and noise is averaged out.
package struct PolynomialFit {
  /// The share of the target's variation that the polynomial explains on rows that it was not fitted to.
  package let heldOutRSquared: Double

  private static let largestSize = 220
  private static let largestDegree = 9

  /// The degree of the polynomial.
  package let degree: Int

  private let exponents: [[Int]]
  private let coefficients: [Double]
  private let centres: [Double]
  private let scales: [Double]

  /// Fits a polynomial; nil if there are too few rows.
  ///
  /// - Parameters:
  ///   - columns: The variables, of shape `[variables, rows]`; every fifth row is held out.
  ///   - target: What the polynomial should follow.
  ///   - degree: The degree; nil for the highest that makes sense.
  package init?(_ columns: [[Double]], target: [Double], degree: Int? = nil) {
    let d = columns.count
    let highest = Self.highestDegree(d, rows: target.count)
    let degree = min(degree ?? highest, highest)
    guard degree >= 2 else { return nil }
    self.degree = degree
    exponents = Self.monomials(d, degree)
    var centres: [Double] = []
    var scales: [Double] = []
    for column in columns {
      let (low, high) = (column.min() ?? 0, column.max() ?? 0)
      centres.append((low + high) / 2)
      scales.append(high > low ? 2 / (high - low) : 0)
    }
    self.centres = centres
    self.scales = scales
    let rows = target.indices.filter { $0 % 5 != 4 }
    let width = exponents.count
    var elements = [Double](repeating: 0, count: rows.count * width)
    var point = [Double](repeating: 0, count: d)
    for (position, row) in rows.enumerated() {
      for j in 0..<d { point[j] = (columns[j][row] - centres[j]) * scales[j] }
      Self.values(of: exponents, at: point, degree) { elements[position * width + $0] = $1 }
    }
    let design = Matrix(rows: rows.count, columns: width, elements: elements)
    var gram = design.gram
    // A relative ridge of the square root of the rounding error: monomials are nearly collinear.
    for k in 0..<width { gram[k, k] *= 1 + 1e-9 }
    let right = rows.map { target[$0] }
    guard let factor = try? Cholesky(gram) else { return nil }
    var product = [Double](repeating: 0, count: width)
    for row in rows.indices {
      for k in 0..<width { product[k] += elements[row * width + k] * right[row] }
    }
    coefficients = factor.solve(product)
    let coefficients = coefficients
    let exponents = exponents
    let mean = target.reduce(0, +) / Double(target.count)
    var residual = 0.0
    var variation = 0.0
    for row in target.indices where row % 5 == 4 {
      for j in 0..<d { point[j] = (columns[j][row] - centres[j]) * scales[j] }
      var value = 0.0
      Self.values(of: exponents, at: point, degree) { value += coefficients[$0] * $1 }
      residual += (target[row] - value) * (target[row] - value)
      variation += (target[row] - mean) * (target[row] - mean)
    }
    heldOutRSquared = variation > 0 ? 1 - residual / variation : 0
  }

  /// The gradient.
  ///
  /// - Parameter point: Where; one value for each variable.
  /// - Returns: The derivative by each variable.
  package func gradient(at point: [Double]) -> [Double] {
    let d = point.count
    let x = (0..<d).map { (point[$0] - centres[$0]) * scales[$0] }
    let powers = x.map { x in
      (0..<degree).reduce(into: [1.0]) { powers, _ in powers.append(powers[powers.count - 1] * x) }
    }
    var gradient = [Double](repeating: 0, count: d)
    for (k, exponents) in exponents.enumerated() {
      for j in 0..<d where exponents[j] > 0 {
        var product = coefficients[k] * Double(exponents[j]) * powers[j][exponents[j] - 1]
        for i in 0..<d where i != j { product *= powers[i][exponents[i]] }
        gradient[j] += product
      }
    }
    return (0..<d).map { gradient[$0] * scales[$0] }
  }

  private static func highestDegree(_ d: Int, rows: Int) -> Int {
    var degree = 0
    while degree < largestDegree, size(d, degree + 1) <= largestSize,
      4 * size(d, degree + 1) <= rows
    { degree += 1 }
    return degree
  }

  // The number of monomials of d variables up to a degree: (d + degree choose d).
  private static func size(_ d: Int, _ degree: Int) -> Int {
    (0..<d).reduce(1) { $0 * (degree + 1 + $1) / ($1 + 1) }
  }

  // Exponents by rising degree.
  private static func monomials(_ d: Int, _ degree: Int) -> [[Int]] {
    func exponents(_ d: Int, _ total: Int) -> [[Int]] {
      guard d > 1 else { return [[total]] }
      return (0...total).flatMap { first in
        exponents(d - 1, total - first).map { [first] + $0 }
      }
    }
    return (0...degree).flatMap { exponents(d, $0) }
  }

  private static func values(
    of exponents: [[Int]], at point: [Double], _ degree: Int, _ receive: (Int, Double) -> Void
  ) {
    let d = point.count
    withUnsafeTemporaryAllocation(of: Double.self, capacity: d * (degree + 1)) { powers in
      for j in 0..<d {
        powers[j * (degree + 1)] = 1
        for k in 0..<degree {
          powers[j * (degree + 1) + k + 1] = powers[j * (degree + 1) + k] * point[j]
        }
      }
      for (index, exponents) in exponents.enumerated() {
        var value = 1.0
        for j in 0..<d { value *= powers[j * (degree + 1) + exponents[j]] }
        receive(index, value)
      }
    }
  }
}
