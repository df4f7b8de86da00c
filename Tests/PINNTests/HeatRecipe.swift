import PINN

/// The heat equation, whose solution is `sin(pi*x)*exp(-alpha*pi^2*t)`.
let heatProblem = """
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

  """

/// The smallest recipe of the heat equation; tests change one line at a time.
let heatRecipe =
  heatProblem + """
    network: {hidden: [16, 16]}
    training: {time: 10}

    """

/// The sentence with which a text is refused, without the path; `nil` if it is accepted.
func sentence(_ text: String) -> String? {
  do {
    _ = try Recipe(parsing: text, path: "r")
    return nil
  } catch {
    return String(error.description.dropFirst(2))
  }
}

/// The sentence with which a changed recipe is refused.
func sentence(_ old: String, _ new: String) -> String? {
  precondition(heatRecipe.contains(old), "the change must change something")
  let pieces = heatRecipe.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
  return sentence(pieces.joined(separator: new))
}
