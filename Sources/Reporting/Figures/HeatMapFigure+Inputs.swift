extension HeatMapFigure {
  /// How neurons, and beside them features, go with the inputs of a network; what is too weak to mean
  /// anything is hatched.
  ///
  /// - Parameters:
  ///   - inputs: Pearson's r of both.
  ///   - site: The layer.
  public init(_ inputs: InputCorrelations, of site: String) {
    let units = inputs.neurons.values + inputs.features.values
    self.init(
      title: MathText("Correlation r with the inputs: \(site) before and after it is taken apart"),
      NamedTable(
        rows: inputs.neurons.columns, columns: inputs.neurons.rows + inputs.features.rows,
        values: inputs.neurons.columns.indices.map { input in units.map { $0[input] } }),
      coloring: .signed, hatchedBelow: 0.4,
      groups: [
        Group(title: "neurons", count: inputs.neurons.rows.count),
        Group(title: "features", count: inputs.features.rows.count),
      ])
  }
}
