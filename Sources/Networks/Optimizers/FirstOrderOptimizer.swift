/// A method that steps along the gradient where it stands, without a look at where the step leads.
public protocol FirstOrderOptimizer: GradientOptimizer {
  /// Takes one step along a gradient.
  ///
  /// - Parameters:
  ///   - parameters: Moved in place.
  ///   - gradient: The loss's gradient, as many numbers.
  mutating func update(_ parameters: inout [Double], gradient: [Double])
}

extension FirstOrderOptimizer {
  /// Takes one step.
  ///
  /// - Parameters:
  ///   - parameters: θ, moved in place.
  ///   - objective: f.
  /// - Returns: ``StepOutcome/accepted`` or ``StepOutcome/diverged``.
  public mutating func step(
    _ parameters: inout [Double], objective: some Objective
  ) -> StepOutcome {
    let here = objective.evaluate(at: parameters)
    guard here.isFinite else { return .diverged }
    update(&parameters, gradient: here.gradient)
    return .accepted
  }

  /// Nothing is remembered of the objective's value.
  public mutating func objectiveChanged() {}
}
