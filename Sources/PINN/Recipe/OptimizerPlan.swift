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
