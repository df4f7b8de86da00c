/// How some islands look at a table.
///
/// A formula of a view stands for `D · g⁻¹(F)`, where D is a product of powers of variables that were
/// divided out, g a transform of the target, and F one of two forms around the terms T_k of a tree:
///
/// - the sum `b + Σ c_k T_k`, whose factors and offset a linear fit supplies;
/// - the product `C Π |x_i|^p_i Π |T_k|^c_k`, the same thing in logarithms, where besides factors all
///   powers of bare variables are free. A tree then has to contain only what is no power law.
///
/// Under the logarithm as transform the sum stands for `C Π |x_i|^p_i exp(Σ c_k T_k)`: powers are free
/// there too.
///
/// Where ``isQuadratic``, a quadratic form of the columns is free beside the terms as well.
///
/// The tree is smaller than the formula, and the search over trees grows with their size.
package struct ViewShape: Sendable, Equatable, Codable {
  /// The transform of the target; the identity with ``isMonomial``.
  package var transform: TargetTransform = .identity

  /// Whether trees are factors of a product and not terms of a sum.
  package var isMonomial = false

  /// Whether `Σ a_i x_i + Σ a_ij x_i x_j` comes free beside the terms: with ``isMonomial`` in an
  /// exponential, together with `1/x_i` and `x_i/x_j`.
  ///
  /// Waves around a paraboloid, spheres, Gaussians and Boltzmann factors then leave little to a tree or
  /// nothing.
  package var isQuadratic = false

  /// The exponents of D, one for each column of the table; empty for 1.
  package var divisor: [Double] = []

  /// The columns that trees may contain; those beyond the table's are derived variables.
  package var columns: [Int]

  /// Describes a view.
  package init(
    transform: TargetTransform = .identity, isMonomial: Bool = false, isQuadratic: Bool = false,
    divisor: [Double] = [], columns: [Int]
  ) {
    self.transform = transform
    self.isMonomial = isMonomial
    self.isQuadratic = isQuadratic
    self.divisor = divisor
    self.columns = columns
  }

  /// A number that tells views apart (FNV-1a over their words).
  var fingerprint: UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ word: UInt64) { hash = (hash ^ word) &* 0x100_0000_01b3 }
    mix(UInt64(transform.rawValue) << 1 | (isMonomial ? 1 : 0) | (isQuadratic ? 1 << 8 : 0))
    for exponent in divisor { mix(exponent.bitPattern) }
    for column in columns { mix(UInt64(column)) }
    return hash
  }

  /// The same view with a quadratic form free.
  var withQuadratics: ViewShape {
    var shape = self
    shape.isQuadratic = true
    return shape
  }

  /// Whether formulas of the view are formulas of the target as they stand.
  var isPlain: Bool {
    transform == .identity && !isMonomial && !isQuadratic && divisor.isEmpty
  }
}
