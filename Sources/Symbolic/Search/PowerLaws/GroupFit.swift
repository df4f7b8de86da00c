internal import Tensors

/// How well a power law times a function of one product of powers follows a target: the fit of
/// `log y ≈ b + Σ p_i log x_i + Σ a_k (log z)^k`.
///
/// Powers of log z from the second on, in a basis orthogonal to what is linear.
struct GroupFit {
  /// The most rows of a fit: it tells combinations apart, no more.
  private static let rowLimit = 512

  private static let degree = 6

  /// The sum of squares that a power law alone leaves.
  var total: Double { target.reduce(0) { $0 + $1 * $1 } }

  private let logarithms: [[Double]]
  private let target: [Double]
  private let basis: [[Double]]

  /// Prepares for a target.
  ///
  /// - Parameters:
  ///   - logarithms: The logarithm of each column, centred.
  ///   - target: The logarithm of the target.
  init(_ logarithms: [[Double]], _ target: [Double]) {
    self.logarithms = logarithms.map { Array($0.prefix(Self.rowLimit)) }
    let target = Array(target.prefix(Self.rowLimit))
    var basis: [[Double]] = []
    for column in [target.map { _ in 1.0 }] + self.logarithms { Self.extend(&basis, by: column) }
    self.basis = basis
    self.target = Self.rest(of: target, beside: basis)
  }

  /// The sum of squares that a group leaves.
  ///
  /// - Parameter exponents: The exponents of z.
  /// - Returns: Infinity if z is a constant.
  func rest(of exponents: [Double]) -> Double {
    var z = [Double](repeating: 0, count: target.count)
    for (column, exponent) in zip(logarithms, exponents) where exponent != 0 {
      for row in z.indices { z[row] += exponent * column[row] }
    }
    let largest = z.reduce(0) { max($0, $1.magnitude) }
    guard largest > 0 else { return .infinity }
    var members = basis
    var power = z
    for _ in 2...Self.degree {
      for row in z.indices { power[row] *= z[row] / largest }
      Self.extend(&members, by: power)
    }
    let rest = Self.rest(of: target, beside: Array(members.dropFirst(basis.count)))
    return rest.reduce(0) { $0 + $1 * $1 }
  }

  private static func extend(_ basis: inout [[Double]], by column: [Double]) {
    let length = column.reduce(0) { $0 + $1 * $1 }
    let left = rest(of: rest(of: column, beside: basis), beside: basis)
    let squares = left.reduce(0) { $0 + $1 * $1 }
    guard squares > 1e-16 * length else { return }
    let scale = 1 / squares.squareRoot()
    basis.append(left.map { $0 * scale })
  }

  private static func rest(of column: [Double], beside basis: [[Double]]) -> [Double] {
    var column = column
    for member in basis {
      var overlap = 0.0
      for row in column.indices { overlap += member[row] * column[row] }
      for row in column.indices { column[row] -= overlap * member[row] }
    }
    return column
  }
}
