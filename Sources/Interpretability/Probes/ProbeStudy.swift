internal import Tensors

/// Probes of every layer for every target, with every control beside them.
///
/// ```swift
/// let table = try ProbeStudy(sites: sites, targets: targets, coordinates: points).run()
/// ```
public struct ProbeStudy: Sendable {
  /// The layers.
  public let sites: [ProbeSite]

  /// What is read.
  public let targets: [ProbeTarget]

  /// Where the samples lie, one array for each variable; empty if nobody knows.
  public let coordinates: [[Double]]

  /// How the weights are found.
  public var kinds: [ProbeKind] = [.ridge]

  /// How samples are held out.
  public var splits: [ProbeSplit.Kind] = [.random, .blocked]

  /// How often the held-out cells are drawn again for the intervals.
  public var resamples = 1000

  /// Seed of every draw.
  public var seed: UInt64 = 0

  /// Number of threads; no result depends on it.
  public var threads = 1

  /// Draws of the smooth random field and of untrained networks.
  public static let controlDraws = 3

  /// Plans a study.
  ///
  /// - Parameters:
  ///   - sites: The layers, all of the same samples.
  ///   - targets: What is read at these samples.
  ///   - coordinates: Where the samples lie, one array for each variable; empty if nobody knows.
  public init(sites: [ProbeSite], targets: [ProbeTarget], coordinates: [[Double]] = []) {
    let samples = sites.first?.activations.rows ?? 0
    precondition(
      sites.allSatisfy { $0.activations.rows == samples }
        && targets.allSatisfy { $0.values.count == samples }
        && coordinates.allSatisfy { $0.count == samples }, "all parts have the same samples")
    self.sites = sites
    self.targets = targets
    self.coordinates = coordinates
  }

  /// Fits and judges the probes.
  ///
  /// - Returns: One row for each layer, target, kind and split.
  /// - Throws: ``ProbeError`` if something cannot be probed, or `LinearAlgebraError` if a
  ///   decomposition does not converge.
  public func run() throws -> [ProbeRow] {
    try check()
    let stream = RandomStream(seed: seed)
    let samples = sites[0].activations.rows
    let values = targets.map(\.values)
    let permuted = values.indices.map { t in
      var random = stream.child(1).child(t)
      return random.permutation(samples).map { values[t][$0] }
    }
    var fields: [[Double]] = []
    if !coordinates.isEmpty {
      let spectrum = try SmoothField(of: values, at: coordinates, threads: threads)
      fields = (0..<Self.controlDraws).flatMap { spectrum.draw(random: stream.child(2).child($0)) }
    }
    let parts = splits.enumerated().map { index, kind in
      ProbeSplit(
        kind, samples: samples, coordinates: coordinates, random: stream.child(3).child(index))
    }
    var position: Matrix<Double>?
    if !coordinates.isEmpty {
      position = Matrix(rows: samples, columns: coordinates.count) { coordinates[$1][$0] }
    }
    var rows: [ProbeRow] = []
    for (s, site) in sites.enumerated() {
      for kind in kinds {
        let saved = try DescriptionLength.savedBits(
          site.activations, targets: values, kind: kind, random: stream.child(4), threads: threads)
        for split in parts {
          let design = try FactoredDesign(
            site.activations, targets: values + permuted + fields, rows: split.training,
            threads: threads)
          let judge = ProbeJudge(split: split, kind: kind)
          let untrained = try site.untrained.map { activations in
            try judge.scores(activations, values, threads: threads)
          }
          let raw = try position.map { position in
            try judge.scores(position, values, threads: threads)
          }
          for t in targets.indices {
            let probe = design.probe(kind, target: t)
            let score = judge.score(
              probe, site.activations, values[t], resamples: resamples,
              random: stream.child(5).child(s))
            let noise = judge.score(
              design.probe(kind, target: targets.count + t), site.activations, permuted[t])
            let control =
              fields.isEmpty
              ? nil
              : Self.mean(
                (0..<Self.controlDraws).map { draw in
                  let field = draw * targets.count + t
                  return judge.score(
                    design.probe(kind, target: 2 * targets.count + field), site.activations,
                    fields[field]
                  ).r2
                })
            rows.append(
              ProbeRow(
                layer: site.name, target: targets[t].name, kind: kind.name, split: split.kind,
                score: score, probe: probe, samples: split.training.count,
                rank: design.rank(cutoff: 1e-6),
                condition: design.condition, untrained: Self.mean(untrained.map { $0[t] }),
                coordinates: raw?[t], permuted: noise.r2, control: control, savedBits: saved[t]))
          }
        }
      }
    }
    return rows
  }

  /// The mean of what is defined; nil if something is not.
  private static func mean(_ values: [Double?]) -> Double? {
    let known = values.compactMap { $0 }
    return known.count == values.count ? Statistics.mean(known) : nil
  }
}

/// Fits probes to one part of the samples and judges them by the other.
private struct ProbeJudge {
  let split: ProbeSplit
  let kind: ProbeKind

  /// R² on the held-out samples.
  func score(
    _ probe: Probe, _ activations: Matrix<Double>, _ values: [Double], resamples: Int = 0,
    random: RandomStream = RandomStream(seed: 0)
  ) -> ProbeScore {
    ProbeScore(
      values: split.heldOut.map { $0.map { values[$0] } },
      readings: split.heldOut.map { probe.read(activations, rows: $0) }, resamples: resamples,
      random: random)
  }

  /// R² of each target's probe on other activations.
  func scores(
    _ activations: Matrix<Double>, _ targets: [[Double]], threads: Int
  ) throws(LinearAlgebraError) -> [Double?] {
    let design = try FactoredDesign(
      activations, targets: targets, rows: split.training, threads: threads)
    return targets.indices.map {
      score(design.probe(kind, target: $0), activations, targets[$0]).r2
    }
  }
}

extension Matrix {
  /// A matrix whose elements are a function of their place.
  fileprivate init(rows: Int, columns: Int, _ element: (Int, Int) -> Scalar) {
    self.init(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { element($0 / columns, $0 % columns) })
  }
}
