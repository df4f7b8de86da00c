internal import Foundation
public import Networks
public import RunStore

/// A network with its parameters and the names of its inputs and outputs, as a run stores it.
///
/// The file holds `layer0.weight` `[out, in]`, `layer0.bias` `[out]`, … in Double, and the
/// architecture as JSON in its metadata.
public struct TrainedNetwork: Sendable, Equatable {
  /// The architecture.
  public let network: MultilayerPerceptron

  /// The flat parameters.
  public let parameters: [Double]

  /// The names of the inputs.
  public let variables: [String]

  /// The names of the outputs.
  public let unknowns: [String]

  /// Collects a network.
  ///
  /// - Parameters:
  ///   - network: The architecture.
  ///   - parameters: The flat parameters.
  ///   - variables: The names of the inputs.
  ///   - unknowns: The names of the outputs.
  public init(
    network: MultilayerPerceptron, parameters: [Double], variables: [String], unknowns: [String]
  ) {
    precondition(parameters.count == network.parameterCount, "the network has other parameters")
    precondition(
      variables.count == network.inputs && unknowns.count == network.outputs,
      "each input and output has a name")
    self.network = network
    self.parameters = parameters
    self.variables = variables
    self.unknowns = unknowns
  }

  /// The file's contents.
  ///
  /// - Throws: `EncodingError` if a bound of the inputs is not finite.
  public var safetensors: SafetensorsFile {
    get throws {
      var tensors: [String: StoredTensor] = [:]
      for (l, (layer, offset)) in zip(network.layers, network.offsets).enumerated() {
        let weights = parameters[offset.weights..<offset.biases]
        let biases = parameters[offset.biases..<offset.biases + layer.outputs]
        tensors["layer\(l).weight"] = StoredTensor(
          Array(weights), shape: [layer.outputs, layer.inputs])
        tensors["layer\(l).bias"] = StoredTensor(Array(biases), shape: [layer.outputs])
      }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      let architecture = try encoder.encode(
        Architecture(network: network, variables: variables, unknowns: unknowns))
      return SafetensorsFile(
        tensors: tensors,
        metadata: ["architecture": String(decoding: architecture, as: UTF8.self)])
    }
  }

  /// Reads what ``safetensors`` described.
  ///
  /// - Parameters:
  ///   - file: A file's contents.
  ///   - path: The file's name, for errors.
  /// - Throws: ``ModelError`` if the architecture is missing or the tensors do not fit it.
  public init(_ file: SafetensorsFile, path: String) throws(ModelError) {
    guard let text = file.metadata["architecture"] else { throw .noArchitecture(path: path) }
    let architecture: Architecture
    do {
      architecture = try JSONDecoder().decode(Architecture.self, from: Data(text.utf8))
    } catch {
      throw .badArchitecture(path: path)
    }
    let network = architecture.network
    guard architecture.variables.count == network.inputs,
      architecture.unknowns.count == network.outputs
    else { throw .badArchitecture(path: path) }
    var parameters: [Double] = []
    for (l, layer) in network.layers.enumerated() {
      for (name, shape) in [
        ("layer\(l).weight", [layer.outputs, layer.inputs]), ("layer\(l).bias", [layer.outputs]),
      ] {
        guard let tensor = file.tensors[name] else { throw .missingTensor(path: path, name: name) }
        guard tensor.shape == shape else {
          throw .badShape(path: path, name: name, found: tensor.shape, expected: shape)
        }
        let values = tensor.doubles
        guard values.allSatisfy(\.isFinite) else { throw .notFinite(path: path, name: name) }
        parameters += values
      }
    }
    self.init(
      network: network, parameters: parameters, variables: architecture.variables,
      unknowns: architecture.unknowns)
  }

  /// Checks that the network's inputs and outputs are a problem's.
  ///
  /// - Parameters:
  ///   - problem: The problem.
  ///   - path: The network's file, for errors.
  /// - Throws: ``ModelError/otherProblem(path:found:expected:)``.
  public func check(fits problem: Problem, path: String) throws(ModelError) {
    let expected = problem.variables.map(\.name) + problem.unknowns
    guard variables.count == problem.variables.count, variables + unknowns == expected else {
      throw .otherProblem(path: path, found: variables + unknowns, expected: expected)
    }
  }

  private struct Architecture: Codable {
    let network: MultilayerPerceptron
    let variables: [String]
    let unknowns: [String]
  }
}
