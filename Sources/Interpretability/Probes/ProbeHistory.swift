internal import Networks
public import PINN
public import RunStore
internal import Tensors

/// When fields become readable from layers: ridge probes at several moments of training.
///
/// The first moment is the untrained network, the control that every later one is to be compared with.
public struct ProbeHistory: Sendable, Equatable {
  /// One row for each moment, layer and target.
  public let rows: [Row]

  /// One probe.
  public struct Row: Sendable, Equatable, Codable {
    /// Number of optimiser steps taken.
    public let step: Int

    /// The layer.
    public let layer: String

    /// What is read.
    public let target: String

    /// R² on held-out blocks; nil for a constant target.
    public let r2: Double?

    /// `log10(1 − R²)`.
    public let log10Unexplained: Double?
  }

  /// Probes a training.
  ///
  /// - Parameters:
  ///   - solution: The network at the end.
  ///   - snapshots: Its weights over training.
  ///   - problem: The problem that it was trained on.
  ///   - names: The fields to be read, `exact.u_x` for those of the exact solution; nil for all.
  ///   - layers: The layers to be read from; nil for all.
  ///   - rows: About how many points to take.
  ///   - seed: Seed of the split.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``ProbeError`` or ``ExtractionError`` for a name of nothing, ``SpectrumError`` for weights of
  ///   another network.
  public init(
    of solution: TrainedNetwork, _ snapshots: WeightSnapshots, solving problem: Problem,
    reading names: [String]? = nil, layers: [String]? = nil, rows: Int = 2500, seed: UInt64,
    threads: Int
  ) throws {
    let sites = try solution.sites(named: layers ?? [])
    let side = SamplePoints.side(ofAbout: rows, in: problem)
    let points = try SamplePoints(gridOf: problem, side: side, threads: threads).coordinates
    let split = ProbeSplit(
      .blocked, samples: points[0].count, coordinates: points, random: RandomStream(seed: seed))
    var table: [Row] = []
    for snapshot in snapshots.snapshots {
      let network = try solution.at(snapshot)
      let targets = try ProbeStudy.targets(names ?? [], network, problem, points, threads: threads)
      let values = SiteActivations(network, sites: sites, threads: threads).values(at: points)
      for (site, values) in zip(sites, values) {
        let activations = Matrix(
          rows: points[0].count, columns: site.units, elements: values)
        let design = try FactoredDesign(
          activations, targets: targets.map(\.values), rows: split.training, threads: threads)
        for (index, target) in targets.enumerated() {
          let probe = design.probe(.ridge, target: index)
          let score = ProbeScore(
            values: split.heldOut.map { $0.map { target.values[$0] } },
            readings: split.heldOut.map { probe.read(activations, rows: $0) }, resamples: 0,
            random: RandomStream(seed: seed))
          table.append(
            Row(
              step: snapshot.step, layer: site.name, target: target.name, r2: score.r2,
              log10Unexplained: score.log10Unexplained))
        }
      }
    }
    self.rows = table
  }

  /// `step,layer,target,r2,log10_unexplained`.
  public var csv: CSVDocument {
    var document = CSVDocument(header: ["step", "layer", "target", "r2", "log10_unexplained"])
    func number(_ value: Double?) -> CSVDocument.Field { value.map { .number($0) } ?? .empty }
    for row in rows {
      document.append([
        .integer(row.step), .text(row.layer), .text(row.target), number(row.r2),
        number(row.log10Unexplained),
      ])
    }
    return document
  }

  /// The document that `limbeck probe --over-training --json` prints.
  public var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return .object([
      .init(
        "rows",
        .array(
          rows.map { row in
            .object([
              .init("step", .integer(row.step)), .init("layer", .string(row.layer)),
              .init("target", .string(row.target)), .init("r2", number(row.r2)),
              .init("log10_unexplained", number(row.log10Unexplained)),
            ])
          }))
    ])
  }
}
