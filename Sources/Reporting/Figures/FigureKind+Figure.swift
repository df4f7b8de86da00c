extension FigureKind {
  /// Makes the figure.
  ///
  /// - Parameter results: What the run holds.
  /// - Returns: The figure.
  /// - Throws: ``ReportingError/missing(figure:run:_:)`` if the run lacks what it shows.
  public func figure(of results: RunResults) throws(ReportingError) -> any Figure {
    switch self {
    case .history:
      return TrainingHistoryFigure(try found(results.history, .history, results))
    case .front:
      guard let front = results.front, !front.entries.isEmpty else {
        throw missing(.equations, results)
      }
      return EquationFrontFigure(front)
    case .solution:
      return ComparisonFigure(
        try fields(of: results, with: .reference, else: .reference), with: .reference)
    case .equation:
      let lacking: ReportingError.Ingredient =
        results.front == nil ? .equations : .equationOfUnknown
      return ComparisonFigure(
        try fields(of: results, with: .equation, else: lacking), with: .equation)
    case .sections:
      let fields = try sampled(results)
      guard fields[0].grid.sides.count == 2 else { throw missing(.secondVariable, results) }
      return SectionsFigure(fields)
    case .agreement:
      return AgreementFigure(try fields(of: results, with: .reference, else: .reference))
    case .activations:
      return MapGridFigure(
        try found(results.activations, .network, results), coloring: .shared)
    case .ablation:
      guard !results.ablations.isEmpty else { throw missing(.network, results) }
      return StackedFigure(results.ablations.map { MapGridFigure($0, coloring: .each) })
    case .spectrum:
      guard !results.spectra.isEmpty else { throw missing(.network, results) }
      return SpectrumFigure(results.spectra)
    case .probes:
      return HeatMapFigure(try found(results.probes, .probes, results))
    case .circuit:
      return CircuitFigure(try found(results.circuit, .circuit, results).graph)
    case .learning:
      return SpectrumHistoryFigure(try found(results.learning, .learning, results))
    case .kernel:
      return KernelSpectrumFigure([try found(results.kernel, .learning, results)])
    case .features, .density, .correlation, .cosines, .superposition:
      return try figure(of: try found(results.features.last, .features, results), results)
    }
  }

  /// Makes a figure of what a layer was taken apart into.
  func figure(
    of features: SparseFeatures, _ results: RunResults
  ) throws(ReportingError) -> any Figure {
    switch self {
    case .features:
      return FeatureFigure(features, try found(features.maps, inside(results), results))
    case .correlation:
      if let inputs = features.inputs { return HeatMapFigure(inputs, of: features.site) }
      return HeatMapFigure(
        correlations: try found(features.correlations, inside(results), results),
        of: features.site, outOf: features.live.count)
    case .cosines:
      return HeatMapFigure(
        cosinesOf: try directions(features, results, atMost: 128), of: features.site)
    case .superposition:
      let directions = try directions(features, results, atMost: 64)
      return DirectionsFigure([.init(of: features.site, directions: directions)])
    default:
      return DensityFigure(features.features.map(\.density), of: features.site)
    }
  }

  /// The directions of the most active features.
  private func directions(
    _ features: SparseFeatures, _ results: RunResults, atMost limit: Int
  ) throws(ReportingError) -> [(name: String, vector: [Double])] {
    let all = try found(features.directions, inside(results), results)
    let named = features.live.prefix(limit).filter { $0.index < all.count }.map {
      (name: "\($0.index)", vector: all[$0.index])
    }
    guard !named.isEmpty else { throw missing(.liveFeatures, results) }
    return named
  }

  /// What pictures of features are drawn from.
  private func inside(_ results: RunResults) -> ReportingError.Ingredient {
    results.hasNetwork ? .features : .network
  }

  private func sampled(_ results: RunResults) throws(ReportingError) -> [SampledField] {
    guard !results.fields.isEmpty else { throw missing(.network, results) }
    return results.fields
  }

  private func fields(
    of results: RunResults, with counterpart: SampledField.Counterpart,
    else ingredient: ReportingError.Ingredient
  ) throws(ReportingError) -> [SampledField] {
    let fields = try sampled(results).filter { $0.values(of: counterpart) != nil }
    guard !fields.isEmpty else { throw missing(ingredient, results) }
    return fields
  }

  private func found<Value>(
    _ value: Value?, _ ingredient: ReportingError.Ingredient, _ results: RunResults
  ) throws(ReportingError) -> Value {
    guard let value else { throw missing(ingredient, results) }
    return value
  }

  private func missing(
    _ ingredient: ReportingError.Ingredient, _ results: RunResults
  ) -> ReportingError {
    .missing(figure: rawValue, run: results.path, ingredient)
  }
}
