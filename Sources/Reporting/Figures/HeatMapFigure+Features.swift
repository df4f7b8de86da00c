#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension HeatMapFigure {
  /// How features go with physical fields; what is too weak to mean anything is hatched.
  ///
  /// - Parameters:
  ///   - correlations: Pearson's r, features by fields.
  ///   - site: The layer.
  ///   - count: The number of features that could have been shown, most active first.
  public init(correlations: NamedTable, of site: String, outOf count: Int) {
    let shown = correlations.rows.count
    // Fields that are the same everywhere, such as derivatives of a plane, go with nothing.
    let columns = correlations.columns.indices.filter { column in
      correlations.values.contains { !$0[column].isNaN }
    }
    let defined =
      columns.isEmpty
      ? correlations
      : NamedTable(
        rows: correlations.rows, columns: columns.map { correlations.columns[$0] },
        values: correlations.values.map { row in columns.map { row[$0] } })
    let which = shown < count ? "the \(shown) most active of \(count)" : "the"
    self.init(
      title: MathText("Correlation r of \(which) features of \(site) with fields"), defined,
      coloring: .signed, hatchedBelow: 0.4)
  }

  /// The cosines of the angles between directions.
  ///
  /// Rows are in the order of their angles in the plane that holds most of the directions, so that
  /// those which point alike stand together.
  ///
  /// - Parameters:
  ///   - directions: Names and vectors, all of one length; at least one.
  ///   - site: The layer.
  public init(cosinesOf directions: [(name: String, vector: [Double])], of site: String) {
    let tips = DirectionsFigure.Plane(of: site, directions: directions).tips
    let order = directions.indices.map { (atan2(tips[$0][1], tips[$0][0]), $0) }
      .sorted(by: <).map(\.1)
    let units = order.map { index in
      let vector = directions[index].vector
      let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return vector.map { norm > 0 ? $0 / norm : .nan }
    }
    let names = order.map { directions[$0].name }
    self.init(
      title: MathText("Cosines between the directions of the features of \(site), by angle"),
      NamedTable(
        rows: names, columns: names,
        values: units.map { left in
          units.map { right in
            // Rounding must not leave the range of a cosine.
            min(1, max(-1, zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }))
          }
        }), coloring: .signed)
  }
}
