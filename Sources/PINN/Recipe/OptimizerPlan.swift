/// The methods of optimisation of a training, one after the other: `adam 500 then lm`.
public struct OptimizerPlan: Sendable, Equatable {
  /// One method for a number of steps.
  public struct Stage: Sendable, Equatable {
    /// The method.
    public let method: TrainingSettings.OptimizerKind

    /// The number of steps; `nil` goes on until the training ends.
    public let steps: Int?

    /// Describes a stage.
    ///
    /// - Parameters:
    ///   - method: The method.
    ///   - steps: The number of steps; `nil` goes on until the training ends.
    public init(_ method: TrainingSettings.OptimizerKind, steps: Int? = nil) {
      self.method = method
      self.steps = steps
    }
  }

  /// The stages; all but the last have a number of steps.
  public let stages: [Stage]

  /// Collects stages.
  ///
  /// - Parameter stages: At least one; all but the last have a number of steps.
  public init(_ stages: [Stage]) {
    precondition(!stages.isEmpty, "a plan has a stage")
    precondition(stages.dropLast().allSatisfy { $0.steps != nil }, "a stage without end is last")
    self.stages = stages
  }

  /// A plan of one method.
  ///
  /// - Parameter method: The method.
  public init(_ method: TrainingSettings.OptimizerKind) {
    self.init([Stage(method)])
  }
}

extension OptimizerPlan {
  /// The steps of the first stage that has a learning rate, where it has an end.
  var firstOrderSteps: Int? {
    stages.first { $0.method.isFirstOrder }?.steps
  }
}

extension TrainingSettings.OptimizerKind {
  /// Whether its steps have a learning rate; the others find their own length.
  var isFirstOrder: Bool { self == .adam || self == .soap }
}

extension OptimizerPlan: CustomStringConvertible {
  /// The plan as a recipe states it.
  public var description: String {
    stages.map { stage in
      ([stage.method.rawValue] + [stage.steps].compactMap { $0?.description })
        .joined(separator: " ")
    }.joined(separator: " then ")
  }
}

extension OptimizerPlan {
  /// The plan for a network that says nothing of it, by its size.
  ///
  /// Levenberg-Marquardt wins wherever its steps, of `N P min(N, P)` operations, are affordable. Where they
  /// are dear, the way from random weights to the valley is left to SOAP. Beyond that a quasi-Newton method
  /// follows, with the whole inverse Hessian as long as it fits. Single precision leaves the equations of
  /// second-order methods no digits.
  ///
  /// - Parameters:
  ///   - parameters: Number of parameters, P.
  ///   - residuals: Number of residuals, N.
  ///   - precision: The arithmetic.
  /// - Returns: The plan.
  public static func automatic(
    parameters: Int, residuals: Int, precision: TrainingSettings.Precision
  ) -> OptimizerPlan {
    guard precision == .double else { return OptimizerPlan(.soap) }
    let work = Double(parameters) * Double(residuals) * Double(min(parameters, residuals))
    if work <= Self.cheapWork { return OptimizerPlan(.levenbergMarquardt) }
    if work <= Self.affordableWork {
      return OptimizerPlan([Stage(.soap, steps: 300), Stage(.levenbergMarquardt)])
    }
    let last: TrainingSettings.OptimizerKind =
      parameters <= Self.affordableOrder ? .selfScaledBroyden : .lbfgs
    return OptimizerPlan([Stage(.soap, steps: 1000), Stage(last)])
  }

  /// Multiplications of a step that takes as long as tens of gradients.
  private static let cheapWork = 1e10

  /// Multiplications of a step that takes some seconds on one core.
  private static let affordableWork = 1e11

  /// The order of an inverse Hessian of half a gigabyte.
  private static let affordableOrder = 8000
}
