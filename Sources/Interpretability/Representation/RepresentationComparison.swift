internal import Networks
public import PINN
internal import Tensors

/// How alike the layers of networks are, beside what networks of the same designs that were never trained
/// show on the same points.
///
/// Wide layers are alike before any training, since they are random functions of the same few inputs: a
/// similarity says something only as far as it is above that of its control.
public struct RepresentationComparison: Sendable, Equatable, Codable {
  /// The layers of all networks, network by network.
  public let layers: [Layer]

  /// The layers of each two networks, or of the only one.
  public let pairs: [Pair]

  /// Number of points.
  public let pointCount: Int

  /// Untrained networks behind each control.
  public static let controlDraws = 4

  /// How many directions a layer uses.
  public struct Layer: Sendable, Equatable, Codable {
    /// The network, as it was named.
    public let network: String

    /// The layer.
    public let name: String

    /// Number of its units.
    public let units: Int

    /// ``CentredActivations/effectiveRank``; nil for a constant layer.
    public let effectiveRank: Double?

    /// ``CentredActivations/participationRatio``; nil for a constant layer.
    public let participationRatio: Double?

    /// The mean effective rank of the layer in untrained networks.
    public let untrainedRank: Double?
  }

  /// Two layers.
  public struct Pair: Sendable, Equatable, Codable {
    /// The first network.
    public let leftNetwork: String

    /// Its layer.
    public let leftLayer: String

    /// The second network.
    public let rightNetwork: String

    /// Its layer.
    public let rightLayer: String

    /// The trained layers' similarity.
    public let trained: Similarity

    /// The mean similarity of the layers in untrained networks: of one and the same where one network is
    /// compared with itself, of different ones otherwise.
    public let untrained: Similarity
  }

  /// How alike two layers are; nil where one is constant.
  public struct Similarity: Sendable, Equatable, Codable {
    /// ``CentredActivations/alignment(with:)``.
    public let alignment: Double?

    /// ``CentredActivations/canonicalCorrelation(with:keeping:)``.
    public let correlation: Double?
  }

  /// Compares networks.
  ///
  /// - Parameters:
  ///   - networks: The networks with names, at least one; of several, each two are compared.
  ///   - problem: The problem whose domain is sampled; the networks have its variables.
  ///   - rows: About how many points to take.
  ///   - seed: What fixes the untrained weights.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``ExtractionError`` if there are no points, ``RepresentationError`` for a network of other
  ///   variables, or `LinearAlgebraError` if a decomposition does not converge.
  public init(
    _ networks: [(name: String, solution: TrainedNetwork)], solving problem: Problem,
    rows: Int = 2500, seed: UInt64, threads: Int
  ) throws {
    precondition(!networks.isEmpty, "there is a network to look at")
    let variables = problem.variables.map(\.name)
    if let other = networks.first(where: { $0.solution.variables != variables }) {
      throw RepresentationError.otherVariables(
        other.name, found: other.solution.variables, expected: variables)
    }
    let side = SamplePoints.side(ofAbout: rows, in: problem)
    let points = try SamplePoints(gridOf: problem, side: side, threads: threads).coordinates
    pointCount = points[0].count
    let random = RandomStream(seed: seed).child(7)
    let views = try networks.enumerated().map { index, network in
      try View(
        network.name, network.solution, at: points, random: random.child(index), threads: threads)
    }
    layers = views.flatMap(\.ranks)
    let indices = views.indices
    let chosen: [(Int, Int)] =
      views.count == 1
      ? [(0, 0)] : indices.flatMap { left in indices[(left + 1)...].map { (left, $0) } }
    pairs = try chosen.flatMap { try View.pairs(views[$0.0], views[$0.1]) }
  }
}

/// The layers of a network, and of its untrained likes.
private struct View {
  let name: String
  let sites: [String]
  let trained: [CentredActivations]
  let untrained: [[CentredActivations]]

  init(
    _ name: String, _ solution: TrainedNetwork, at points: [[Double]], random: RandomStream,
    threads: Int
  ) throws {
    self.name = name
    let sites = solution.network.sites
    self.sites = sites.map(\.name)
    func layers(_ network: TrainedNetwork) throws -> [CentredActivations] {
      let values = SiteActivations(network, sites: sites, threads: threads).values(at: points)
      return try zip(sites, values).map { site, values in
        try CentredActivations(
          Matrix(rows: points[0].count, columns: site.units, elements: values))
      }
    }
    trained = try layers(solution)
    untrained = try (0..<RepresentationComparison.controlDraws).map { draw in
      var random = random.child(draw)
      return try layers(
        TrainedNetwork(
          network: solution.network,
          parameters: solution.network.initialParameters(random: &random),
          variables: solution.variables, unknowns: solution.unknowns))
    }
  }

  var ranks: [RepresentationComparison.Layer] {
    sites.indices.map { index in
      RepresentationComparison.Layer(
        network: name, name: sites[index], units: trained[index].units,
        effectiveRank: trained[index].effectiveRank,
        participationRatio: trained[index].participationRatio,
        untrainedRank: Self.mean(untrained.map { $0[index].effectiveRank }))
    }
  }

  static func pairs(_ left: View, _ right: View) throws -> [RepresentationComparison.Pair] {
    try left.sites.indices.flatMap { i in
      try right.sites.indices.map { j in
        let controls = try zip(left.untrained, right.untrained).map {
          try similarity($0[i], $1[j])
        }
        return RepresentationComparison.Pair(
          leftNetwork: left.name, leftLayer: left.sites[i], rightNetwork: right.name,
          rightLayer: right.sites[j],
          trained: try similarity(left.trained[i], right.trained[j]),
          untrained: RepresentationComparison.Similarity(
            alignment: mean(controls.map(\.alignment)),
            correlation: mean(controls.map(\.correlation))))
      }
    }
  }

  private static func similarity(
    _ left: CentredActivations, _ right: CentredActivations
  ) throws -> RepresentationComparison.Similarity {
    RepresentationComparison.Similarity(
      alignment: left.alignment(with: right),
      correlation: try left.canonicalCorrelation(with: right))
  }

  private static func mean(_ values: [Double?]) -> Double? {
    Statistics.mean(values.compactMap { $0 })
  }
}
