import ArgumentParser
import Foundation
import Limbeck

/// `limbeck import`: a network that was made elsewhere becomes a run directory.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make a run directory of a network from elsewhere.",
    usage: "limbeck import [<options>] <file>",
    discussion: """
      limbeck import net.safetensors --recipe heat.yaml --out runs/theirs

      A .safetensors file has the matrices of a fully connected network, [out, in] with biases, such as \
      0.weight, 0.bias, 2.weight, ...; --recipe says what its inputs and outputs are and what it should \
      solve. The JSON of the precipitation models' inspector says all of that itself. The run can be \
      evaluated, probed and distilled like one that was trained here.
      """)

  @Argument(help: "The network: .safetensors, or the inspector's .json.")
  var file: String

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A recipe with the network's variables, unknowns, layers and activation.",
      valueName: "recipe"))
  var recipe: String?

  @Flag(
    name: .long,
    help: "The network takes its inputs scaled to [-1, 1] over the recipe's intervals.")
  var scaledInputs = false

  @OptionGroup var shared: SharedOptions

  func validate() throws {
    let isTensors = URL(fileURLWithPath: file).pathExtension == "safetensors"
    if isTensors && recipe == nil {
      throw ValidationError(
        "tensors do not say what they are: name a recipe with '--recipe', whose network they are.")
    }
    if !isTensors && (recipe != nil || scaledInputs) {
      throw ValidationError(
        "'--recipe' and '--scaled-inputs' are for .safetensors; a JSON says what its network is.")
    }
  }

  func run() throws {
    let (recipe, network) = try imported()
    let directory = try RunDirectory.create(
      at: shared.directory(for: file), replacing: shared.force)
    do {
      try directory.write(recipe.yaml.utf8, as: .recipe)
      try network.safetensors.write(to: try directory.path(of: .model))
      let kept = try directory.commit(
        Manifest(
          version: limbeckVersion, seed: recipe.training.seed,
          instructionSet: InstructionSet.current.name))
      try Output.write(json(recipe, network), asJSON: shared.json) {
        "\(description(recipe, network))\n\nresults in \(kept.path)"
      }
    } catch {
      try? directory.abandon()
      throw error
    }
  }

  private func imported() throws -> (Recipe, TrainedNetwork) {
    guard let recipePath = recipe else {
      return try InspectorModel(parsing: try FileContents.read(file), path: file)
        .imported(from: file)
    }
    var recipe = try Recipe(contentsOf: recipePath)
    let layers = try DenseLayers(
      try SafetensorsFile(contentsOf: file), path: file, recipe: recipe)
    recipe.problem = recipe.problem.settingImported(file)
    return (recipe, layers.network(for: recipe.problem, takesScaledInputs: scaledInputs))
  }

  private func json(_ recipe: Recipe, _ network: TrainedNetwork) -> JSONValue {
    func texts(_ names: [String]) -> JSONValue { .array(names.map { .string($0) }) }
    return .object([
      .init("inputs", texts(network.variables)), .init("outputs", texts(network.unknowns)),
      .init("hidden", .array(recipe.network.hidden.map { .integer($0) })),
      .init("activation", .string(recipe.network.activations[0].rawValue)),
      .init("parameters", .integer(network.parameters.count)),
    ])
  }

  private func description(_ recipe: Recipe, _ network: TrainedNetwork) -> String {
    let widths = [network.variables.count] + recipe.network.hidden + [network.unknowns.count]
    let intervals = recipe.problem.variables.map {
      "\($0.name) in [\(NumberFormat.short($0.lower)), \(NumberFormat.short($0.upper))]"
    }
    return """
      a \(widths.map(\.description).joined(separator: "-")) network with \
      \(recipe.network.activations[0].rawValue), \(network.parameters.count) parameters
      inputs   \(intervals.joined(separator: ", "))
      outputs  \(network.unknowns.joined(separator: ", "))
      """
  }
}
