/// A product of powers of columns whose factor in a view comes free; see ``ViewShape/isQuadratic``.
struct FreeTerm: Sendable {
  /// The columns, each with its exponent.
  let powers: [(column: Int, exponent: Double)]

  /// The product as a tree.
  let genes: [Gene]

  /// The most free terms of a view; products of two columns are left out where there would be more.
  private static let most = 32

  /// Describes a product; nil if it cannot be written.
  private init?(_ powers: [(column: Int, exponent: Double)], _ writer: PowerWriter) {
    let bases = powers.map { (base: [Gene(variable: $0.column)], exponent: $0.exponent) }
    guard let genes = writer.product(factor: nil, powers: bases) else { return nil }
    self.powers = powers
    self.genes = genes
  }

  /// The terms of a quadratic form, in an exponent reciprocals and ratios too.
  ///
  /// - Parameters:
  ///   - shape: The view.
  ///   - writer: How the grammar writes powers.
  /// - Returns: Columns first, then their squares; empty if there are too many.
  static func terms(of shape: ViewShape, _ writer: PowerWriter) -> [FreeTerm] {
    let columns = shape.columns
    let exponents: [Double] = shape.isMonomial ? [1, 2, -1] : [1, 2]
    let singles = exponents.flatMap { p in columns.map { [(column: $0, exponent: p)] } }
    let ratios: [(Double, Double)] = shape.isMonomial ? [(1, 1), (1, -1), (-1, 1)] : [(1, 1)]
    let pairs = columns.indices.flatMap { j in
      columns.indices.filter { $0 > j }.flatMap { k in
        ratios.map { [(column: columns[j], exponent: $0.0), (column: columns[k], exponent: $0.1)] }
      }
    }
    guard singles.count <= most else { return [] }
    let all = singles.count + pairs.count <= most ? singles + pairs : singles
    return all.compactMap { FreeTerm($0, writer) }
  }

  /// The values, one for each row.
  func values(_ columns: [[Double]]) -> [Double] {
    columns[powers[0].column].indices.map { row in
      powers.reduce(1) { product, power in
        let value = columns[power.column][row]
        return switch power.exponent {
        case 1: product * value
        case 2: product * value * value
        default: product / value
        }
      }
    }
  }

  /// Whether the term is one column to a power.
  func isPower(_ exponent: Double, of column: Int) -> Bool {
    powers.count == 1 && powers[0].column == column && powers[0].exponent == exponent
  }
}
