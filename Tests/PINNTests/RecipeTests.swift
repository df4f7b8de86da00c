import Foundation
import Networks
import PINN
import RunStore
import Symbolic
import Tensors
import Testing

/// The smallest recipe of the heat equation; tests change one line at a time.
private let heat = """
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
  network: {hidden: [16, 16]}
  training: {time: 10}

  """

/// The sentence with which a text is refused, without the path; `nil` if it is accepted.
private func sentence(_ text: String) -> String? {
  do {
    _ = try Recipe(parsing: text, path: "r")
    return nil
  } catch {
    return String(error.description.dropFirst(2))
  }
}

/// The sentence with which a changed recipe is refused.
private func sentence(_ old: String, _ new: String) -> String? {
  precondition(heat.contains(old), "the change must change something")
  let pieces = heat.split(separator: old, maxSplits: 1, omittingEmptySubsequences: false)
  return sentence(pieces.joined(separator: new))
}

@Suite("Reading recipes")
struct RecipeReadingTests {
  @Test func `the heat recipe means what it says`() throws {
    let recipe = try Recipe(parsing: heat)
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
    #expect(training.optimizer == .adam && training.precision == .single)
    #expect(training.interiorPoints == 10_000 && training.conditionPoints == 7)
    #expect(training.sampler == .latin && training.seed == 42)
    #expect(training.time == 60 && training.steps == 5000)
    #expect(training.learningRate == 3e-3 && training.conditionWeight == 10)
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

  @Test func `a budget of steps or evaluations is not cut short by a default of time`() throws {
    let recipe = try Recipe(
      parsing: heat.split(separator: "training:")[0]
        + "training: {steps: 5}\ndistill: {evaluations: 9}")
    #expect(recipe.training.time == nil && recipe.training.steps == 5)
    #expect(recipe.distillation?.time == nil && recipe.distillation?.evaluations == 9)
    #expect(recipe.distillation?.target == "u")
    let plain = try Recipe(parsing: String(heat.split(separator: "network:")[0]) + "distill:\n")
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
    let text = heat.split(separator: "network:")[0] + "  data: {file: m.csv}\n"
    try AtomicFile.write(text.utf8, to: folder + "/r.yaml")
    let recipe = try Recipe(contentsOf: folder + "/r.yaml")
    #expect(recipe.problem.data?.file == folder + "/m.csv")
  }
}

@Suite("Writing recipes")
struct RecipeWritingTests {
  @Test func `every default is filled in`() throws {
    let recipe = try Recipe(parsing: heat + "distill: {}\nsae: {}\nprobe: {}\n")
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
        training: {optimizer: lm, points: {interior: 2000, conditions: 500, sampler: sobol}, \
        time: 10.0, seed: 1, precision: double, learning_rate: 0.001, condition_weight: 100.0, \
        validation: 100}
        distill: {grammar: "general", time: 30.0, rows: 2500, target: "u"}
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

@Suite("Refusing recipes")
struct RecipeErrorTests {
  @Test(arguments: [
    ("network:", "netwrok:", "11: unknown key 'netwrok' in the recipe; did you mean 'network'?"),
    (
      "{time: 10}", "{time: 10, sead: 1}",
      "12: unknown key 'sead' in training; did you mean 'seed'?"
    ),
    (
      "{hidden: [16, 16]}", "{width: 1}",
      "11: unknown key 'width' in network; known are kind, hidden, activation"
    ),
    ("  unknowns: [u]\n", "", "2: problem needs the key 'unknowns'"),
    ("[16, 16]", "wide", "11: network.hidden is 'wide', expected a list of layer widths"),
    ("[16, 16]", "[]", "11: network.hidden is a list of 0, expected 1 to 64 layer widths"),
    ("[16, 16]", "[16, -1]", "11: network.hidden[2] is '-1', expected an integer from 1 to 65536"),
    ("[16, 16]", "[1.5]", "11: network.hidden[1] is '1.5', expected an integer"),
    (
      "[16, 16]", "[99999999999]",
      "11: network.hidden[1] is '99999999999', expected an integer from 1 to 65536"
    ),
    (
      "hidden: [16, 16]", "activation: tanhh",
      "11: network.activation is 'tanhh'; did you mean 'tanh'?"
    ),
    ("time: 10", "time: soon", "12: training.time is 'soon', expected a number"),
    ("time: 10", "time: -1", "12: training.time is '-1', expected a number greater than 0"),
    ("time: 10", "time: [1]", "12: training.time is a list, expected a number"),
    ("time: 10", "time: 1/0", "12: training.time is '1/0', expected a finite number"),
    ("time: 10", "points: 100", "12: training.points is '100', expected a map of keys"),
    (
      "time: 10", "points: {interior: 1e12}",
      "12: training.points.interior is '1e12', expected an integer from 1 to 10000000"
    ),
    (
      "time: 10", "seed: -1",
      "12: training.seed is '-1', expected an integer from 0 to 9223372036854775807"
    ),
  ])
  func `settings are checked`(old: String, new: String, expected: String) {
    #expect(sentence(old, new) == expected)
  }

  @Test(arguments: [
    (
      "x: [0, 1]", "x: [1, 1]",
      "2: the interval of 'x' is [1.0, 1.0]; the upper end must be greater than the lower"
    ),
    (
      "x: [0, 1]", "x: [1, 0]",
      "2: the interval of 'x' is [1.0, 0.0]; the upper end must be greater than the lower"
    ),
    ("x: [0, 1]", "x: [0, nan]", "2: problem.variables.x is 'nan', expected a finite number"),
    ("x: [0, 1]", "x: [0, .inf]", "2: problem.variables.x is '.inf', expected a number"),
    (
      "x: [0, 1]", "x: [0, 2**]",
      "2: problem.variables.x, column 4: found the end, expected a number, a name or '('"
    ),
    (
      "x: [0, 1]", "x: [0]", "2: problem.variables.x is a list, expected an interval such as [0, 1]"
    ),
    (
      "{x: [0, 1], t: [0, 1]}", "{}",
      "2: problem.variables is a map of keys, expected at least one variable"
    ),
    ("[u]", "[u, x]", "3: 'x' names two things; rename one"),
    ("[u]", "[u, u]", "3: 'u' names two things; rename one"),
    ("[u]", "[u, 2v]", "3: '2v' cannot be a name: it needs a letter, then letters, digits and '_'"),
    ("[u]", "[u, sin]", "3: 'sin' cannot be a name: formulas know it already"),
    ("[u]", "[u, u_x]", "3: 'u_x' cannot be a name: equations would read it as a derivative"),
    (
      "{alpha: 0.01}", "{alpha: {value: 1, trainable: 2}}",
      "4: problem.parameters.alpha.trainable is '2', expected true or false"
    ),
    (
      "{alpha: 0.01}", "{alpha: {trainable: true}}",
      "4: problem.parameters.alpha needs the key 'value'"
    ),
    ("{alpha: 0.01}", "{alpha: 1, alpha: 2}", "4: a map has the key 'alpha' twice; remove one"),
  ])
  func `names and intervals are checked`(old: String, new: String, expected: String) {
    #expect(sentence(old, new) == expected)
  }

  @Test(arguments: [
    (
      "u_t - alpha*u_xx", "u_t - alpa*u_xx",
      "5: equation 1, column 7: unknown name 'alpa', did you mean 'alpha'?"
    ),
    (
      "u_t - alpha*u_xx", "u_t - alpha*u_xy",
      "5: equation 1: 'u_xy' differentiates by 'xy', but the variables are x, t"
    ),
    (
      "u_t - alpha*u_xx", "u_t - u_xxxxx",
      "5: equation 1: 'u_xxxxx' has order 5; the highest is 4"
    ),
    ("u_t - alpha*u_xx", "alpha*x", "5: equation 1 contains no unknown; expected u"),
    (
      "u_t - alpha*u_xx", "u_t -",
      "5: equation 1, column 6: found the end, expected a number, a name or '('"
    ),
    (
      "[\"u_t - alpha*u_xx\"]", "[[u]]",
      "5: equation 1 is a list, expected a formula in quotes, such as \"u_t - u_xx\""
    ),
    ("u - sin(pi*x)", "sin(pi*x)", "7: condition 1 contains no unknown; expected u"),
    (
      "u - sin(pi*x)", "u - sine(pi*x)",
      "7: condition 1, column 5: unknown function 'sine', did you mean 'sin'?"
    ),
    (
      "{u: \"sin(pi*x)*exp", "{u: \"u*exp",
      "10: the exact solution of 'u', column 1: unknown name 'u', expected one of: alpha, t, x"
    ),
    (
      "exact: {u:", "exact: {w:",
      "10: unknown key 'w' in problem.exact; known are u"
    ),
  ])
  func `formulas are checked`(old: String, new: String, expected: String) {
    #expect(sentence(old, new) == expected)
  }

  @Test(arguments: [
    (
      "x = 0\"", "x = 0.3\"",
      "8: condition 2 holds at 'x = 0.3', which is no boundary; the boundaries are x = 0.0, x = 1.0, t = 0.0, t = 1.0"
    ),
    (
      "x = 0\"", "x = -1\"",
      "8: condition 2 holds at 'x = -1', which is no boundary; the boundaries are x = 0.0, x = 1.0, t = 0.0, t = 1.0"
    ),
    (
      "x = 0\"", "x\"",
      "8: condition 2 holds at 'x', expected a boundary such as \"x = 0\""
    ),
    (
      "x = 0\"", "y = 0\"",
      "8: the location of condition 2, column 1: unknown name 'y', expected one of: t, x"
    ),
    (
      "x = 0\"", "x = 0, x = 1\"",
      "8: condition 2 holds at 'x = 0, x = 1', expected a boundary such as \"x = 0\""
    ),
    (
      "{at: \"x = 0\", equation: \"u\"}", "{at: \"x = 0\"}",
      "8: condition 2 needs the key 'equation'"
    ),
  ])
  func `conditions must lie on the boundary`(old: String, new: String, expected: String) {
    #expect(sentence(old, new) == expected)
  }

  @Test func `something must determine the solution`() {
    let text = """
      problem:
        variables: {x: [0, 1]}
        unknowns: [u]
        equations: [u_x]
      """
    #expect(
      sentence(text) == "2: neither conditions nor data determine the solution; "
        + "add 'conditions:' to the problem")
  }

  @Test func `a name that can be read in two ways is refused`() {
    let text = """
      problem:
        variables: {x: [0, 1], xx: [0, 1]}
        unknowns: [u]
        equations: [u_xxx]
        conditions: [{at: "x = 0", equation: u}]
      """
    #expect(
      sentence(text) == "4: equation 1: 'u_xxx' can be read as two different derivatives; "
        + "rename a variable")
  }

  @Test func `what is not YAML names the line`() {
    #expect(sentence("") == "1: the recipe is empty; it needs at least 'problem:'")
    #expect(sentence("just text") == "1: the recipe is 'just text', expected a map of keys")
    #expect(
      sentence("{alpha: 0.01}", "{alpha: 0.01")?.hasPrefix("5: not readable as YAML: ") == true)
    // Nesting that would exhaust the stack of a careless reader.
    #expect(sentence(String(repeating: "[", count: 100_000))?.contains("not readable") == true)
  }

  @Test func `files that are missing or no text are told apart`() throws {
    let missing = #expect(throws: RecipeError.self) { try Recipe(contentsOf: "/nowhere/r.yaml") }
    #expect(missing?.kind == .notFound)
    let path = NSTemporaryDirectory() + "limbeck-\(UUID().uuidString).bin"
    try AtomicFile.write([0xFF, 0xFE, 0x80], to: path)
    defer { try? FileSystem.remove(path) }
    let binary = #expect(throws: RecipeError.self) { try Recipe(contentsOf: path) }
    #expect(binary?.kind == .malformed)
    #expect(binary?.description == "\(path):1: not readable as YAML: it is not UTF-8 text")
  }

  @Test func `no damaged recipe traps`() {
    var state: UInt64 = 1
    func random(_ count: Int) -> Int {
      // Knuth's linear congruential generator: any fixed sequence will do.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let characters = Array(heat)
    let replacements = Array("[]{}:,\"'#-=_ \nux10*&!|>")
    for count in 0..<characters.count { _ = sentence(String(characters.prefix(count))) }
    for _ in 0..<2000 {
      var changed = characters
      for _ in 0...random(3) {
        changed[random(changed.count)] = replacements[random(replacements.count)]
      }
      guard let recipe = try? Recipe(parsing: String(changed)) else { continue }
      // What is accepted must also survive being written.
      #expect(throws: Never.self) { try Recipe(parsing: recipe.yaml) }
    }
  }
}
