import Foundation
import Networks
import PINN
import RunStore
import Testing

@Suite("Networks made elsewhere")
struct ImportTests {
  /// Two inputs, three hidden units, two outputs; weights `[in][out]`, the last of two epochs counts.
  private static let inspector: String = """
    {"predictors": ["Dm", "Relative Humidity"], "units": ["mm", "%"],
     "response_variable": ["Rain", "Mixed-phase"],
     "weights_history": [
       [[[9, 9, 9], [9, 9, 9]], [[9, 9], [9, 9], [9, 9]]],
       [[[1, -2, 0.5], [0.25, 1, -1]], [[1, 2], [-1, 0.5], [0.75, -3]]]],
     "biases_history": [[[9, 9, 9], [9, 9]], [[0.1, 0.2, -0.3], [0.5, -0.25]]],
     "scaling_info": {"mean": [1.5, 90], "scale": [0.5, 6]},
     "hyperparameters": {"ACTIVATION": "relu"}}
    """

  /// The outputs by the formula, with the numbers above written out.
  private static func outputs(_ diameter: Double, _ humidity: Double) -> [Double] {
    let (p, q) = ((diameter - 1.5) / 0.5, (humidity - 90) / 6)
    let a = max(0, p + 0.25 * q + 0.1)
    let b = max(0, -2 * p + q + 0.2)
    let c = max(0, 0.5 * p - q - 0.3)
    return [a - b + 0.75 * c + 0.5, 2 * a + 0.5 * b - 3 * c - 0.25]
  }

  @Test func `the inspector's network takes data as they are`() throws {
    let model = try InspectorModel(parsing: Self.inspector.utf8, path: "model.json")
    #expect(model.inputs.map(\.unit) == ["mm", "%"])
    let (recipe, network) = model.imported(from: "model.json")
    #expect(network.variables == ["Dm", "Relative_Humidity"])
    #expect(network.unknowns == ["Rain", "Mixed_phase"])
    let points = Table(
      names: network.variables, columns: [[1.1, 1.5, 2.3, 2.9], [80, 90, 97, 105]])
    let values = try network.table(
      of: network.unknowns, at: points, path: "", in: recipe.problem, threads: 1)
    for row in 0..<4 {
      let expected = Self.outputs(points.columns[0][row], points.columns[1][row])
      // Rounding of some ten operations on numbers below 200.
      #expect(abs(values.columns[2][row] - expected[0]) < 1e-13 * 200)
      #expect(abs(values.columns[3][row] - expected[1]) < 1e-13 * 200)
    }
    // What is stored reads back, and cannot be trained by mistake.
    let again = try Recipe(parsing: recipe.yaml)
    #expect(again == recipe)
    #expect(throws: TrainingError.self) { _ = try Trainer(again, threads: 1) }
  }

  @Test(
    "what is wrong with a file is told",
    arguments: [
      ("\"predictors\": [\"Dm\", \"Relative Humidity\"]", "\"predictors\": 3", "predictors"),
      ("[0.25, 1, -1]]", "[0.25, 1]]", "[2, 3]"),
      ("[0.5, -0.25]", "[0.5]", "biases_history"),
      ("\"relu\"", "\"cube\"", "tanh"),
      ("\"scale\": [0.5, 6]", "\"scale\": [0.5, 0]", "scale of zero"),
      ("{\"predictors\"", "[\"predictors\"", "JSON"),
    ])
  func refusals(text: String, instead: String, says: String) {
    let damaged = Self.inspector.replacingOccurrences(of: text, with: instead)
    let error = #expect(throws: ImportError.self) {
      _ = try InspectorModel(parsing: damaged.utf8, path: "model.json")
    }
    #expect(error?.description.contains(says) ?? false)
    #expect(error?.description.contains("model.json") ?? false)
  }

  private func recipe(hidden: String) throws -> Recipe {
    try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 2], t: [-1, 3]}
          unknowns: [u]
          equations: ["u_t - u_xx"]
          conditions: [{at: "t = -1", equation: "u"}]
        network: {hidden: \(hidden), activation: tanh}
        """)
  }

  @Test func `tensors of a sequence become layers in the order of their numbers`() throws {
    // '10' comes after '2', though not in the alphabet.
    let file = SafetensorsFile(tensors: [
      "net.10.weight": StoredTensor([2, -1] as [Double], shape: [1, 2]),
      "net.10.bias": StoredTensor([0.5] as [Double], shape: [1]),
      "net.2.weight": StoredTensor([1, 0.5, -0.25, 1] as [Double], shape: [2, 2]),
      "net.2.bias": StoredTensor([0.1, -0.2] as [Double], shape: [2]),
    ])
    let recipe = try recipe(hidden: "[2]")
    let layers = try DenseLayers(file, path: "net.safetensors", recipe: recipe)
    let points = Table(names: ["x", "t"], columns: [[0.3, 1.7], [-0.5, 2]])
    func values(_ scaled: Bool) throws -> Table {
      try layers.network(for: recipe.problem, takesScaledInputs: scaled)
        .table(of: ["u", "u_x"], at: points, path: "", in: recipe.problem, threads: 1)
    }
    let (raw, scaled) = (try values(false), try values(true))
    for row in 0..<2 {
      let (x, t) = (points.columns[0][row], points.columns[1][row])
      for (table, p, q, slope) in [(raw, x, t, 1.0), (scaled, x - 1, (t - 1) / 2, 1.0)] {
        let (a, b) = (tanh(p + 0.5 * q + 0.1), tanh(-0.25 * p + q - 0.2))
        let derivative = (2 * (1 - a * a) + 0.25 * (1 - b * b)) * slope
        // Rounding of a dozen operations on numbers below 4.
        #expect(abs(table.columns[2][row] - (2 * a - b + 0.5)) < 1e-14)
        #expect(abs(table.columns[3][row] - derivative) < 2e-14)
      }
    }
  }

  @Test func `tensors that are not the recipe's network are refused`() throws {
    let file = SafetensorsFile(tensors: [
      "0.weight": StoredTensor([1, 0.5, -0.25, 1] as [Double], shape: [2, 2]),
      "0.bias": StoredTensor([0.1, -0.2] as [Double], shape: [2]),
      "2.weight": StoredTensor([2, -1] as [Double], shape: [1, 2]),
    ])
    #expect(
      throws: ImportError.badEntry(
        path: "n", entry: "2.bias", expected: "a tensor of the shape [1]")
    ) { _ = try DenseLayers(file, path: "n", recipe: try recipe(hidden: "[2]")) }
    #expect(
      throws: ImportError.badShape(path: "n", tensor: "0.weight", found: [2, 2], expected: [3, 2])
    ) { _ = try DenseLayers(file, path: "n", recipe: try recipe(hidden: "[3]")) }
    #expect(
      throws: ImportError.layerCount(path: "n", found: ["0.weight", "2.weight"], expected: 3)
    ) { _ = try DenseLayers(file, path: "n", recipe: try recipe(hidden: "[2, 2]")) }
  }

  /// The published networks lie beside the project where it is developed; see the example.
  private static let published: URL = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("../../../shared/data").standardized

  @Test(
    "the published networks can be read",
    .enabled(if: FileManager.default.fileExists(atPath: Self.published.path)),
    arguments: [
      ("precipitation-phase-classifier.json", ["n0", "Rho", "Dm", "Temperature"], 3),
      ("snowfall-regressor.json", ["reflectivity_3", "reflectivity_4", "n0", "lambda"], 1),
    ])
  func importsPublished(name: String, inputs: [String], outputs: Int) throws {
    let file = Self.published.appendingPathComponent(name)
    let model = try InspectorModel(parsing: Data(contentsOf: file), path: name)
    let (recipe, network) = model.imported(from: name)
    #expect(Array(network.variables.prefix(4)) == inputs && network.unknowns.count == outputs)
    #expect(try Recipe(parsing: recipe.yaml) == recipe)
  }
}
