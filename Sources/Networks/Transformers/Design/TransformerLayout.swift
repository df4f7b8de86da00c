/// Where the parts of a transformer lie in its flat parameters.
struct TransformerLayout: Sendable {
  /// A dense layer `y = W x + b`, W of shape `[outputs, inputs]`.
  struct Dense: Sendable {
    let weight: Int
    let bias: Int
    let inputs: Int
    let outputs: Int
  }

  /// The scale and shift of a normalisation.
  struct Norm: Sendable {
    let scale: Int
    let shift: Int
  }

  /// A layer.
  struct Layer: Sendable {
    let attentionNorm: Norm
    /// Queries, keys and values one below the other, head after head in each.
    let attentionInput: Dense
    let attentionOutput: Dense
    let neuronNorm: Norm
    let neuronInput: Dense
    let neuronOutput: Dense
  }

  private(set) var tensors: [ParameterTensor] = []
  private(set) var tokens = 0
  private(set) var positions = 0
  private(set) var embeddingNorm: Norm?
  private(set) var layers: [Layer] = []
  private(set) var finalNorm: Norm?
  private(set) var readout: Dense?
  private(set) var readoutNorm: Norm?

  /// The map to logits; its weights are those of the tokens where they are tied.
  private(set) var output = Dense(weight: 0, bias: 0, inputs: 0, outputs: 0)

  /// Number of parameters.
  var parameterCount: Int { tensors.last?.range.upperBound ?? 0 }

  /// The deviation of token and position vectors at the start, that of GPT-2.
  private static let embeddingDeviation = 0.02

  /// Lays out a design.
  ///
  /// - Parameter design: Sizes that make sense.
  init(_ design: TransformerDesign) {
    precondition(design.isValid, "a transformer has positive sizes, and its heads divide its width")
    let width = design.width
    let small = InitialValues.normal(deviation: Self.embeddingDeviation)
    tokens = add("token.weight", [design.vocabulary, width], small)
    positions = add("position.weight", [design.context, width], small)
    if design.normalizesEmbeddings { embeddingNorm = norm("embedding.norm", width) }
    // Each layer adds twice to the stream, whose variance should not grow with the depth.
    let share = 1 / Double(2 * design.layers).squareRoot()
    for index in 0..<design.layers {
      let name = "layer\(index)"
      layers.append(
        Layer(
          attentionNorm: norm("\(name).attention.norm", width),
          attentionInput: dense("\(name).attention.input", width, 3 * width),
          attentionOutput: dense("\(name).attention.output", width, width, scale: share),
          neuronNorm: norm("\(name).neurons.norm", width),
          neuronInput: dense("\(name).neurons.input", width, design.neurons),
          neuronOutput: dense("\(name).neurons.output", design.neurons, width, scale: share)))
    }
    if design.normalization == .before { finalNorm = norm("final.norm", width) }
    if design.readout == .transformed {
      readout = dense("readout", width, width)
      readoutNorm = norm("readout.norm", width)
    }
    let weight = design.isTied ? tokens : add("output.weight", [design.vocabulary, width], small)
    let bias = add("output.bias", [design.vocabulary], .constant(0))
    output = Dense(weight: weight, bias: bias, inputs: width, outputs: design.vocabulary)
  }

  private mutating func add(_ name: String, _ shape: [Int], _ initial: InitialValues) -> Int {
    let start = parameterCount
    tensors.append(
      ParameterTensor(
        name: name, shape: shape, range: start..<start + shape.reduce(1, *), initial: initial))
    return start
  }

  private mutating func norm(_ name: String, _ width: Int) -> Norm {
    Norm(
      scale: add("\(name).scale", [width], .constant(1)),
      shift: add("\(name).shift", [width], .constant(0)))
  }

  private mutating func dense(
    _ name: String, _ inputs: Int, _ outputs: Int, scale: Double = 1
  ) -> Dense {
    Dense(
      weight: add(
        "\(name).weight", [outputs, inputs],
        .normal(deviation: scale / Double(inputs).squareRoot())),
      bias: add("\(name).bias", [outputs], .constant(0)), inputs: inputs, outputs: outputs)
  }
}
