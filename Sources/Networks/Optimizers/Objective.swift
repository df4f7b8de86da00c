/// A function of parameters to minimise, f(θ), with its gradient.
public protocol Objective {
  /// Number of parameters, P.
  var parameterCount: Int { get }

  /// f and ∇f at once: an evaluation of one is most of the other.
  ///
  /// - Parameter parameters: θ, P numbers.
  /// - Returns: The value and the gradient.
  func evaluate(at parameters: [Double]) -> ObjectiveValue
}

/// The value of an objective and its gradient at one place.
public struct ObjectiveValue: Sendable, Equatable {
  /// f(θ).
  public let value: Double

  /// ∇f(θ), as many numbers as there are parameters.
  public let gradient: [Double]

  /// Collects an evaluation.
  ///
  /// - Parameters:
  ///   - value: f(θ).
  ///   - gradient: ∇f(θ).
  public init(value: Double, gradient: [Double]) {
    self.value = value
    self.gradient = gradient
  }

  /// Whether value and gradient are numbers.
  var isFinite: Bool { value.isFinite && gradient.allSatisfy(\.isFinite) }
}

/// A method that minimises by values and gradients.
///
/// An optimiser is a value that holds all of its state: encoded, decoded and asked for the same
/// steps, it takes them bit by bit as if it had never been stored.
public protocol GradientOptimizer: Sendable, Codable, Equatable {
  /// The length scale of its steps: the learning rate, or what the last line search found.
  var pace: Double { get }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - parameters: θ, moved in place if the outcome is ``StepOutcome/accepted``.
  ///   - objective: f.
  /// - Returns: How it ended.
  mutating func step(_ parameters: inout [Double], objective: some Objective) -> StepOutcome

  /// Takes notice that the objective is another one, such as after new points were drawn: what was
  /// remembered of its value is void, what was learnt of its curvature may be kept.
  mutating func objectiveChanged()
}

/// How an attempt to step ended.
public enum StepOutcome: Sendable, Equatable {
  /// The parameters moved.
  case accepted

  /// No step lowers the objective: the parameters are at a minimum to working precision.
  case converged

  /// The objective or its derivatives are not finite.
  case diverged
}
