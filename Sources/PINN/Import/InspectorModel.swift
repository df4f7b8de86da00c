internal import Networks
internal import RunStore

/// A network with one or more hidden layers as the inspector of the precipitation models stores it.
///
/// The JSON has the names of inputs (`predictors`, with `units`) and outputs (`response_variable`), the
/// weights `[in][out]` and biases of each layer for each epoch (`weights_history`, `biases_history`), of
/// which the last ones count, and the inputs' standard scaling (`scaling_info`); see King et al.,
/// <https://github.com/frasertheking/TowardsInterpretability>.
public struct InspectorModel: Sendable, Equatable {
  /// The inputs by name, with units, in the order of the weights.
  public let inputs: [Input]

  /// The names of the outputs; logits where there are several.
  public let outputs: [String]

  /// The layers; their inputs are standardised.
  public let layers: DenseLayers

  /// An input of the network.
  public struct Input: Sendable, Equatable {
    /// The name in the file.
    public let name: String

    /// The unit as the file has it.
    public let unit: String

    /// Mean and standard deviation in the data that the network was trained on.
    public let mean, deviation: Double
  }

  /// Reads a file's contents.
  ///
  /// - Parameters:
  ///   - bytes: The contents.
  ///   - path: The file's name, for errors.
  /// - Throws: ``ImportError``.
  public init(parsing bytes: some Sequence<UInt8>, path: String) throws(ImportError) {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: bytes)
    } catch {
      throw .notJSON(path: path, error)
    }
    let reader = EntryReader(path: path)
    let names = try reader.texts(json["predictors"], "predictors")
    let units = try reader.texts(json["units"], "units")
    let outputs = try reader.texts(json["response_variable"], "response_variable")
    let scaling = json["scaling_info"]
    let means = try reader.vector(scaling?["mean"], "scaling_info.mean", count: names.count)
    let scales = try reader.vector(scaling?["scale"], "scaling_info.scale", count: names.count)
    guard units.count == names.count else {
      throw .badShape(
        path: path, tensor: "units", found: [units.count], expected: [names.count])
    }
    guard scales.allSatisfy({ $0 > 0 }) else {
      throw .badNumber(path: path, tensor: "scaling_info.scale")
    }
    let activationName = json["hyperparameters"]?["ACTIVATION"]?.text ?? ""
    guard let activation = Activation(rawValue: activationName) else {
      throw .badEntry(
        path: path, entry: "hyperparameters.ACTIVATION",
        expected: "one of " + Activation.allCases.map(\.rawValue).joined(separator: ", "))
    }
    guard let weights = json["weights_history"]?.elements?.last?.elements, weights.count >= 2,
      let biases = json["biases_history"]?.elements?.last?.elements, biases.count == weights.count
    else {
      throw .badEntry(
        path: path, entry: "weights_history",
        expected: "a list of epochs with two or more layers, as many as in 'biases_history'")
    }
    var layers: [DenseLayers.Layer] = []
    var width = names.count
    for (index, (matrix, vector)) in zip(weights, biases).enumerated() {
      let isLast = index + 1 == weights.count
      let count = isLast ? outputs.count : vector.elements?.count ?? 0
      let bias = try reader.vector(vector, "biases_history[last][\(index)]", count: count)
      let kernel = try reader.matrix(
        matrix, "weights_history[last][\(index)]", rows: width, columns: count)
      layers.append(
        .init(weights: (0..<count).map { out in kernel.map { $0[out] } }, biases: bias))
      width = count
    }
    inputs = names.indices.map {
      Input(name: names[$0], unit: units[$0], mean: means[$0], deviation: scales[$0])
    }
    self.outputs = outputs
    self.layers = DenseLayers(layers, activation: activation)
  }

  /// The recipe and the network, whose inputs are those of the data, within three standard deviations
  /// of their means.
  ///
  /// - Parameter source: The file, for the recipe.
  /// - Returns: A recipe without equations, and its network.
  public func imported(from source: String) -> (recipe: Recipe, network: TrainedNetwork) {
    var taken: Set<String> = []
    let problem = Problem(
      variables: inputs.map { input in
        .init(
          name: DeclaredNames.identifier(for: input.name, avoiding: &taken),
          lower: input.mean - 3 * input.deviation, upper: input.mean + 3 * input.deviation)
      }, unknowns: outputs.map { DeclaredNames.identifier(for: $0, avoiding: &taken) },
      equations: [], conditions: [], imported: source)
    let raw = layers.takingScaled(center: inputs.map(\.mean), scale: inputs.map(\.deviation))
    return (
      Recipe(problem: problem, network: layers.settings, training: TrainingSettings()),
      raw.network(for: problem)
    )
  }
}

/// Reads entries of JSON and says what is wrong with them.
private struct EntryReader {
  let path: String

  func texts(_ value: JSONValue?, _ entry: String) throws(ImportError) -> [String] {
    let texts = value?.elements?.compactMap(\.text) ?? []
    guard !texts.isEmpty, texts.count == value?.elements?.count else {
      throw .badEntry(path: path, entry: entry, expected: "a list of names")
    }
    return texts
  }

  func vector(_ value: JSONValue?, _ entry: String, count: Int) throws(ImportError) -> [Double] {
    guard let elements = value?.elements else {
      throw .badEntry(path: path, entry: entry, expected: "a list of numbers")
    }
    guard elements.count == count, count > 0 else {
      throw .badShape(path: path, tensor: entry, found: [elements.count], expected: [max(1, count)])
    }
    let numbers = elements.compactMap(\.double)
    guard numbers.count == count, numbers.allSatisfy(\.isFinite) else {
      throw .badNumber(path: path, tensor: entry)
    }
    return numbers
  }

  func matrix(
    _ value: JSONValue, _ entry: String, rows: Int, columns: Int
  ) throws(ImportError) -> [[Double]] {
    guard let elements = value.elements else {
      throw .badEntry(path: path, entry: entry, expected: "a list of rows")
    }
    guard elements.count == rows, elements.allSatisfy({ $0.elements?.count == columns }) else {
      throw .badShape(
        path: path, tensor: entry, found: [elements.count, elements.first?.elements?.count ?? 0],
        expected: [rows, columns])
    }
    var result: [[Double]] = []
    for row in elements { result.append(try vector(row, entry, count: columns)) }
    return result
  }
}
