/// L-BFGS: quasi-Newton steps from the last few changes of the gradient.
///
/// The inverse Hessian is never formed: the two-loop recursion applies the BFGS updates of the last m
/// pairs `s = Δθ`, `y = Δ∇f` to `γ I`, γ = sᵀy / yᵀy of the newest pair. Lengths come from a line
/// search with strong Wolfe conditions. Memory is 2 m P numbers, a step costs 4 m P operations besides
/// its evaluations of the objective, of which it mostly needs one.
///
/// Liu & Nocedal (1989), [doi:10.1007/BF01589116](https://doi.org/10.1007/BF01589116).
public struct LBFGS: GradientOptimizer {
  /// Number of pairs that are kept, m.
  public let memory: Int

  /// The length of the last line search, 1 for a full quasi-Newton step.
  public private(set) var pace = 1.0

  private var pairs: [Pair] = []
  private var value: Double?
  @PackedNumbers private var gradient: [Double] = []

  /// A change of the parameters with that of the gradient.
  private struct Pair: Sendable, Codable, Equatable {
    @PackedNumbers var step: [Double]
    @PackedNumbers var change: [Double]

    /// sᵀy.
    let product: Double
  }

  /// Starts without a memory.
  ///
  /// - Parameter memory: Number of pairs to keep.
  public init(memory: Int = 50) {
    precondition(memory > 0, "a quasi-Newton method needs a memory")
    self.memory = memory
  }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - parameters: θ, moved in place if the outcome is ``StepOutcome/accepted``.
  ///   - objective: f.
  /// - Returns: How it ended.
  public mutating func step(
    _ parameters: inout [Double], objective: some Objective
  ) -> StepOutcome {
    let here =
      value.map { ObjectiveValue(value: $0, gradient: gradient) }
      ?? objective.evaluate(at: parameters)
    guard here.isFinite else { return .diverged }
    while true {
      let direction = descent(here.gradient)
      let search = WolfeLineSearch(from: parameters, here, along: direction)
      let first = pairs.isEmpty ? min(1, 1 / max(direction.norm, .leastNormalMagnitude)) : 1
      if let found = search.place(first: first, objective) {
        remember(found.parameters.minus(parameters), found.point.gradient.minus(here.gradient))
        parameters = found.parameters
        value = found.point.value
        gradient = found.point.gradient
        pace = found.length
        return .accepted
      }
      // A memory of another region can mislead; the gradient itself cannot.
      guard !pairs.isEmpty else { return .converged }
      pairs.removeAll()
    }
  }

  /// Forgets the value, keeps the curvature.
  public mutating func objectiveChanged() {
    value = nil
    gradient = []
  }

  private mutating func remember(_ step: [Double], _ change: [Double]) {
    let product = step.dot(change)
    // Strong Wolfe lengths make it positive; one that only fell may not, or not beyond rounding.
    guard product > 1e-16 * step.norm * change.norm else { return }
    pairs.append(Pair(step: step, change: change, product: product))
    if pairs.count > memory { pairs.removeFirst() }
  }

  /// `−H ∇f` by the two-loop recursion.
  private func descent(_ gradient: [Double]) -> [Double] {
    var result = gradient.scaled(by: -1)
    guard let newest = pairs.last else { return result }
    var weights: [Double] = []
    for pair in pairs.reversed() {
      let weight = pair.step.dot(result) / pair.product
      result = result.moved(along: pair.change, by: -weight)
      weights.append(weight)
    }
    result = result.scaled(by: newest.product / newest.change.dot(newest.change))
    for (pair, weight) in zip(pairs, weights.reversed()) {
      let correction = weight - pair.change.dot(result) / pair.product
      result = result.moved(along: pair.step, by: correction)
    }
    return result
  }
}
