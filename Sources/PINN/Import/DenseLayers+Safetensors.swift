internal import Networks
public import RunStore

extension DenseLayers {
  /// Reads the layers of a recipe's network from the tensors of a sequence of layers.
  ///
  /// Matrices, such as `0.weight`, `2.weight`, are taken in the order of the numbers in their names; each is `[out, in]`, as PyTorch has
  /// them, and its bias has the same name with `bias` for `weight`.
  ///
  /// - Parameters:
  ///   - file: The tensors.
  ///   - path: The file's name, for errors.
  ///   - recipe: The recipe, whose `network:` is a fully connected one.
  /// - Throws: ``ImportError`` if the tensors are not those of that network.
  public init(_ file: SafetensorsFile, path: String, recipe: Recipe) throws(ImportError) {
    let settings = recipe.network
    guard settings.kind == .multilayerPerceptron, Set(settings.activations).count == 1,
      settings.periodic.isEmpty, !settings.isFactorized
    else {
      throw .unsupported(
        "only a plain network can be imported: in the recipe, set 'kind: mlp' and one activation,\n"
          + "without 'periodic' and 'factorized'")
    }
    let matrices = file.tensors.filter { $0.key.hasSuffix("weight") && $0.value.shape.count == 2 }
      .map(\.key).sorted { Self.numbers(in: $0).lexicographicallyPrecedes(Self.numbers(in: $1)) }
    let widths = settings.hidden + [recipe.problem.unknowns.count]
    guard matrices.count == widths.count else {
      throw .layerCount(path: path, found: matrices, expected: widths.count)
    }
    func values(_ name: String, shape: [Int]) throws(ImportError) -> [Double] {
      guard let tensor = file.tensors[name] else {
        throw .badEntry(path: path, entry: name, expected: "a tensor of the shape \(shape)")
      }
      guard tensor.shape == shape else {
        throw .badShape(path: path, tensor: name, found: tensor.shape, expected: shape)
      }
      let values = tensor.doubles
      guard values.allSatisfy(\.isFinite) else { throw .badNumber(path: path, tensor: name) }
      return values
    }
    var layers: [Layer] = []
    var inputs = recipe.problem.variables.count
    for (name, width) in zip(matrices, widths) {
      let flat = try values(name, shape: [width, inputs])
      let bias = try values(String(name.dropLast("weight".count)) + "bias", shape: [width])
      layers.append(
        Layer(
          weights: (0..<width).map { Array(flat[$0 * inputs..<($0 + 1) * inputs]) }, biases: bias))
      inputs = width
    }
    self.init(layers, activation: settings.activations[0])
  }

  /// The numbers in a name, in order: `net.10.weight` comes after `net.2.weight`.
  private static func numbers(in name: String) -> [Int] {
    name.split { !$0.isNumber }.compactMap { Int($0) }
  }
}
