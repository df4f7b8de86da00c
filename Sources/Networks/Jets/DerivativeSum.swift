/// A sum of derivatives with constant coefficients, `Σ cₘ ∂ᵐ`, such as the Laplacian `∂²/∂x² + ∂²/∂y²`.
///
/// An equation that contains derivatives only in such a sum needs the sum, not each of them: one channel of
/// a jet instead of many. See ``JetPlan``.
public struct DerivativeSum: Sendable, Equatable {
  /// The derivatives, of order 1 or 2, with their coefficients.
  public let terms: [Term]

  /// One derivative of a sum.
  public struct Term: Sendable, Equatable {
    /// The derivative.
    public let monomial: Monomial

    /// Its factor.
    public let coefficient: Double

    /// Makes a term.
    ///
    /// - Parameters:
    ///   - monomial: The derivative.
    ///   - coefficient: Its factor.
    public init(_ monomial: Monomial, _ coefficient: Double) {
      self.monomial = monomial
      self.coefficient = coefficient
    }
  }

  /// Makes a sum.
  ///
  /// - Parameter terms: Different derivatives of order 1 or 2. A variable of a second derivative must not
  ///   occur as a first one: its first derivative is needed apart.
  public init(_ terms: [Term]) {
    let second = terms.map(\.monomial).filter { $0.degree == 2 }
    precondition(
      Set(terms.map(\.monomial)).count == terms.count
        && terms.allSatisfy { term in
          term.monomial.degree == 2
            || (term.monomial.degree == 1
              && second.allSatisfy { !$0.divisors.contains(term.monomial) })
        }, "a sum has different derivatives of order 1 or 2, none of which divides another")
    self.terms = terms
  }

  /// The highest order of its derivatives.
  var order: Int { terms.map(\.monomial.degree).max() ?? 0 }

  /// What a Taylor coefficient counts in the sum: the derivative's factor times its factorial.
  func weight(of monomial: Monomial) -> Double? {
    terms.first { $0.monomial == monomial }.map { $0.coefficient * monomial.factorial }
  }
}
