internal import Networks
public import PINN
internal import Symbolic
internal import Tensors

/// A regular grid with the fields of a network on it, for spectra.
struct SpectrumGrid: Sendable {
  /// One array of coordinates for each variable; the last variable varies fastest.
  let points: [[Double]]

  /// Number of points along each variable.
  let shape: [Int]

  /// Lays a grid of about so many points.
  ///
  /// - Throws: ``SpectrumError/noGrid`` if the domain is no box.
  init(_ problem: Problem, rows: Int) throws(SpectrumError) {
    let grid = ValidationGrid(problem, side: SamplePoints.side(ofAbout: rows, in: problem))
    guard let shape = grid.shape else { throw .noGrid }
    points = grid.columns
    self.shape = shape
  }

  /// The amplitude of a field at each frequency: the root of its share of the variance.
  ///
  /// - Returns: Zeros for a constant field.
  func amplitudes(_ field: [Double], count: Int) -> [Double] {
    let spectrum = FieldSpectrum(of: field, shape: shape)
    return (0..<count).map { frequency in
      guard let spectrum, frequency < spectrum.shares.count else { return 0 }
      return (spectrum.shares[frequency] * spectrum.variance).squareRoot()
    }
  }

  /// Number of frequencies that the grid tells apart along every axis.
  var frequencyCount: Int { (shape.min() ?? 0) / 2 }

  /// The first unknown of a network.
  func solution(_ network: TrainedNetwork, in problem: Problem, threads: Int) -> [Double] {
    FieldEvaluator(network, points: points, threads: threads).values(
      of: .value(of: 0, in: problem), parameters: network.parameters)
  }

  /// The exact solution of the first unknown; nil if it is not known.
  func exact(of problem: Problem) throws -> [Double]? {
    try problem.exact[0].map {
      try Program(problem.withNumbers($0), inputs: problem.variableSymbols).evaluate(points)
    }
  }
}

extension TrainedNetwork {
  /// The same network with the weights of a moment of its training.
  ///
  /// - Throws: ``SpectrumError/otherNetwork(found:expected:)``.
  func at(_ snapshot: WeightSnapshots.Snapshot) throws(SpectrumError) -> TrainedNetwork {
    guard snapshot.parameters.count >= network.parameterCount else {
      throw .otherNetwork(found: snapshot.parameters.count, expected: network.parameterCount)
    }
    return with(Array(snapshot.parameters.prefix(network.parameterCount)))
  }

  /// The same network with other parameters.
  func with(_ parameters: [Double]) -> TrainedNetwork {
    TrainedNetwork(
      network: network, parameters: parameters, variables: variables, unknowns: unknowns,
      transform: transform, coefficients: coefficients)
  }

  /// The same network with the weights of its first layer, not its biases, multiplied.
  ///
  /// - Parameter factor: The factor.
  /// - Returns: The network.
  public func rescalingFirstLayer(by factor: Double) -> TrainedNetwork {
    with(network.rescalingFirstLayer(of: parameters, by: factor))
  }
}

extension Network {
  /// What reads the inputs, or features made of them: the first layer, and the encoders of gated networks.
  private static let inputWeights = ["layer0.weight", "encoder0.weight", "encoder1.weight"]

  /// Parameters with the weights of the first layer, not its biases, multiplied.
  func rescalingFirstLayer(of parameters: [Double], by factor: Double) -> [Double] {
    var parameters = parameters
    for tensor in tensors where Self.inputWeights.contains(tensor.name) {
      for place in tensor.range { parameters[place] *= factor }
    }
    return parameters
  }
}
