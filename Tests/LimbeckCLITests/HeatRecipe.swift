/// The heat equation on a network so small that a step takes a millisecond.
enum HeatRecipe {
  /// The recipe; its lines are numbered in the errors that tests expect.
  static let text = """
    problem:
      variables: {x: [0, 1], t: [0, 1]}
      unknowns: [u]
      parameters: {alpha: 0.01}
      equations: ["u_t - alpha*u_xx"]
      conditions:
        - {at: "t = 0", equation: "u - sin(pi*x)"}
        - {at: "x = 0", equation: "u"}
        - {at: "x = 1", equation: "u"}
      exact: {u: "sin(pi*x)*exp(-alpha*pi^2*t)"}
    network: {hidden: [6, 6]}
    training: {points: {interior: 100, conditions: 20}, steps: 20, seed: 1}
    distill: {grammar: separable, evaluations: 6000}

    """

  /// The recipe with one of its parts replaced.
  static func replacing(_ part: String, with other: String) -> String {
    precondition(text.contains(part), "the recipe has no such part")
    return text.replacing(part, with: other)
  }

  /// The logarithm of the temperature, which the untrained network makes negative somewhere.
  static let diverging = replacing("u_t - alpha*u_xx", with: "u_t - log(u - 1)")
}
