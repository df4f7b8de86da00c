extension HeatMapFigure {
  /// How features go with physical fields; what is too weak to mean anything is hatched.
  ///
  /// - Parameters:
  ///   - correlations: Pearson's r, features by fields.
  ///   - site: The layer.
  public init(correlations: NamedTable, of site: String) {
    self.init(
      title: MathText("Correlation r of the features of \(site) with fields"), correlations,
      coloring: .signed, hatchedBelow: 0.4)
  }

  /// The cosines of the angles between directions.
  ///
  /// - Parameters:
  ///   - directions: Names and vectors, all of one length; at least one.
  ///   - site: The layer.
  public init(cosinesOf directions: [(name: String, vector: [Double])], of site: String) {
    let units = directions.map { direction in
      let norm = direction.vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return direction.vector.map { norm > 0 ? $0 / norm : .nan }
    }
    let names = directions.map(\.name)
    self.init(
      title: MathText("Cosines between the directions of the features of \(site)"),
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
