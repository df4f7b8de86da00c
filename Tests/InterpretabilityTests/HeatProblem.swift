import PINN

/// The heat equation on a rod whose ends are kept cold, begun as one arch of a sine.
func heatProblem(alpha: Double = 0.01) throws -> Problem {
  try Recipe(
    parsing: """
      problem:
        variables: {x: [0, 1], t: [0, 1]}
        unknowns: [u]
        parameters: {alpha: \(alpha)}
        equations: ["u_t - alpha*u_xx"]
        conditions:
          - {at: "t = 0", equation: "u - sin(pi*x)"}
          - {at: "x = 0", equation: "u"}
          - {at: "x = 1", equation: "u"}
      """
  ).problem
}
