import Networks
import PINN
import Symbolic
import Testing

/// A problem made from its solution: each equation and condition gets the source that makes the
/// chosen functions solve it, derived symbolically.
struct ManufacturedProblem: Sendable, CustomTestStringConvertible {
  let name: String
  var variables: String
  var domain: String?
  var solutions: [(unknown: String, formula: String)]
  var equations: [String]
  var conditions: [(at: String, quantity: String)]
  var periods: [String] = []
  var hidden = "[10, 10]"
  var steps = 60
  var points = "{interior: 300, conditions: 60}"

  /// How far the trained network may be from the solution, relatively.
  var bound = 1e-3

  var testDescription: String { name }

  /// The recipe, with sources.
  func recipe() throws -> Recipe {
    let bare = try Recipe(parsing: text(equations, conditions.map(\.quantity))).problem
    let forms = try Dictionary(
      uniqueKeysWithValues: solutions.map { ($0.unknown, try Expression(parsing: $0.formula)) })
    func balanced(_ formula: Expression) -> String {
      var source = formula
      for symbol in formula.symbols {
        guard let field = bare.derivative(symbol), let form = forms[bare.unknowns[field.unknown]]
        else { continue }
        let by = zip(bare.variables, field.monomial.exponents).flatMap {
          Array(repeating: Symbol($0.name), count: $1)
        }
        source = source.substituting([symbol: form.derivative(withRespectTo: by)])
      }
      return "\(formula) - (\(source))"
    }
    return try Recipe(
      parsing: text(
        bare.equations.map(balanced),
        bare.conditions.filter { $0.partner == nil }.map { balanced($0.equation) }))
  }

  private func text(_ equations: [String], _ quantities: [String]) -> String {
    var lines = ["problem:", "  variables: {\(variables)}"]
    if let domain { lines.append("  domain: \(domain)") }
    lines.append("  unknowns: [\(solutions.map(\.unknown).joined(separator: ", "))]")
    lines.append("  equations:")
    lines += equations.map { "    - \"\($0)\"" }
    lines.append("  conditions:")
    lines += zip(conditions, quantities).map { "    - {at: \"\($0.at)\", equation: \"\($1)\"}" }
    lines += periods.map { "    - {\($0)}" }
    lines.append("  exact:")
    lines += solutions.map { "    \($0.unknown): \"\($0.formula)\"" }
    lines.append("network: {hidden: \(hidden)}")
    lines.append("training: {steps: \(steps), points: \(points), validation: 12}")
    return lines.joined(separator: "\n")
  }
}

extension ManufacturedProblem {
  /// A problem of each class and with each kind of condition.
  static let all: [ManufacturedProblem] = [
    .init(
      name: "ordinary equation of third order", variables: "t: [0, 1]",
      solutions: [("u", "sin(2*t) + t^2")], equations: ["u_ttt + u*u_t"],
      conditions: [("t = 0", "u"), ("t = 0", "u_t"), ("t = 0", "u_tt")]),
    .init(
      name: "ordinary equation of fourth order with values at both ends", variables: "x: [0, 2]",
      solutions: [("u", "exp(-x)*x^2")], equations: ["u_xxxx + u_x"],
      conditions: [("x = 0", "u"), ("x = 0", "u_x"), ("x = 2", "u_xx"), ("x = 2", "u_xxx")]),
    .init(
      name: "ordinary system", variables: "t: [0, 2]",
      solutions: [("p", "1 + 0.5*sin(t)"), ("q", "exp(-t)")],
      equations: ["p_t - p*q", "q_t + q*p^2"], conditions: [("t = 0", "p"), ("t = 0", "q")]),
    .init(
      name: "mixed derivative, values on two sides", variables: "x: [0, 1], y: [0, 1]",
      solutions: [("u", "sin(x + 2*y)")], equations: ["u_xy + u"],
      conditions: [("x = 0", "u"), ("y = 0", "u")]),
    .init(
      name: "wave with initial speed", variables: "x: [0, 1], t: [0, 1]",
      solutions: [("u", "sin(pi*x)*cos(pi*t) + x*t")], equations: ["u_tt - u_xx"],
      conditions: [("t = 0", "u"), ("t = 0", "u_t"), ("x = 0", "u"), ("x = 1", "u")], bound: 1e-2),
    .init(
      name: "heat with slopes and a mixed condition", variables: "x: [0, 1], t: [0, 1]",
      solutions: [("u", "exp(-t)*cos(x)")], equations: ["u_t - u_xx"],
      conditions: [("t = 0", "u"), ("x = 0", "u_n"), ("x = 1", "2*u + u_x")]),
    .init(
      name: "third order in space", variables: "x: [-1, 1], t: [0, 1]",
      solutions: [("u", "tanh(x - t)")], equations: ["u_t + u*u_x + 0.1*u_xxx"],
      conditions: [("t = 0", "u"), ("x = -1", "u"), ("x = 1", "u"), ("x = 1", "u_x")], bound: 1e-2),
    .init(
      name: "third order, twice in space and once in time", variables: "x: [0, 1], t: [0, 1]",
      solutions: [("u", "exp(x - t)")], equations: ["u_t + u_x + u*u_x - u_xxt"],
      conditions: [("t = 0", "u"), ("x = 0", "u"), ("x = 1", "u")]),
    .init(
      name: "plate clamped at its rim", variables: "x: [-1, 1], y: [-1, 1]",
      solutions: [("u", "cos(x)*sin(y)")], equations: ["u_xxxx + 2*u_xxyy + u_yyyy"],
      conditions: [("boundary", "u"), ("boundary", "u_n")], bound: 1e-2),
    .init(
      name: "period in space", variables: "x: [0, 2], t: [0, 0.5]",
      solutions: [("u", "sin(pi*(x - t))")], equations: ["u_t - 0.1*u_xx"],
      conditions: [("t = 0", "u")], periods: ["at: \"x = 0\", periodic_with: \"x = 2\""],
      bound: 5e-3),
    .init(
      name: "values on a plane inside", variables: "x: [0, 1], y: [0, 1]",
      solutions: [("u", "exp(x)*y")], equations: ["u_x - u"], conditions: [("x = 0.4", "u")]),
    .init(
      name: "values at a point and on a part of a side", variables: "x: [0, 1], y: [0, 1]",
      solutions: [("u", "x^2 + y")], equations: ["u_y - 1"],
      conditions: [("y = 0, x < 0.5", "u"), ("y = 1, 0.5 < x < 1", "u"), ("x = 0.5, y = 0.5", "u")]),
    .init(
      name: "two unknowns", variables: "x: [0, 1], t: [0, 1]",
      solutions: [("p", "cos(x + t)"), ("q", "sin(x + t)")],
      equations: ["p_t + 0.5*q_xx + (p^2 + q^2)*q", "q_t - 0.5*p_xx - (p^2 + q^2)*p"],
      conditions: [
        ("t = 0", "p"), ("t = 0", "q"), ("x = 0", "p"), ("x = 0", "q"), ("x = 1", "p"),
        ("x = 1", "q"),
      ], bound: 1e-2),
    .init(
      name: "three unknowns", variables: "x: [0, 1], y: [0, 1]",
      solutions: [("u", "1 - exp(-x)*cos(y)"), ("v", "exp(-x)*sin(y)"), ("p", "exp(-2*x)")],
      equations: [
        "u*u_x + v*u_y + p_x - 0.1*(u_xx + u_yy)", "u*v_x + v*v_y + p_y - 0.1*(v_xx + v_yy)",
        "u_x + v_y",
      ], conditions: [("boundary", "u"), ("boundary", "v"), ("x = 1", "p")], bound: 2e-2),
    .init(
      name: "three variables", variables: "x: [0, 1], y: [0, 1], z: [0, 1]",
      solutions: [("u", "exp(x)*sin(y + z)")], equations: ["u_xx + u_yy + u_zz"],
      conditions: [("boundary", "u")], points: "{interior: 300, conditions: 300}", bound: 5e-3),
    .init(
      name: "four variables", variables: "x: [0, 1], y: [0, 1], z: [0, 1], t: [0, 1]",
      solutions: [("u", "exp(-t)*(x + y*z)")], equations: ["u_t - u_xx - u_yy - u_zz"],
      conditions: [
        ("t = 0", "u"), ("x = 0", "u"), ("x = 1", "u"), ("y = 0", "u"), ("y = 1", "u"),
        ("z = 0", "u"), ("z = 1", "u"),
      ], bound: 1e-2),
    .init(
      name: "disc with slopes and a value", variables: "x: [-1, 1], y: [-1, 1]",
      domain: "{disc: {disc: {center: {x: 0, y: 0}, radius: 1}}}",
      solutions: [("u", "x^3 - y^2 + x*y")], equations: ["u_xx + u_yy"],
      conditions: [("disc", "u_n"), ("x = 0, y = 0", "u")], bound: 5e-3),
    .init(
      name: "ring with a mixed condition inside", variables: "x: [-1, 1], y: [-1, 1], t: [0, 1]",
      domain: "{ring: {annulus: {center: {x: 0, y: 0}, radii: [0.4, 1]}}}",
      solutions: [("u", "exp(-t)*(x^2 + y)")], equations: ["u_t - u_xx - u_yy"],
      conditions: [("t = 0", "u"), ("boundary", "u + u_n")], bound: 1e-2),
    .init(
      name: "L-shape of two corners", variables: "x: [0, 2], y: [0, 2]",
      domain: "{ell: {polygon: {x: [0, 2, 2, 1, 1, 0], y: [0, 0, 1, 1, 2, 2]}}}",
      solutions: [("u", "sin(x)*y")], equations: ["u_xx + u_yy"], conditions: [("boundary", "u")],
      bound: 5e-3),
    .init(
      name: "plate with a hole", variables: "x: [0, 2], y: [0, 1]",
      domain: """
        {plate: {box: {x: [0, 2], y: [0, 1]}}, hole: {disc: {center: {x: 1, y: 0.5}, radius: 0.3}}, \
        shape: plate - hole}
        """,
      solutions: [("u", "x*y + cos(x)")], equations: ["u_xx + u_yy"],
      conditions: [("hole", "u_n + n_x*u"), ("plate", "u")], bound: 5e-3),
    .init(
      name: "ball", variables: "x: [-1, 1], y: [-1, 1], z: [-1, 1]",
      domain: "{ball: {ball: {center: {x: 0, y: 0, z: 0}, radius: 1}}}",
      solutions: [("u", "x*y + z")], equations: ["u_xx + u_yy + u_zz"],
      conditions: [("boundary", "u")], points: "{interior: 200, conditions: 300}", bound: 1e-2),
  ]
}
