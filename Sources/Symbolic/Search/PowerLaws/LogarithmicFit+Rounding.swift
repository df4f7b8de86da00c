internal import Tensors

extension LogarithmicFit {
  /// Which numbers count as the simple fraction next to them.
  enum Rounding {
    /// Those that the fit cannot tell from it.
    case withinError
    /// Those that are no further from it.
    case within(Double)
    /// Of those that the fit cannot tell from it the exponents alone, or the factors alone.
    ///
    /// Where an exponent and a factor nearly make up for one another, as in `L^-1.05·exp(-L)`, each
    /// could be rounded, but not both.
    case exponentsWithinError, factorsWithinError
    /// One after another, the surest first, each within its error given those before.
    ///
    /// In `x³/(exp(a x) − 1)` both exponents are uncertain and one of them given, the other is not.
    case inTurn
  }

  /// What a fit without noise leaves of the distance to the right number.
  static let numericalError = 1e-6

  /// ``exponents``, those rounded that lie close to a simple fraction.
  ///
  /// - Parameters:
  ///   - rows: The number of rows of the fit.
  ///   - rounding: What is close.
  /// - Returns: One number for each of ``exponents``.
  func roundedExponents(rows: Int, _ rounding: Rounding) -> [Double] {
    if case .inTurn = rounding { return roundedInTurn(rows: rows).exponents }
    if case .factorsWithinError = rounding {
      return rounded(exponents, exponentErrors, rows, .within(Self.numericalError))
    }
    return rounded(exponents, exponentErrors, rows, rounding)
  }

  /// ``factors`` likewise.
  ///
  /// - Parameters:
  ///   - rows: The number of rows of the fit.
  ///   - rounding: What is close.
  /// - Returns: One number for each of ``factors``.
  func roundedFactors(rows: Int, _ rounding: Rounding) -> [Double] {
    if case .inTurn = rounding { return roundedInTurn(rows: rows).factors }
    if case .exponentsWithinError = rounding {
      return rounded(factors, factorErrors, rows, .within(Self.numericalError))
    }
    return rounded(factors, factorErrors, rows, rounding)
  }

  /// The standard deviation of the residuals.
  private func spread(rows: Int) -> Double {
    let freedom = max(1, rows - factors.count - exponents.count - coefficients.count)
    return (squares / Double(freedom)).squareRoot()
  }

  private func rounded(
    _ values: [Double], _ errors: [Double], _ rows: Int, _ rounding: Rounding
  ) -> [Double] {
    let spread = spread(rows: rows)
    return zip(values, errors).map { value, error in
      let tolerance =
        if case .within(let reach) = rounding {
          reach
        } else {
          min(0.1, max(Self.numericalError, 4 * error * spread))
        }
      return Self.fraction(near: value, within: tolerance) ?? value
    }
  }

  /// The farthest that a number is rounded, however uncertain it is.
  private static let farthest = 0.3

  // Fixing number i at r moves the others by −cᵢ (βᵢ − r)/cᵢᵢ and takes cᵢ cᵢᵀ/cᵢᵢ from their covariance C.
  private func roundedInTurn(rows: Int) -> (exponents: [Double], factors: [Double]) {
    guard var covariance else { return (exponents, factors) }
    let spread = spread(rows: rows)
    let places = exponentPlaces + factorPlaces
    var values = exponents + factors
    var open = Array(values.indices)
    while let next = open.min(by: {
      covariance[places[$0], places[$0]]
        < covariance[places[$1], places[$1]]
    }) {
      open.removeAll { $0 == next }
      let i = places[next]
      let variance = covariance[i, i]
      guard variance > 0 else { continue }
      let tolerance = min(
        Self.farthest, max(Self.numericalError, 5 * spread * variance.squareRoot()))
      guard let fraction = Self.fraction(near: values[next], within: tolerance) else { continue }
      let shift = (values[next] - fraction) / variance
      values[next] = fraction
      let column = (0..<covariance.rows).map { covariance[$0, i] }
      for other in open { values[other] -= column[places[other]] * shift }
      for j in column.indices {
        for k in column.indices { covariance[j, k] -= column[j] * column[k] / variance }
      }
    }
    return (Array(values.prefix(exponents.count)), Array(values.suffix(factors.count)))
  }

  // The simplest fraction near by.
  private static func fraction(near value: Double, within tolerance: Double) -> Double? {
    for denominator in [1.0, 2, 3, 4] {
      let candidate = (value * denominator).rounded() / denominator
      if (candidate - value).magnitude <= tolerance { return candidate }
    }
    return nil
  }
}
