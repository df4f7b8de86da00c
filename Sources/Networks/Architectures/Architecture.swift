/// A kind of network: how a design becomes a graph.
///
/// To add a kind, write a type of this protocol in a file of its own and give it a case of
/// ``NetworkKind``. Its derivatives, its files and its sites for interpretation follow from the graph.
protocol Architecture {
  /// The options that the kind reads, beyond those that every kind has.
  static var options: Set<NetworkOption> { get }

  /// Builds the network.
  ///
  /// Names the output of hidden layer n by the site `layer<n>`, with as many units as `hidden[n]`; the
  /// last step computes the outputs.
  ///
  /// - Parameters:
  ///   - design: The widths and options.
  ///   - graph: A graph with the inputs alone.
  static func build(_ design: NetworkDesign, in graph: inout LayerGraph)

  /// What a design must satisfy beyond what every kind asks for.
  ///
  /// - Parameters:
  ///   - hidden: Width of each hidden layer.
  ///   - features: Number of Fourier features, 0 without any.
  ///   - tokens: Number of tokens of attention.
  /// - Throws: ``NetworkDesignError`` that names the option at fault.
  static func check(
    hidden: [Int], features: Int, tokens: Int
  ) throws(NetworkDesignError)
}

extension Architecture {
  static func check(
    hidden: [Int], features: Int, tokens: Int
  ) throws(NetworkDesignError) {}

  /// Refuses hidden layers of different widths.
  static func checkEqualWidths(_ hidden: [Int]) throws(NetworkDesignError) {
    guard Set(hidden).count == 1 else {
      throw NetworkDesignError(
        option: .hidden, found: "\(hidden)",
        expected: "layers of one width, since gates join each layer with the same two")
    }
  }
}

/// The kinds of networks.
public enum NetworkKind: String, Sendable, Codable, CaseIterable {
  /// A fully connected network.
  case multilayerPerceptron = "mlp"

  /// A fully connected network of Fourier features.
  case fourier

  /// A fully connected network whose layers are gated by two encoders.
  case modifiedMultilayerPerceptron = "modified-mlp"

  /// A gated network of Fourier features.
  case modifiedFourier = "modified-fourier"

  /// A fully connected network of sines.
  case siren

  /// A gated network of residual blocks that begins as a shallow one.
  case pirateNet = "piratenet"

  /// A network whose layers attend to one another's parts.
  case attention

  /// What builds the kind.
  var architecture: any Architecture.Type {
    switch self {
    case .multilayerPerceptron: MultilayerPerceptron.self
    case .fourier: FourierNetwork.self
    case .modifiedMultilayerPerceptron: ModifiedMultilayerPerceptron.self
    case .modifiedFourier: ModifiedFourierNetwork.self
    case .siren: SineNetwork.self
    case .pirateNet: PirateNet.self
    case .attention: AttentionNetwork.self
    }
  }

  /// The options that the kind reads, beyond those that every kind has.
  public var options: Set<NetworkOption> { architecture.options }

  /// Checks that widths and options fit together.
  ///
  /// - Parameters:
  ///   - hidden: Width of each hidden layer.
  ///   - features: Number of Fourier features, 0 without any.
  ///   - tokens: Number of tokens of attention.
  /// - Throws: ``NetworkDesignError`` that names the option at fault.
  public func check(hidden: [Int], features: Int, tokens: Int) throws(NetworkDesignError) {
    try architecture.check(hidden: hidden, features: features, tokens: tokens)
  }
}

/// The options of a network by the names that recipes give them.
public enum NetworkOption: String, Sendable, CaseIterable {
  /// Widths of the hidden layers.
  case hidden

  /// Nonlinearities of the hidden layers.
  case activation

  /// Number of Fourier features.
  case features

  /// Standard deviations of their frequencies.
  case sigma

  /// The frequency of a network of sines.
  case omega

  /// Number of tokens of attention.
  case tokens
}

/// Why widths and options make no network of a kind.
public struct NetworkDesignError: Error, Equatable, CustomStringConvertible {
  /// The option at fault.
  public let option: NetworkOption

  /// What it is.
  public let found: String

  /// What would do.
  public let expected: String

  /// The option, its value, and what would do.
  public var description: String { "\(option.rawValue) is \(found), expected \(expected)" }
}
