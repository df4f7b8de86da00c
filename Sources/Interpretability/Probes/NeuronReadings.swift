public import RunStore
internal import Tensors

/// What single neurons, small sets of them and differences of two or three read, beside what they read in
/// untrained networks, and of smooth random fields.
///
/// A field that one neuron carries is represented; one that takes a whole layer may be a mere mixture. And a
/// layer that differentiates by finite differences has pairs that read a first derivative, or triplets that
/// read a second one, better than those of networks that were never trained.
public struct NeuronReadings: Sendable, Equatable {
  /// One row for each layer, target and number of neurons, or shape of difference.
  public let rows: [Row]

  /// One reading.
  public struct Row: Sendable, Equatable, Codable {
    /// The layer.
    public let layer: String

    /// What is read.
    public let target: String

    /// `sparse1`, `sparse2`, … for the best set of so many neurons by matching pursuit; `pair` and
    /// `triplet` for differences.
    public let kind: String

    /// The neurons.
    public let neurons: [Int]

    /// R² of the samples that were held out for sets; the squared correlation of all samples for differences.
    public let r2: Double?

    /// The mean of the same over untrained networks.
    public let untrained: Double?

    /// The mean of the same for smooth random fields of the target's spectrum, which nobody taught.
    public let control: Double?
  }

  /// The sizes of sets.
  public static let sizes = [1, 2, 4, 8]

  /// Reads.
  ///
  /// - Parameter study: The layers and targets; its first split is used.
  /// - Throws: ``ProbeError`` if something cannot be probed, or `LinearAlgebraError`.
  public init(_ study: ProbeStudy) throws {
    try study.check()
    let samples = study.sites[0].activations.rows
    let kind: ProbeSplit.Kind = study.coordinates.isEmpty ? .random : .blocked
    let split = ProbeSplit(
      kind, samples: samples, coordinates: study.coordinates,
      random: RandomStream(seed: study.seed))
    let values = study.targets.map(\.values)
    var draws: [[[Double]]] = []
    if !study.coordinates.isEmpty {
      let spectrum = try SmoothField(of: values, at: study.coordinates, threads: study.threads)
      let random = RandomStream(seed: study.seed).child(1)
      draws = (0..<ProbeStudy.controlDraws).map { spectrum.draw(random: random.child($0)) }
    }
    var table: [Row] = []
    for site in study.sites {
      let layers = [site.activations] + site.untrained
      let sets = try layers.map { try Self.sparse($0, values, split, threads: study.threads) }
      let controls = try draws.map {
        try Self.sparse(site.activations, $0, split, threads: study.threads)
      }
      for (t, target) in study.targets.enumerated() {
        for (index, reading) in sets[0][t].enumerated() {
          func others(_ readings: [[[SetReading]]]) -> Double? {
            Self.mean(readings.map { $0[t].indices.contains(index) ? $0[t][index].r2 : nil })
          }
          table.append(
            Row(
              layer: site.name, target: target.name, kind: "sparse\(reading.neurons.count)",
              neurons: reading.neurons, r2: reading.r2, untrained: others(Array(sets.dropFirst())),
              control: others(controls)))
        }
        for shape in StencilReading.Shape.allCases {
          guard let own = StencilReading.best(shape, in: site.activations, of: target.values)
          else { continue }
          table.append(
            Row(
              layer: site.name, target: target.name, kind: shape.rawValue, neurons: own.neurons,
              r2: own.r2,
              untrained: Self.mean(
                site.untrained.map { StencilReading.best(shape, in: $0, of: target.values)?.r2 }),
              control: Self.mean(
                draws.map { StencilReading.best(shape, in: site.activations, of: $0[t])?.r2 })))
        }
      }
    }
    rows = table
  }

  /// A set of neurons and what it reads of the held-out samples.
  private typealias SetReading = (neurons: [Int], r2: Double?)

  /// For each target its readings by growing sets.
  private static func sparse(
    _ activations: Matrix<Double>, _ targets: [[Double]], _ split: ProbeSplit, threads: Int
  ) throws -> [[SetReading]] {
    let design = try FactoredDesign(
      activations, targets: targets, rows: split.training, threads: threads)
    let sizes = Self.sizes.filter { $0 <= activations.columns }
    return try targets.indices.map { t in
      let all = try design.sparseReadings(
        t, selection: .matchingPursuit, count: sizes.last ?? 0)
      return sizes.filter { $0 <= all.count }.map { size in
        let reading = all[size - 1]
        let score = ProbeScore(
          values: split.heldOut.map { $0.map { targets[t][$0] } },
          readings: split.heldOut.map { reading.probe.read(activations, rows: $0) }, resamples: 0,
          random: RandomStream(seed: 0))
        return (reading.columns, score.r2)
      }
    }
  }

  private static func mean(_ values: [Double?]) -> Double? {
    let known = values.compactMap { $0 }
    return known.count == values.count ? Statistics.mean(known) : nil
  }

  /// `layer,target,kind,neurons,r2,untrained_r2,control_r2`, the neurons separated by spaces.
  public var csv: CSVDocument {
    var document = CSVDocument(
      header: ["layer", "target", "kind", "neurons", "r2", "untrained_r2", "control_r2"])
    func number(_ value: Double?) -> CSVDocument.Field { value.map { .number($0) } ?? .empty }
    for row in rows {
      document.append([
        .text(row.layer), .text(row.target), .text(row.kind),
        .text(row.neurons.map(\.description).joined(separator: " ")), number(row.r2),
        number(row.untrained), number(row.control),
      ])
    }
    return document
  }

  /// The document that `limbeck probe --neurons --json` prints.
  public var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return .object([
      .init(
        "rows",
        .array(
          rows.map { row in
            .object([
              .init("layer", .string(row.layer)), .init("target", .string(row.target)),
              .init("kind", .string(row.kind)),
              .init("neurons", .array(row.neurons.map { .integer($0) })),
              .init("r2", number(row.r2)), .init("untrained_r2", number(row.untrained)),
              .init("control_r2", number(row.control)),
            ])
          }))
    ])
  }
}
