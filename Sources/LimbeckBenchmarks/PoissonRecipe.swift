/// Poisson's equation on the unit square as a recipe states it, the problem of several measurements.
enum PoissonRecipe {
  /// The problem, ready for `network:` and `training:` after it.
  static let problem = """
    problem:
      variables: {x: [0, 1], y: [0, 1]}
      unknowns: [u]
      equations: ["u_xx + u_yy + 2*pi^2*sin(pi*x)*sin(pi*y)"]
      conditions:
        - {at: "x = 0", equation: "u"}
        - {at: "x = 1", equation: "u"}
        - {at: "y = 0", equation: "u"}
        - {at: "y = 1", equation: "u"}

    """
}
