internal import Networks

/// The state of whichever optimiser trains.
enum OptimizerState: Sendable, Codable, Equatable {
  case adam(Adam)
  case soap(SOAP)
  case lbfgs(LBFGS)
  case selfScaledBroyden(SelfScaledBroyden)
  case levenbergMarquardt(LevenbergMarquardt)

  /// The optimiser before its first step.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - settings: How fast the first-order methods go.
  ///   - network: The network, whose weights are matrices to SOAP.
  ///   - parameterCount: Number of parameters; those after the network's are coefficients.
  init(
    _ method: TrainingSettings.OptimizerKind, _ settings: TrainingSettings,
    network: Network, parameterCount: Int
  ) {
    switch method {
    case .levenbergMarquardt: self = .levenbergMarquardt(LevenbergMarquardt())
    case .lbfgs: self = .lbfgs(LBFGS())
    case .selfScaledBroyden: self = .selfScaledBroyden(SelfScaledBroyden())
    case .adam:
      self = .adam(
        Adam(
          parameterCount: parameterCount, learningRate: settings.learningRate,
          weightDecay: settings.weightDecay))
    case .soap:
      self = .soap(
        SOAP(
          parameterCount: parameterCount, matrices: network.matrices,
          learningRate: settings.learningRate, weightDecay: settings.weightDecay))
    }
  }

  /// The damping λ, the learning rate, or the length of the last line search.
  var pace: Double {
    switch self {
    case .adam(let optimizer): optimizer.pace
    case .soap(let optimizer): optimizer.pace
    case .lbfgs(let optimizer): optimizer.pace
    case .selfScaledBroyden(let optimizer): optimizer.pace
    case .levenbergMarquardt(let optimizer): optimizer.damping
    }
  }

  /// Takes one step.
  ///
  /// - Parameters:
  ///   - parameters: θ, moved in place if the outcome is `accepted`.
  ///   - system: The residuals; in Double for a second-order method.
  /// - Returns: How it ended.
  mutating func step(_ parameters: inout [Double], _ system: TrainingSystem) -> StepOutcome {
    let current = self
    // Nothing else may hold the optimiser's matrices while they change, or they would be copied.
    self = .levenbergMarquardt(LevenbergMarquardt())
    let outcome: StepOutcome
    switch consume current {
    case .adam(var optimizer):
      outcome = optimizer.step(&parameters, objective: system)
      self = .adam(optimizer)
    case .soap(var optimizer):
      outcome = optimizer.step(&parameters, objective: system)
      self = .soap(optimizer)
    case .lbfgs(var optimizer):
      outcome = optimizer.step(&parameters, objective: system)
      self = .lbfgs(optimizer)
    case .selfScaledBroyden(var optimizer):
      outcome = optimizer.step(&parameters, objective: system)
      self = .selfScaledBroyden(optimizer)
    case .levenbergMarquardt(var optimizer):
      guard case .double(let model) = system else {
        preconditionFailure("a recipe with a second-order optimiser trains in double precision")
      }
      outcome = optimizer.step(&parameters, model: model)
      self = .levenbergMarquardt(optimizer)
    }
    return outcome
  }

  /// Takes notice of new points or weights.
  mutating func objectiveChanged() {
    switch self {
    case .lbfgs(var optimizer):
      optimizer.objectiveChanged()
      self = .lbfgs(optimizer)
    case .selfScaledBroyden(var optimizer):
      optimizer.objectiveChanged()
      self = .selfScaledBroyden(optimizer)
    // The others remember nothing of the objective's value.
    case .adam, .soap, .levenbergMarquardt: break
    }
  }
}
