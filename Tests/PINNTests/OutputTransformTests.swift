import Networks
import PINN
import Symbolic
import Tensors
import Testing

@Suite("Output transforms")
struct OutputTransformTests {
  private func recipe() throws -> Recipe {
    try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1], t: [0, 1]}
          unknowns: [u, v]
          parameters: {a: 0.1}
          equations: ["u_t - a*u_xx", "v_x - u_xt"]
          conditions: [{at: "x = 0", equation: "v"}]
          transform: {u: "sin(pi*x) + x*(1 - x)*t*u"}
          exact: {u: "sin(pi*x)*exp(-a*pi^2*t)", v: "-a*pi^2*exp(-a*pi^2*t)*sin(pi*x)"}
        network: {hidden: [12]}
        training: {steps: 80, points: {interior: 300, conditions: 40}, validation: 20}
        """)
  }

  @Test func `conditions hold whatever the network does, and the equation by training`() throws {
    let trainer = try Trainer(try recipe(), threads: 2)
    let start = trainer.solution
    let faces = [[0.0, 1, 0.3], [0.4, 0.7, 0]]
    let values = FieldEvaluator(start, points: faces, threads: 1)
      .values(of: .value(of: 0, in: trainer.recipe.problem), parameters: start.parameters)
    for (value, x) in zip(values, faces[0]) {
      // Rounding of sin(pi*x).
      #expect(abs(value - (try Expression(parsing: "sin(pi*x)").evaluate(["x": x]))) < 1e-15)
    }
    _ = try trainer.run()
    for (_, error) in trainer.summary(.steps).relativeL2 { #expect(try #require(error) < 1e-3) }
    #expect(try TrainedNetwork(try trainer.solution.safetensors, path: "m") == trainer.solution)
    #expect(try Recipe(parsing: trainer.recipe.yaml) == trainer.recipe)
  }

  @Test(arguments: ["u_x", "u_t", "u_xx", "u_xt", "u_xxxx", "u_xxt"])
  func `derivatives follow the product and chain rules`(name: String) throws {
    let problem = try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1], t: [0, 1]}
          unknowns: [u, v]
          equations: ["u_t - v_x"]
          transform: {u: "exp(x*t)*u^2 + sin(v)*x"}
        """
    ).problem
    let network = Network(
      hidden: [7], outputs: 2, activation: .tanh, lower: [0, 0], upper: [1, 1])
    var random = RandomStream(seed: 3)
    let solution = TrainedNetwork(
      network: network, parameters: network.initialParameters(random: &random),
      variables: ["x", "t"], unknowns: ["u", "v"], transform: problem.outputTransform)
    func value(_ name: String, _ x: Double, _ t: Double) throws -> Double {
      let field = try #require(problem.derivative(Symbol(name)))
      return FieldEvaluator(solution, points: [[x], [t]], threads: 1)
        .values(of: field, parameters: solution.parameters)[0]
    }
    // Fourth-order differences of the derivative before the last: h⁴ = 1e-12 times a fifth
    // derivative of order 10², and rounding 1e-16/h.
    let h = 1e-3
    let before = name.count == 3 ? "u" : String(name.dropLast())
    let byX = name.last == "x"
    func shifted(_ k: Double) throws -> Double {
      try value(before, 0.4 + (byX ? k * h : 0), 0.6 + (byX ? 0 : k * h))
    }
    let slope =
      (8 * (try shifted(1) - shifted(-1)) - (try shifted(2) - shifted(-2))) / (12 * h)
    let exact = try value(name, 0.4, 0.6)
    #expect(abs(exact - slope) < 1e-8 * max(1, abs(exact)))
  }

  /// The transform's factors fall to 1e-300 and below, and their reciprocals overflow.
  @Test func `factors that vanish stay apart in derivatives`() throws {
    let recipe = try Recipe(
      parsing: """
        problem:
          variables: {x: [-1, 1]}
          unknowns: [u]
          equations: ["u_xx + u^3"]
          transform: {u: "exp(-1000*x^2)/sqrt(1 + (u + x*exp(-2000*x^2))^2)"}
          exact: {u: "0"}
        network: {hidden: [6]}
        training: {steps: 1, points: {interior: 64}}
        """)
    let trainer = try Trainer(recipe, threads: 1)
    _ = try trainer.run { #expect($0.loss.isFinite) }
    #expect(trainer.checkpoint.step == 1)
  }
}
