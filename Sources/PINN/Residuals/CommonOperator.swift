package import Networks
package import Symbolic

/// A sum of derivatives that equations contain only as a whole, such as the Laplacian of `u_xx + u_yy + u³`
/// or the heat operator of `u_t − α u_xx`.
///
/// The jets then carry one channel for the sum instead of one for each derivative, which saves a fourth or
/// a fifth of a training step. R depends on derivatives `uₘ` only through `Σ cₘ uₘ` if the ratios of its
/// partial derivatives `∂R/∂uₘ` are the constants of the sum; that is decided symbolically, for all
/// equations and unknowns at once.
package struct CommonOperator {
  /// The sum.
  package let sum: DerivativeSum

  /// What stands for the sum in ``equations``, with its unknown.
  package let names: [Symbol: Int]

  /// The equations, with the sum in place of its first derivative and zero in place of the others.
  package let equations: [Expression]

  /// Finds the sum that saves most; nil if no two derivatives occur in a fixed ratio only, or any is of
  /// order 3 or more.
  ///
  /// - Parameters:
  ///   - equations: Residuals.
  ///   - symbols: What their symbols stand for.
  package init?(_ equations: [Expression], symbols: [Symbol: DerivativeSymbol]) {
    let used = Set(equations.flatMap(\.symbols)).sorted()
      .compactMap { name in symbols[name].map { (name: name, field: $0) } }
    let monomials = Set(used.map(\.field.monomial)).sorted()
    guard monomials.allSatisfy({ $0.degree <= 2 }),
      // A derivative may have two names, as u_xy and u_yx.
      Set(used.map { [$0.field.unknown] + $0.field.monomial.exponents }).count == used.count
    else { return nil }
    let second = monomials.filter { $0.degree == 2 }
    let candidates = monomials.filter { monomial in
      monomial.degree == 2
        || (monomial.degree == 1 && second.allSatisfy { !$0.divisors.contains(monomial) })
    }
    let slopes = candidates.map { monomial in
      equations.flatMap { equation in
        Set(used.map(\.field.unknown)).sorted().map { unknown -> Expression in
          used.first { $0.field.unknown == unknown && $0.field.monomial == monomial }
            .map { equation.derivative(withRespectTo: $0.name).simplified() } ?? .zero
        }
      }
    }
    let sums = candidates.indices.map { first in
      (first..<candidates.count).compactMap { other in
        Self.ratio(slopes[other], slopes[first])
          .map { DerivativeSum.Term(candidates[other], $0) }
      }
    }
    guard let terms = sums.max(by: { $0.count < $1.count }), terms.count > 1 else { return nil }
    sum = DerivativeSum(terms)
    var names: [Symbol: Int] = [:]
    var zeros: [Symbol: Expression] = [:]
    for (name, field) in used where terms.contains(where: { $0.monomial == field.monomial }) {
      if field.monomial == terms[0].monomial {
        names[name] = field.unknown
      } else {
        zeros[name] = .zero
      }
    }
    self.names = names
    self.equations = equations.map { $0.substituting(zeros) }
  }

  /// The constant c with `left = c · right`, nil if there is none.
  private static func ratio(_ left: [Expression], _ right: [Expression]) -> Double? {
    var common: Double?
    for (l, r) in zip(left, right) where l != .zero || r != .zero {
      guard l != .zero, r != .zero,
        let ratio = l == r ? 1 : (l / r).simplified().constantValue,
        ratio.isFinite, ratio == common ?? ratio
      else { return nil }
      common = ratio
    }
    return common
  }
}
