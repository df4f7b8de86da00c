public import Networks
public import Tensors

/// How the network is trained.
public struct TrainingSettings: Sendable, Equatable {
  /// The methods of optimisation, one after the other; `nil` chooses by the sizes.
  public var optimizer: OptimizerPlan?

  /// Number of points inside the domain at which the equations are enforced.
  public var interiorPoints = 2000

  /// Number of points on each condition's part of the boundary.
  public var conditionPoints = 500

  /// How the points are scattered.
  public var sampler = PointSampler.sobol

  /// How new points for the equations are chosen by the residuals; `nil` scatters them alike.
  public var refinement: PointRefinement?

  /// How the parts of the loss are weighed while training goes on; `nil` keeps their weights.
  public var weights: LossWeights?

  /// The number of epochs over which the equations' points advance from the first times to all; `nil`
  /// has them everywhere from the start.
  public var march: Int?

  /// The limit of training time in seconds; `nil` for none.
  public var time: Double? = Self.defaultTime

  /// The limit of optimisation steps; `nil` for none.
  public var steps: Int?

  /// The seed of every random draw of the run.
  public var seed = 1

  /// The arithmetic of training.
  public var precision = Precision.double

  /// The step size of Adam and SOAP; the other methods find their own.
  public var learningRate = LearningRate(1e-3)

  /// The share of each parameter, times the learning rate, that a step of Adam or SOAP takes away.
  public var weightDecay = 0.0

  /// The weight of the mean squared condition residuals relative to those of the equations.
  public var conditionWeight = 100.0

  /// The number of steps without improvement after which training ends; `nil` never ends it.
  public var patience: Int?

  /// The relative L2 error (the loss, where no exact solution is known) at which training ends;
  /// `nil` never ends it.
  public var target: Double?

  /// Number of points along each axis of the validation grid.
  public var validation = 100

  /// The number of steps after which the points are drawn anew; `nil` keeps them.
  public var resample: Int?

  /// The number of steps between new points where a recipe asks for moving ones but not how often.
  static let defaultResample = 20

  /// The limit of time where a recipe gives neither time nor steps, in seconds.
  public static let defaultTime = 30.0

  /// The methods of optimisation.
  public enum OptimizerKind: String, Sendable, CaseIterable {
    /// Levenberg-Marquardt with geodesic acceleration; second order.
    case levenbergMarquardt = "lm"

    /// Adam; first order.
    case adam

    /// SOAP: Adam in the eigenbasis of the gradients; first order.
    case soap

    /// L-BFGS: quasi-Newton with the last few changes of the gradient.
    case lbfgs

    /// The self-scaled Broyden method: quasi-Newton with the whole inverse Hessian.
    case selfScaledBroyden = "ssbroyden"
  }

  /// The arithmetics of training.
  public enum Precision: String, Sendable, CaseIterable {
    /// 64-bit floating point.
    case double

    /// 32-bit floating point.
    case single
  }

  /// The defaults.
  public init() {}
}
