/// What a network is like: its kind, widths and options, and the box of its inputs.
public struct NetworkDesign: Sendable, Equatable {
  /// The kind of network.
  public var kind = NetworkKind.multilayerPerceptron

  /// Width of each hidden layer.
  public var hidden: [Int]

  /// Number of outputs.
  public var outputs: Int

  /// The nonlinearity of each hidden layer.
  public var activations: [Activation]

  /// Lower corner of the inputs' box; shape `[inputs]`.
  public var lower: [Double]

  /// Upper corner of the inputs' box; shape `[inputs]`.
  public var upper: [Double]

  /// For each input, the number of harmonics by which it is replaced, 0 where it is not periodic.
  ///
  /// An input x of period P, the width of its interval, becomes `cos(2πkx/P)`, `sin(2πkx/P)`,
  /// k = 1 …; then so is the network, with all its derivatives. Dong & Ni (2021),
  /// [doi:10.1016/j.jcp.2021.110242](https://doi.org/10.1016/j.jcp.2021.110242).
  public var harmonics: [Int]

  /// Frequencies of Fourier features, for the kinds that begin with them.
  public var fourierFeatures: FourierFeatures?

  /// Whether weights are factorised, `W = diag(exp s) V`.
  ///
  /// Wang, Wang, Seidman & Perdikaris (2022),
  /// [doi:10.48550/arXiv.2210.01274](https://doi.org/10.48550/arXiv.2210.01274).
  public var isFactorized = false

  /// The frequency ω of a network of sines.
  public var frequency = Self.defaultFrequency

  /// Number of tokens of attention.
  public var tokens = Self.defaultTokens

  /// The frequency of the paper on networks of sines.
  public static let defaultFrequency = 30.0

  /// The number of tokens unless another is chosen.
  public static let defaultTokens = 4

  /// The numbers of tokens that make sense: each attends to each.
  public static let tokenRange = 1...16

  /// The site whose activations the outputs are linear functions of, instead of the last layer's.
  public var site: String?

  /// Describes a fully connected network; other kinds are reached by its properties.
  ///
  /// - Parameters:
  ///   - hidden: Width of each hidden layer; at least one.
  ///   - outputs: Number of outputs.
  ///   - activation: The nonlinearity of the hidden layers.
  ///   - lower: Lower corner of the inputs' box.
  ///   - upper: Upper corner, above the lower one in every coordinate.
  public init(
    hidden: [Int], outputs: Int, activation: Activation = .tanh, lower: [Double], upper: [Double]
  ) {
    self.hidden = hidden
    self.outputs = outputs
    self.lower = lower
    self.upper = upper
    activations = hidden.map { _ in activation }
    harmonics = lower.map { _ in 0 }
  }

  /// Number of inputs.
  public var inputs: Int { lower.count }

  /// Number of inputs after periodic ones are replaced.
  public var embeddedInputs: Int {
    harmonics.reduce(0) { $0 + ($1 == 0 ? 1 : 2 * $1) }
  }

  /// Whether the design makes sense.
  var isValid: Bool {
    let widths = hidden + [inputs, outputs]
    let fits: Bool =
      (try? kind.check(
        hidden: hidden, features: fourierFeatures?.count ?? 0, tokens: tokens)) != nil
    return !hidden.isEmpty && widths.allSatisfy { (1...65_536).contains($0) }
      && activations.count == hidden.count && upper.count == inputs && harmonics.count == inputs
      && zip(lower, upper).allSatisfy { $0 < $1 } && harmonics.allSatisfy { 0...1024 ~= $0 }
      && (fourierFeatures != nil) == kind.options.contains(.features)
      && fourierFeatures?.inputs ?? embeddedInputs == embeddedInputs && frequency.isFinite
      && Self.tokenRange.contains(tokens) && fits
  }
}

extension NetworkDesign: Codable {
  private enum CodingKeys: String, CodingKey {
    case kind, inputs, hidden, outputs, activation, lower, upper, periodic, fourier, factorized
    case omega, tokens, site
  }

  /// Reads a design and checks that it makes sense.
  ///
  /// - Parameter decoder: Where to read from.
  /// - Throws: `DecodingError` if a width is absurd or options do not fit.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func value<Value: Decodable>(_ key: CodingKeys, _ absent: Value) throws -> Value {
      try container.decodeIfPresent(Value.self, forKey: key) ?? absent
    }
    self.init(
      hidden: try container.decode([Int].self, forKey: .hidden),
      outputs: try container.decode(Int.self, forKey: .outputs),
      lower: try container.decode([Double].self, forKey: .lower),
      upper: try container.decode([Double].self, forKey: .upper))
    // What is left out is as in a plain network, the only kind of earlier files.
    kind = try value(.kind, .multilayerPerceptron)
    if let one = try? container.decode(Activation.self, forKey: .activation) {
      activations = hidden.map { _ in one }
    } else {
      activations = try container.decode([Activation].self, forKey: .activation)
    }
    harmonics = try value(.periodic, harmonics)
    fourierFeatures = try container.decodeIfPresent(FourierFeatures.self, forKey: .fourier)
    isFactorized = try value(.factorized, false)
    frequency = try value(.omega, frequency)
    tokens = try value(.tokens, tokens)
    site = try container.decodeIfPresent(String.self, forKey: .site)
    guard isValid, inputs == (try container.decode(Int.self, forKey: .inputs)) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a network"))
    }
  }

  /// Writes the design.
  ///
  /// - Parameter encoder: Where to write.
  /// - Throws: `EncodingError` if a number is not finite.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(inputs, forKey: .inputs)
    try container.encode(hidden, forKey: .hidden)
    try container.encode(outputs, forKey: .outputs)
    if let one = activations.first, activations.allSatisfy({ $0 == one }) {
      try container.encode(one, forKey: .activation)
    } else {
      try container.encode(activations, forKey: .activation)
    }
    try container.encode(lower, forKey: .lower)
    try container.encode(upper, forKey: .upper)
    if harmonics.contains(where: { $0 > 0 }) { try container.encode(harmonics, forKey: .periodic) }
    try container.encodeIfPresent(fourierFeatures, forKey: .fourier)
    if isFactorized { try container.encode(true, forKey: .factorized) }
    if frequency != Self.defaultFrequency { try container.encode(frequency, forKey: .omega) }
    if tokens != Self.defaultTokens { try container.encode(tokens, forKey: .tokens) }
    try container.encodeIfPresent(site, forKey: .site)
  }
}
