import Interpretability
import Networks
import PINN
import Symbolic
import Tensors
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Targets of a distillation")
struct DistillationTargetTests {
  private static func recipe() throws -> Recipe {
    try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1], t: [0, 2]}
          unknowns: [u]
          equations: ["u_t - u_xx"]
          conditions:
            - {at: "t = 0", equation: "u - sin(pi*x)"}
        network: {kind: mlp, hidden: [4, 6], activation: tanh}
        """)
  }

  private static func network() -> TrainedNetwork {
    let network = Network(
      hidden: [4, 6], outputs: 1, activation: .tanh, lower: [0, 0], upper: [1, 2])
    var random = RandomStream(seed: 2)
    return TrainedNetwork(
      network: network, parameters: network.initialParameters(random: &random),
      variables: ["x", "t"], unknowns: ["u"])
  }

  @Test("targets are read") func reading() throws {
    let recipe = try Self.recipe()
    #expect(try DistillationTarget("u", of: recipe) == .unknown(0))
    #expect(try DistillationTarget("layer1", of: recipe) == .layer(1))
    #expect(try DistillationTarget("last", of: recipe) == .layer(1))
    #expect(try DistillationTarget("layer1.neuron5", of: recipe) == .neuron(layer: 1, index: 5))
    #expect(
      try DistillationTarget("layer0:w.npy", of: recipe) == .direction(layer: 0, file: "w.npy"))
  }

  @Test(
    "what is no target is told",
    arguments: [
      ("layer2", "the run has no unknown or layer 'layer2'; did you mean 'layer0'?"),
      (
        "layer1.neuron6",
        "'layer1.neuron6' is no neuron: write 'layer1.neuron0' to 'layer1.neuron5', or 'layer1' for "
          + "all of them"
      ),
    ])
  func refusals(text: String, sentence: String) throws {
    let recipe = try Self.recipe()
    let error = #expect(throws: DistillationError.self) {
      _ = try DistillationTarget(text, of: recipe)
    }
    #expect(error?.description == sentence)
  }

  @Test("a neuron of the first layer is found with its weights") func neuron() throws {
    var recipe = try Self.recipe()
    var settings = DistillationSettings()
    settings.target = "layer0.neuron2"
    settings.grammar = "travelling-wave"
    settings.time = nil
    settings.evaluations = 300_000
    recipe.distillation = settings
    let result = try DistillationPlan(recipe).distiller(for: Self.network(), threads: 2).run()
    #expect(result.target == "layer0.neuron2")
    let best = try #require(result.bestEquation)
    #expect(best.loss < 1e-20)
    // Twice the domain away, where only the right function is right.
    let network = Self.network()
    let weights = network.parameters[4..<6]
    let sum = weights[4] * (2 * 2 - 1) + weights[5] * (5 - 1)
    let value = best.numeric.evaluate(["x": 2, "t": 5])
    #expect(abs(value - tanh(sum)) < 1e-6)
    #expect(best.safety.domain == .safe)
    #expect(best.check == nil)
  }

  @Test("where no formula is exact, one is believed that follows the neuron all the same")
  func approximation() throws {
    var recipe = try Self.recipe()
    var settings = DistillationSettings()
    settings.target = "layer0.neuron2"
    settings.grammar = "trigonometric"
    settings.time = nil
    settings.evaluations = 60_000
    recipe.distillation = settings
    let result = try DistillationPlan(recipe).distiller(for: Self.network(), threads: 2).run()
    // A constant has 0; what is left of such a smooth function counts as hardly one observation.
    #expect(try #require(result.bestEquation).rSquared > 0.9)
  }

  @Test("the neurons of a layer, weighted by the layer above, are its output") func layer() throws {
    let solution = Self.network()
    let site = try solution.site(.layer(1))
    #expect(site.unknowns.count == 6)
    let points = [[0.1, 0.7], [0.3, 1.9]]
    func values(_ network: TrainedNetwork, _ output: Int) -> [Double] {
      let field = DerivativeSymbol(
        unknown: output, monomial: Monomial([0, 0]), symbol: Symbol("v"))
      return FieldEvaluator(network: network.network, points: points, threads: 1)
        .values(of: field, parameters: network.parameters)
    }
    let output = solution.network.tensors.suffix(2).map(\.range)
    let weights = solution.parameters[output[0]]
    let sums = (0..<2).map { p in
      zip(weights, 0..<6).reduce(solution.parameters[output[1].lowerBound]) {
        $0 + $1.0 * values(site, $1.1)[p]
      }
    }
    // Sums of six products in another order.
    for (sum, value) in zip(sums, values(solution, 0)) { #expect(abs(sum - value) < 1e-14) }
  }
}
