internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A product as it was fitted in logarithms: `b + Σ c_k t_k + Σ p_i log|x_i| + Σ a_j u_j`.
struct LogarithmicFit {
  /// The terms with their fitted constants.
  private(set) var terms: [[Gene]] = []

  /// The factor of each term.
  private(set) var factors: [Double] = []

  /// The exponent of each free column.
  private(set) var exponents: [Double] = []

  /// The factor of each free term.
  private(set) var coefficients: [Double] = []

  /// `exp(b)`, unsigned.
  let scale: Double

  /// The sum of squares that is left.
  let squares: Double

  /// The error of each factor and of each exponent, per unit of residual.
  private(set) var factorErrors: [Double] = []
  private(set) var exponentErrors: [Double] = []

  /// The covariance of all constants that were fitted, per unit of variance; nil if they depend on one
  /// another.
  let covariance: Matrix<Double>?

  /// Where in ``covariance`` each factor and each exponent is.
  private(set) var factorPlaces: [Int] = []
  private(set) var exponentPlaces: [Int] = []

  /// Reads a fit back.
  ///
  /// - Parameters:
  ///   - outcome: The fit of `((b + t₁ c₁) + …) + log|x₁| p₁ + …`.
  ///   - terms: The terms as they were before.
  ///   - areLogarithms: Whether `t_k` is `log|T_k|` and not the term itself.
  ///   - supply: The powers and free terms that were fitted.
  init(
    _ outcome: ConstantRefiner.Outcome, terms: [[Gene]], areLogarithms: Bool, supply: Supply
  ) {
    let genes = outcome.genes
    squares = outcome.squares
    scale = exp(genes[0].value)
    let inverse = ConstantFit.inverse(outcome.gram)
    covariance = inverse
    var position = 1
    // The constant that ends a summand, its error per unit of residual, and what follows it: × and +.
    func takeFactor() -> (value: Double, error: Double, place: Int) {
      defer { position += 3 }
      let place = outcome.fitted.firstIndex(of: position) ?? 0
      let error = inverse.map { $0[place, place].squareRoot() }
      return (genes[position].value, error ?? .infinity, place)
    }
    for term in terms {
      self.terms.append(Array(genes[position..<position + term.count]))
      position += term.count + (areLogarithms ? 2 : 0)
      let factor = takeFactor()
      factors.append(factor.value)
      factorErrors.append(factor.error)
      factorPlaces.append(factor.place)
    }
    for _ in supply.powers {
      position += 1
      let exponent = takeFactor()
      exponents.append(exponent.value)
      exponentErrors.append(exponent.error)
      exponentPlaces.append(exponent.place)
    }
    for _ in supply.terms {
      position += 1
      coefficients.append(takeFactor().value)
    }
  }
}
