import ArgumentParser

/// A recipe to begin with.
enum RecipeTemplate: String, CaseIterable, ExpressibleByArgument {
  /// A partial differential equation with initial and boundary conditions.
  case equation

  /// Ordinary differential equations.
  case ode

  /// An equation with coefficients that are found from measurements.
  case inverse

  /// A table of numbers, without any equation.
  case table

  /// The recipe, with comments that say what may be changed.
  ///
  /// - Parameter name: The recipe's name.
  /// - Returns: The file's text.
  func text(named name: String) -> String {
    """
    # \(name): \(title).
    \(problem)
    training:
      time: 10          # seconds; --time overrides it
      seed: 1
    \(distillation)
    """
  }

  private var title: String {
    switch self {
    case .equation: "heat that spreads along a rod. Run it with `limbeck run`"
    case .ode: "a pendulum with friction. Run it with `limbeck run`"
    case .inverse: "an oscillator whose friction is sought. Train it with `limbeck train`"
    case .table: "a table of measurements. Train it with `limbeck train`"
    }
  }

  private var problem: String {
    switch self {
    case .equation:
      """
      problem:
        variables: {x: [0, 1], t: [0, 1]}      # names with intervals, up to ten
        unknowns: [u]                          # what the network computes; several make a system
        parameters: {alpha: 0.01}              # numbers with names
        equations: ["u_t - alpha*u_xx"]        # what is zero inside; u_xx is a derivative, up to order 4
        conditions:                            # what is zero on a part of the boundary
          - {at: "t = 0", equation: "u - sin(pi*x)"}
          - {at: "x = 0", equation: "u"}
          - {at: "x = 1", equation: "u"}
        exact: {u: "sin(pi*x)*exp(-alpha*pi^2*t)"}   # if you know it: to compare, never to train; else remove it
      network: {hidden: [16, 16], activation: tanh}
      """
    case .ode:
      """
      problem:
        variables: {t: [0, 6]}
        unknowns: [angle]
        parameters: {friction: 0.3, frequency: 2}
        equations: ["angle_tt + friction*angle_t + frequency^2*sin(angle)"]   # zero along the way
        conditions:                                                          # how it begins
          - {at: "t = 0", equation: "angle - 1"}
          - {at: "t = 0", equation: "angle_t"}
      network: {hidden: [24, 24], activation: tanh}
      """
    case .inverse:
      """
      problem:
        variables: {t: [0, 6]}
        unknowns: [u]
        parameters:
          friction: {value: 1, trainable: true}   # found with a standard error; this is where it starts
          stiffness: 4
        equations: ["u_tt + friction*u_t + stiffness*u"]
        data: {file: measurements.csv, weight: 10}   # columns t and u, one row a measurement
      network: {hidden: [16], activation: tanh}
      """
    case .table:
      """
      problem:
        variables: {a: [0, 1], b: [0, 10]}      # columns of the table with the intervals they lie in
        unknowns: [y]                           # the column to predict
        data: {file: table.csv, split: [60, 20, 20]}   # rows to train on, to stop by, to be measured by
      network: {hidden: [16, 16], activation: tanh}
      """
    }
  }

  private var distillation: String {
    switch self {
    case .equation:
      "distill: {grammar: separable, time: 30}   # products of functions of x and t; 'general' for any formula\n"
    case .ode, .inverse, .table:
      "distill: {grammar: general, time: 30}\n"
    }
  }
}
