/// The figures that a run can be asked for by name.
public enum FigureKind: String, Sendable, CaseIterable {
  /// Every term of the loss, the error and the damping over the training.
  case history

  /// Network, true solution and their difference.
  case solution

  /// Cross-sections of the solution.
  case sections

  /// Prediction against truth.
  case agreement

  /// The Pareto front of the equations found.
  case front

  /// Network, chosen equation and their difference.
  case equation

  /// Makes the figure.
  ///
  /// - Parameter results: What the run holds.
  /// - Returns: The figure.
  /// - Throws: ``ReportingError/missing(figure:run:_:)`` if the run lacks what it shows.
  public func figure(of results: RunResults) throws(ReportingError) -> any Figure {
    switch self {
    case .history:
      guard let history = results.history else { throw missing(.history, results) }
      return TrainingHistoryFigure(history)
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
    }
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

  private func missing(
    _ ingredient: ReportingError.Ingredient, _ results: RunResults
  ) -> ReportingError {
    .missing(figure: rawValue, run: results.path, ingredient)
  }
}
