internal import Foundation
public import Networks
public import RunStore
internal import Symbolic

/// A network with its parameters and the names of its inputs and outputs, as a run stores it.
///
/// The file holds the network's tensors in Double by their names, `layer0.weight` `[out, in]`,
/// `layer0.bias` `[out]`, …, and the architecture as JSON in its metadata.
public struct TrainedNetwork: Sendable, Equatable {
  /// The architecture.
  public let network: Network

  /// The flat parameters.
  public let parameters: [Double]

  /// The names of the inputs.
  public let variables: [String]

  /// The names of the outputs.
  public let unknowns: [String]

  /// How the unknowns are made out of the outputs; nil if they are the outputs.
  public let transform: OutputTransform?

  /// The coefficients of the equations that were trained with the network.
  public let coefficients: [Coefficient]

  /// A coefficient found by training.
  public struct Coefficient: Sendable, Equatable, Codable {
    /// The parameter's name in the recipe.
    public let name: String

    /// The value.
    public let value: Double

    /// The standard error of the value, nil where it could not be estimated.
    public let standardError: Double?

    /// Gathers what is known.
    ///
    /// - Parameters:
    ///   - name: The parameter's name in the recipe.
    ///   - value: The value.
    ///   - standardError: The standard error of the value, if known.
    public init(name: String, value: Double, standardError: Double?) {
      self.name = name
      self.value = value
      self.standardError = standardError
    }
  }

  /// Collects a network.
  ///
  /// - Parameters:
  ///   - network: The architecture.
  ///   - parameters: The flat parameters.
  ///   - variables: The names of the inputs.
  ///   - unknowns: The names of the outputs.
  ///   - transform: How the unknowns are made out of the outputs; nil if they are the outputs.
  ///   - coefficients: The coefficients that were trained with the network.
  public init(
    network: Network, parameters: [Double], variables: [String], unknowns: [String],
    transform: OutputTransform? = nil, coefficients: [Coefficient] = []
  ) {
    precondition(parameters.count == network.parameterCount, "the network has other parameters")
    precondition(
      variables.count == network.inputs && unknowns.count == network.outputs,
      "each input and output has a name")
    self.network = network
    self.parameters = parameters
    self.variables = variables
    self.unknowns = unknowns
    self.transform = transform
    self.coefficients = coefficients
  }

  /// The file's contents.
  ///
  /// - Throws: `EncodingError` if a bound of the inputs is not finite.
  public var safetensors: SafetensorsFile {
    get throws {
      var tensors: [String: StoredTensor] = [:]
      for tensor in network.tensors {
        tensors[tensor.name] = StoredTensor(Array(parameters[tensor.range]), shape: tensor.shape)
      }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      let architecture = try encoder.encode(
        Architecture(
          network: network, variables: variables, unknowns: unknowns,
          transform: transform?.formulas.map { $0?.description },
          coefficients: coefficients.isEmpty ? nil : coefficients))
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
    for expected in network.tensors {
      let name = expected.name
      guard let tensor = file.tensors[name] else { throw .missingTensor(path: path, name: name) }
      guard tensor.shape == expected.shape else {
        throw .badShape(path: path, name: name, found: tensor.shape, expected: expected.shape)
      }
      let values = tensor.doubles
      guard values.allSatisfy(\.isFinite) else { throw .notFinite(path: path, name: name) }
      parameters += values
    }
    self.init(
      network: network, parameters: parameters, variables: architecture.variables,
      unknowns: architecture.unknowns, transform: try architecture.outputTransform(path: path),
      coefficients: architecture.coefficients ?? [])
  }

  /// The parameters' values that training found, by name; see `Problem.settingParameters(_:)`.
  public var foundParameters: [String: Double] {
    Dictionary(coefficients.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
  }

  /// Checks that a network is the one of a recipe.
  ///
  /// - Parameters:
  ///   - recipe: The recipe of the run that the network comes from.
  ///   - path: The network's file.
  /// - Throws: ``ModelError/otherProblem(path:found:expected:)`` and
  ///   ``ModelError/otherNetwork(path:found:expected:)``.
  public func check(fits recipe: Recipe, path: String) throws(ModelError) {
    let problem = recipe.problem
    let expected = problem.variables.map(\.name) + problem.unknowns
    guard variables.count == problem.variables.count, variables + unknowns == expected else {
      throw .otherProblem(path: path, found: variables + unknowns, expected: expected)
    }
    let (found, described) = (network.design.words, recipe.makeNetwork().design.words)
    guard found == described else {
      throw .otherNetwork(path: path, found: found, expected: described)
    }
  }

  private struct Architecture: Codable {
    let network: Network
    let variables: [String]
    let unknowns: [String]
    let transform: [String?]?
    let coefficients: [Coefficient]?

    func outputTransform(path: String) throws(ModelError) -> OutputTransform? {
      guard let transform else { return nil }
      guard transform.count == unknowns.count else { throw .badArchitecture(path: path) }
      do {
        return try OutputTransform(parsing: transform, variables: variables, unknowns: unknowns)
      } catch {
        throw .badArchitecture(path: path)
      }
    }
  }
}

extension NetworkDesign {
  /// Kind, widths, activations and domain, for people.
  fileprivate var words: String {
    let functions = Set(activations).count > 1 ? activations : Array(activations.prefix(1))
    let box = zip(lower, upper).map { "[\(NumberFormat.short($0)), \(NumberFormat.short($1))]" }
    return "kind \(kind.rawValue), hidden \(hidden), "
      + functions.map(\.rawValue).joined(separator: ", ") + ", on " + box.joined(separator: " × ")
  }
}
