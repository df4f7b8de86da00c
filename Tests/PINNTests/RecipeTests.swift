import Foundation
import Networks
import PINN
import RunStore
import Symbolic
import Tensors
import Testing

@Suite("Reading recipes")
struct RecipeReadingTests {
  @Test func `the heat recipe means what it says`() throws {
    let recipe = try Recipe(parsing: heatRecipe)
    let problem = recipe.problem
    #expect(
      problem.variables == [
        .init(name: "x", lower: 0, upper: 1), .init(name: "t", lower: 0, upper: 1),
      ])
    #expect(problem.unknowns == ["u"])
    #expect(problem.parameters == [.init(name: "alpha", value: 0.01)])
    #expect(problem.equations == [try Expression(parsing: "u_t - alpha*u_xx")])
    #expect(
      problem.conditions.map(\.location) == [
        [.init(variable: 1, value: 0)], [.init(variable: 0, value: 0)],
        [.init(variable: 0, value: 1)],
      ])
    #expect(problem.conditions[0].equation == (try Expression(parsing: "u - sin(pi*x)")))
    #expect(problem.exact == [try Expression(parsing: "sin(pi*x)*exp(-alpha*pi^2*t)")])
    #expect(problem.parameterValues == ["alpha": 0.01])
    #expect(problem.derivatives.map(\.symbol) == ["u", "u_t", "u_xx"])
    #expect(problem.derivatives.map(\.monomial.exponents) == [[0, 0], [0, 1], [2, 0]])
    #expect(recipe.network == NetworkSettings(hidden: [16, 16]))
    #expect(recipe.training.time == 10)
    #expect(recipe.distillation == nil && recipe.sparseAutoencoder == nil && recipe.probe == nil)
  }

  @Test func `every key is understood`() throws {
    let recipe = try Recipe(
      parsing: """
        problem:
          variables: {x: [-1, 1], "y": [0, 2*pi], t: [0, 1e-1]}
          unknowns: [u, v]
          parameters: {nu: 0.01/pi, k: {value: 0.5, trainable: true}, c: -1}
          equations: [u_t + u*u_x - nu*u_xx, "v_xyxy - k*u_ty"]
          conditions:
            - at: t = 0, x = 0.5
              equation: u - c
            - {at: "y = 6.2831853072", equation: "v_y"}
          data: {file: measurements.csv, weight: 10}
          exact: {v: x*y}
        network: {kind: mlp, hidden: [64], activation: softplus}
        training:
          optimizer: adam
          points: {interior: 10_000, conditions: 7, sampler: latin}
          time: 60
          steps: 5000
          seed: 42
          precision: single
          learning_rate: 3e-3
          condition_weight: 10
          patience: 200
          target: 1e-6
          validation: 50
          resample: 20
        distill: {grammar: separable, time: 5, evaluations: 1e6, rows: 400, target: v}
        sae: {layer: 1, variant: jumprelu, features: 64, k: 4, epochs: 3}
        probe: {targets: [u_x, v], kind: linear}
        """)
    let problem = recipe.problem
    #expect(problem.variables[1] == .init(name: "y", lower: 0, upper: 2 * .pi))
    #expect(
      problem.parameters == [
        .init(name: "nu", value: 0.01 / .pi),
        .init(name: "k", value: 0.5, isTrainable: true), .init(name: "c", value: -1),
      ])
    #expect(
      problem.derivatives.map(\.symbol) == ["u", "u_x", "u_t", "u_xx", "u_ty", "v_y", "v_xyxy"])
    #expect(problem.derivative("u_ty")?.monomial.exponents == [0, 1, 1])
    #expect(problem.derivative("v_xyxy")?.monomial.exponents == [2, 2, 0])
    #expect(problem.derivative("k") == nil)
    #expect(
      problem.conditions[0].location == [
        .init(variable: 2, value: 0), .init(variable: 0, value: 0.5),
      ])
    // Ten digits of 2*pi mean the end of the interval.
    #expect(problem.conditions[1].location == [.init(variable: 1, value: 2 * .pi)])
    #expect(problem.data == .init(file: "measurements.csv", weight: 10))
    #expect(problem.exact == [nil, try Expression(parsing: "x*y")])
    #expect(recipe.network == NetworkSettings(hidden: [64], activation: .softplus))
    let training = recipe.training
    #expect(training.optimizer == OptimizerPlan(.adam) && training.precision == .single)
    #expect(training.interiorPoints == 10_000 && training.conditionPoints == 7)
    #expect(training.sampler == .latin && training.seed == 42)
    #expect(training.time == 60 && training.steps == 5000)
    #expect(training.learningRate == LearningRate(3e-3) && training.conditionWeight == 10)
    #expect(training.patience == 200 && training.target == 1e-6)
    #expect(training.validation == 50 && training.resample == 20)
    let distillation = try #require(recipe.distillation)
    #expect(distillation.grammar == "separable" && distillation.target == "v")
    #expect(distillation.time == 5 && distillation.evaluations == 1_000_000)
    #expect(distillation.rows == 400)
    let autoencoder = try #require(recipe.sparseAutoencoder)
    #expect(autoencoder.layer == .index(1) && autoencoder.variant == .jumpReLU)
    #expect(autoencoder.features == 64 && autoencoder.active == 4 && autoencoder.epochs == 3)
    #expect(recipe.probe?.targets == ["u_x", "v"])
    #expect(recipe.probe?.kind == .linear)
  }

  @Test(
    "networks are read and written back",
    arguments: [
      "{kind: fourier, hidden: [8, 8], activation: [silu, sigmoid], features: 6, sigma: [1, 10]}",
      "{kind: siren, hidden: [8], omega: 12.5, factorized: true}",
      "{kind: piratenet, hidden: [8, 8, 8], sigma: 2, periodic: {x: 3}}",
      "{kind: attention, hidden: [8, 9], tokens: 2}",
      "{kind: modified-fourier, hidden: [8, 8]}",
    ])
  func networks(text: String) throws {
    let recipe = try Recipe(
      parsing: heatRecipe.replacing("network: {hidden: [16, 16]}", with: "network: " + text))
    #expect(recipe.network != NetworkSettings())
    let again = try Recipe(parsing: recipe.yaml)
    #expect(again == recipe)
    #expect(again.makeNetwork() == recipe.makeNetwork())
    let design = recipe.makeNetwork().design
    #expect(design.kind == recipe.network.kind && design.hidden == recipe.network.hidden)
    switch design.kind {
    case .fourier:
      #expect(design.activations == [.swish, .sigmoid])
      #expect(design.fourierFeatures?.count == 6)
    case .siren:
      #expect(design.frequency == 12.5 && design.isFactorized)
    case .pirateNet:
      #expect(design.harmonics == [3, 0] && design.fourierFeatures?.inputs == 7)
    case .attention:
      #expect(design.tokens == 2)
    default:
      #expect(design.fourierFeatures?.count == 4)
    }
  }

  @Test func `a budget of steps or evaluations is not cut short by a default of time`() throws {
    let recipe = try Recipe(
      parsing: heatRecipe.split(separator: "training:")[0]
        + "training: {steps: 5}\ndistill: {evaluations: 9}")
    #expect(recipe.training.time == nil && recipe.training.steps == 5)
    #expect(recipe.distillation?.time == nil && recipe.distillation?.evaluations == 9)
    #expect(recipe.distillation?.target == "u")
    let plain = try Recipe(
      parsing: String(heatRecipe.split(separator: "network:")[0]) + "distill:\n")
    #expect(plain.training == TrainingSettings())
    #expect(plain.distillation == nil)
  }

  @Test func `variables may have long names`() throws {
    let problem = try Recipe(
      parsing: """
        problem:
          variables: {r: [0, 1], theta: [0, 1], t: [0, 1]}
          unknowns: [u, u_0]
          equations: ["u_rtheta + u_0_thetatheta - u_thetart"]
          conditions: [{at: "r = 1", equation: "u"}]
        """
    ).problem
    #expect(problem.derivative("u_rtheta")?.monomial.exponents == [1, 1, 0])
    #expect(problem.derivative("u_thetart")?.monomial.exponents == [1, 1, 1])
    let second = try #require(problem.derivative("u_0_thetatheta"))
    #expect(second.unknown == 1 && second.monomial.exponents == [0, 2, 0])
  }

  @Test func `a data file is sought beside the recipe`() throws {
    let folder = NSTemporaryDirectory() + "limbeck-\(UUID().uuidString)"
    try FileSystem.createDirectory(folder)
    defer { try? FileSystem.remove(folder) }
    let text = heatRecipe.split(separator: "network:")[0] + "  data: {file: m.csv}\n"
    try AtomicFile.write(text.utf8, to: folder + "/r.yaml")
    let recipe = try Recipe(contentsOf: folder + "/r.yaml")
    #expect(recipe.problem.data?.file == folder + "/m.csv")
  }
}

@Suite("Writing recipes")
struct RecipeWritingTests {
  @Test func `every default is filled in`() throws {
    let recipe = try Recipe(parsing: heatRecipe + "distill: {}\nsae: {}\nprobe: {}\n")
    #expect(
      recipe.yaml == """
        problem:
          variables: {x: [0.0, 1.0], t: [0.0, 1.0]}
          unknowns: [u]
          parameters: {alpha: 0.01}
          equations:
            - "u_t - alpha*u_xx"
          conditions:
            - {at: "t = 0.0", equation: "u - sin(pi*x)"}
            - {at: "x = 0.0", equation: "u"}
            - {at: "x = 1.0", equation: "u"}
          exact: {u: "sin(pi*x)*exp(-alpha*pi^2*t)"}
        network: {kind: mlp, hidden: [16, 16], activation: tanh}
        training: {optimizer: auto, points: {interior: 2000, conditions: 500, sampler: sobol}, \
        time: 10.0, seed: 1, precision: double, learning_rate: 0.001, condition_weight: 100.0, \
        validation: 100}
        distill: {grammar: "general", time: 30.0, rows: 2500, target: "u", residual_weight: 10.0}
        sae: {layer: last, variant: topk, features: 128, k: 8}
        probe: {kind: ridge}

        """)
    #expect(try Recipe(parsing: recipe.yaml) == recipe)
  }

  @Test func `what is written reads back as an equal recipe`() throws {
    let text = """
      problem:
        variables: {x: [-pi, pi/3], no: [1e-7, 0.1]}
        unknowns: [u, true_v]
        parameters: {a: 1/3, "on": {value: -2e-5, trainable: true}}
        equations: ["u_xno + x*on"]
        conditions: [{at: "no = 0.1, x = 0.1", equation: "u_x - true_v*a^2"}]
        data: {file: "odd \\" name: # .csv"}
        exact: {true_v: "max(x, a)"}
      network: {activation: sin}
      training: {steps: 7, patience: 3, target: 1e-9, resample: 2, optimizer: adam}
      distill: {grammar: "my: grammar", evaluations: 5}
      sae: {layer: 2, epochs: 9}
      probe: {targets: ["u_x", "1: 2"]}
      """
    let recipe = try Recipe(parsing: text)
    #expect(try Recipe(parsing: recipe.yaml) == recipe)
    #expect(try Recipe(parsing: recipe.yaml).yaml == recipe.yaml)
  }
}
