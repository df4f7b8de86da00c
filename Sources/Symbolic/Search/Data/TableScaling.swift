#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A table whose very large and very small columns are multiplied by powers of two, and the way back.
///
/// Islands compute in single precision, which ends at 10³⁸ and 10⁻³⁸: an electron's charge in Coulomb
/// squared is zero there. A power of two changes no digit of a number, so that a law in the scaled columns
/// is the law in the original ones with other factors, which are multiplied into its constants.
///
/// Columns of ordinary size stay as they are. Of the others, those of about the same size share a power:
/// in `m₁ + m₂` two would be in the way.
struct TableScaling: Sendable {
  /// The table to search; the original one if nothing is scaled.
  let table: SearchTable

  /// What residuals of the searched table are multiplied by to be those of the original.
  let targetFactor: Double

  /// The power of two by which each scaled column is multiplied.
  private let factors: [Symbol: Double]

  /// Largest magnitudes between which products of four columns fit into single precision.
  static let ordinary = 1e-8...1e8

  /// Columns whose largest magnitudes differ by less may be of one kind.
  private static let kinship = 1e4

  /// Scales a table where that is needed.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - loss: How far a prediction is from the target: those with a size of their own forbid scaling.
  init(_ table: SearchTable, loss: Loss) {
    var powers = [Double](repeating: 1, count: table.columns.count)
    var target = 1.0
    if loss.isLeastSquares {
      let sizes = table.columns.map(Self.largest)
      let outside = sizes.indices.filter { Self.isExtraordinary(sizes[$0]) }
        .sorted { (sizes[$0], $0) < (sizes[$1], $1) }
      var first = 0
      while first < outside.count {
        let kin = outside[first...].prefix { sizes[$0] < Self.kinship * sizes[outside[first]] }
        for column in kin { powers[column] = Self.power(toOne: sizes[kin[kin.endIndex - 1]]) }
        first += kin.count
      }
      let size = Self.largest(table.target)
      if Self.isExtraordinary(size) { target = Self.power(toOne: size) }
    }
    let scaled =
      target == 1 && powers.allSatisfy { $0 == 1 }
      ? nil
      : try? SearchTable(
        variables: table.variables,
        columns: zip(table.columns, powers).map { column, power in
          power == 1 ? column : column.map { $0 * power }
        }, targetName: table.targetName, target: table.target.map { $0 * target },
        weights: table.weights)
    self.table = scaled ?? table
    targetFactor = scaled == nil ? 1 : 1 / target
    factors =
      scaled == nil
      ? [:]
      : Dictionary(uniqueKeysWithValues: zip(table.variables, powers).filter { $0.1 != 1 })
  }

  /// Whether the searched table is the original one.
  var isTrivial: Bool { targetFactor == 1 && factors.isEmpty }

  /// A formula of the original table.
  ///
  /// - Parameter formula: A formula of the searched table.
  /// - Returns: The same law in the original columns.
  func restored(_ formula: Expression) -> Expression {
    guard !isTrivial else { return formula }
    return Self.product(targetFactor, formula.substituting(meanings { $0 })).simplified()
  }

  /// A formula of the searched table.
  ///
  /// - Parameter formula: A formula of the original table.
  /// - Returns: The same law in the scaled columns.
  func scaled(_ formula: Expression) -> Expression {
    guard !isTrivial else { return formula }
    return Self.product(1 / targetFactor, formula.substituting(meanings { 1 / $0 })).simplified()
  }

  private func meanings(_ factor: (Double) -> Double) -> [Symbol: Expression] {
    Dictionary(
      uniqueKeysWithValues: factors.map { ($0.key, Self.product(factor($0.value), .init($0.key))) })
  }

  private static func product(_ factor: Double, _ formula: Expression) -> Expression {
    factor == 1 ? formula : Expression(.multiply, Expression(factor), formula)
  }

  private static func largest(_ values: [Double]) -> Double {
    values.reduce(0) { max($0, $1.magnitude) }
  }

  private static func isExtraordinary(_ size: Double) -> Bool {
    size != 0 && !ordinary.contains(size)
  }

  /// The power of two that brings a magnitude to between 1 and 2.
  private static func power(toOne size: Double) -> Double { scalbn(1, -Int32(size.exponent)) }
}
