/// What a step of Levenberg-Marquardt costs beside gradients, by which a plan is chosen.
enum SecondOrderCost: Sendable {
  /// As long as tens of gradients.
  case cheap

  /// Up to some seconds on one core.
  case affordable

  /// More than that.
  case dear

  /// Single precision leaves the equations of such a step no digits.
  case impossible

  /// The cost by the multiplications of a step, `N P min(N, P)`.
  ///
  /// - Parameters:
  ///   - parameters: Number of parameters, P.
  ///   - residuals: Number of residuals, N.
  ///   - precision: The arithmetic.
  init(parameters: Int, residuals: Int, precision: TrainingSettings.Precision) {
    let work = Double(parameters) * Double(residuals) * Double(min(parameters, residuals))
    self =
      switch precision {
      case .single: .impossible
      case .double where work <= Self.cheapWork: .cheap
      case .double: work <= Self.affordableWork ? .affordable : .dear
      }
  }

  /// Multiplications that take as long as tens of gradients.
  private static let cheapWork = 1e10

  /// Multiplications that take some seconds on one core.
  private static let affordableWork = 1e11
}

extension SecondOrderCost: CustomStringConvertible {
  /// Why the plan is as it is.
  var description: String {
    switch self {
    case .cheap: "second-order steps are cheap at this size"
    case .affordable: "second-order steps are dear at this size, worth a good start"
    case .dear: "second-order steps are too dear at this size"
    case .impossible: "single precision is too short for second-order steps"
    }
  }
}

extension OptimizerPlan {
  /// The plan for a recipe that says nothing of it, by the sizes.
  ///
  /// Levenberg-Marquardt wins wherever its steps are affordable. Where they are dear, the way from random
  /// weights to the valley is left to SOAP. Beyond that a quasi-Newton method follows, with the whole
  /// inverse Hessian as long as it fits.
  ///
  /// - Parameters:
  ///   - parameters: Number of parameters, P.
  ///   - residuals: Number of residuals, N.
  ///   - precision: The arithmetic.
  /// - Returns: The plan.
  public static func automatic(
    parameters: Int, residuals: Int, precision: TrainingSettings.Precision
  ) -> OptimizerPlan {
    switch SecondOrderCost(parameters: parameters, residuals: residuals, precision: precision) {
    case .cheap: OptimizerPlan(.levenbergMarquardt)
    case .affordable: OptimizerPlan([Stage(.soap, steps: 300), Stage(.levenbergMarquardt)])
    case .dear:
      OptimizerPlan([
        Stage(.soap, steps: 1000),
        Stage(parameters <= Self.affordableOrder ? .selfScaledBroyden : .lbfgs),
      ])
    case .impossible: OptimizerPlan(.soap)
    }
  }

  /// The order of an inverse Hessian of half a gigabyte.
  private static let affordableOrder = 8000
}
