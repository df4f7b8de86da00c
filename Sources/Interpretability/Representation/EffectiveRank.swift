internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension CentredActivations {
  /// How many directions the activations use: `exp(−Σ pᵢ log pᵢ)` with `pᵢ = sᵢ / Σ s`.
  ///
  /// It is the rank where all singular values s are equal, and less where some are small. Nil for
  /// constant activations. Roy & Vetterli (2007),
  /// [EUSIPCO, p. 606](https://ieeexplore.ieee.org/document/7098875).
  public var effectiveRank: Double? {
    let total = decomposition.values.reduce(0, +)
    guard total > 0 else { return nil }
    let entropy = decomposition.values.reduce(0.0) { sum, value in
      value > 0 ? sum - value / total * log(value / total) : sum
    }
    return exp(entropy)
  }

  /// The participation ratio of the variances, `(Σ s²)² / Σ s⁴`; nil for constant activations.
  ///
  /// It counts directions by their variance, so that it is smaller than ``effectiveRank``.
  public var participationRatio: Double? {
    let variances = decomposition.values.map { $0 * $0 }
    let total = variances.reduce(0, +)
    return total > 0 ? total * total / variances.reduce(0) { $0 + $1 * $1 } : nil
  }
}
