public import Networks
internal import Tensors

/// The architecture of the network.
public struct NetworkSettings: Sendable, Equatable {
  /// The kind of architecture.
  public var kind: NetworkKind

  /// The width of each hidden layer.
  public var hidden: [Int]

  /// The nonlinearity of each hidden layer, or one for all.
  public var activations: [Activation]

  /// Number of Fourier features; nil is half the first layer's width, a sine and a cosine each.
  public var features: Int?

  /// Standard deviations of the features' frequencies, which share the features.
  ///
  /// In radians per half width of the domain.
  public var sigmas: [Double] = [1]

  /// The frequency of a network of sines.
  public var omega = NetworkDesign.defaultFrequency

  /// Number of tokens of attention.
  public var tokens = NetworkDesign.defaultTokens

  /// Whether weights are factorised.
  public var isFactorized = false

  /// The number of harmonics for each periodic variable, in the order of their statement.
  public var periodic: [Harmonics] = []

  /// A variable by whose harmonics the network is periodic.
  public struct Harmonics: Sendable, Equatable {
    /// The variable's name.
    public let variable: String

    /// How many sines and cosines replace it.
    public let count: Int

    /// Names a periodic variable.
    ///
    /// - Parameters:
    ///   - variable: The variable's name.
    ///   - count: How many sines and cosines replace it, 1 or more.
    public init(variable: String, count: Int) {
      self.variable = variable
      self.count = count
    }
  }

  /// Describes an architecture.
  ///
  /// - Parameters:
  ///   - kind: The kind of architecture.
  ///   - hidden: The width of each hidden layer.
  ///   - activation: The nonlinearity of the hidden layers.
  public init(
    kind: NetworkKind = .multilayerPerceptron, hidden: [Int] = [32, 32],
    activation: Activation = .tanh
  ) {
    self.kind = kind
    self.hidden = hidden
    activations = [activation]
  }

  /// Number of Fourier features, 0 for kinds without any.
  var featureCount: Int {
    guard kind.options.contains(.features) else { return 0 }
    return features ?? max(1, (hidden.first ?? 2) / 2)
  }

  /// The network for a problem.
  ///
  /// - Parameters:
  ///   - problem: The problem, whose variables and unknowns are inputs and outputs.
  ///   - seed: Decides what is drawn at random and not trained.
  /// - Returns: The network's design.
  func design(for problem: Problem, seed: Int) -> NetworkDesign {
    var design = NetworkDesign(
      hidden: hidden, outputs: problem.unknowns.count,
      lower: problem.variables.map(\.lower), upper: problem.variables.map(\.upper))
    design.kind = kind
    design.activations =
      activations.count == 1 ? hidden.map { _ in activations[0] } : activations
    design.harmonics = problem.variables.map { variable in
      periodic.first { $0.variable == variable.name }?.count ?? 0
    }
    if featureCount > 0 {
      var random = RandomStream(seed: UInt64(bitPattern: Int64(seed))).child(Self.featureDraw)
      design.fourierFeatures = FourierFeatures(
        count: featureCount, inputs: design.embeddedInputs, deviations: sigmas, random: &random)
    }
    design.frequency = omega
    design.tokens = tokens
    design.isFactorized = isFactorized
    return design
  }

  /// The child of the seed's stream that Fourier features are drawn from, apart from the trainer's.
  private static let featureDraw = 1_000
}
