internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A product as it was fitted in logarithms: `b + Σ c_k t_k + Σ p_i log|x_i|`.
struct LogarithmicFit {
  /// The terms with their fitted constants.
  private(set) var terms: [[Gene]] = []

  /// The factor of each term.
  private(set) var factors: [Double] = []

  /// The exponent of each free column.
  private(set) var exponents: [Double] = []

  /// `exp(b)`, unsigned.
  let scale: Double

  private let squares: Double
  private var factorErrors: [Double] = []
  private var exponentErrors: [Double] = []

  /// Reads a fit back.
  ///
  /// - Parameters:
  ///   - outcome: The fit of `((b + t₁ c₁) + …) + log|x₁| p₁ + …`.
  ///   - terms: The terms as they were before.
  ///   - areLogarithms: Whether `t_k` is `log|T_k|` and not the term itself.
  ///   - freeColumns: The columns whose powers were fitted.
  init(
    _ outcome: ConstantRefiner.Outcome, terms: [[Gene]], areLogarithms: Bool, freeColumns: [Int]
  ) {
    let genes = outcome.genes
    squares = outcome.squares
    scale = exp(genes[0].value)
    let inverse = ConstantFit.inverse(outcome.gram)
    var position = 1
    // The constant that ends a summand, its error per unit of residual, and what follows it: × and +.
    func takeFactor() -> (value: Double, error: Double) {
      defer { position += 3 }
      let error = inverse.flatMap { inverse in
        outcome.fitted.firstIndex(of: position).map { inverse[$0, $0].squareRoot() }
      }
      return (genes[position].value, error ?? .infinity)
    }
    for term in terms {
      self.terms.append(Array(genes[position..<position + term.count]))
      position += term.count + (areLogarithms ? 2 : 0)
      let factor = takeFactor()
      factors.append(factor.value)
      factorErrors.append(factor.error)
    }
    for _ in freeColumns {
      position += 1
      let exponent = takeFactor()
      exponents.append(exponent.value)
      exponentErrors.append(exponent.error)
    }
  }

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
    if case .exponentsWithinError = rounding {
      return rounded(factors, factorErrors, rows, .within(Self.numericalError))
    }
    return rounded(factors, factorErrors, rows, rounding)
  }

  private func rounded(
    _ values: [Double], _ errors: [Double], _ rows: Int, _ rounding: Rounding
  ) -> [Double] {
    let freedom = max(1, rows - factors.count - exponents.count)
    let spread = (squares / Double(freedom)).squareRoot()
    return zip(values, errors).map { value, error in
      let tolerance =
        switch rounding {
        case .withinError, .exponentsWithinError, .factorsWithinError:
          min(0.1, max(Self.numericalError, 4 * error * spread))
        case .within(let reach): reach
        }
      for denominator in [1.0, 2, 3, 4] {
        let candidate = (value * denominator).rounded() / denominator
        if (candidate - value).magnitude <= tolerance { return candidate }
      }
      return value
    }
  }
}
