internal import RunStore

/// The probe table of a run, as `probes.csv` holds it: never a bare R², but beside it what the same
/// probe reads where nothing was learned.
public struct ProbeResults: Sendable, Equatable {
  /// One probe with its controls; nil where something is undefined or was not asked for.
  public struct Row: Sendable, Equatable {
    /// The layer that is read.
    public let layer: String

    /// The quantity that is read from it.
    public let target: String

    /// How samples were held out: `random`, or `blocked` for whole cells of the domain.
    public let split: String

    /// R² on held-out samples.
    public let rSquared: Double?

    /// The bounds of its 95 % interval.
    public let bounds: [Double]

    /// R² of the same layer before training.
    public let untrained: Double?

    /// R² of the coordinates alone.
    public let coordinates: Double?

    /// R² for shuffled values.
    public let permuted: Double?

    /// R² for random smooth fields of the target's spectrum.
    public let control: Double?

    /// Digits of 1 − R² that training added.
    public let gain: Double?

    /// R² beyond that of random smooth fields.
    public let selectivity: Double?
  }

  /// The probes in the order of the file.
  public let rows: [Row]

  /// Gathers probes.
  ///
  /// - Parameter rows: At least one.
  public init(_ rows: [Row]) {
    precondition(!rows.isEmpty, "a table of probes has rows")
    self.rows = rows
  }

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - bytes: The contents of `probes.csv`.
  ///   - path: The file's name for errors.
  /// - Throws: ``ReportingError/malformed(path:detail:)``.
  public init(parsing bytes: [UInt8], path: String) throws(ReportingError) {
    let table = try NamedRecords(parsing: bytes, path: path)
    try table.require("layer", "target", "split", "r2")
    guard !table.isEmpty else { throw .malformed(path: path, detail: "no rows") }
    var rows: [Row] = []
    for row in table.indices {
      rows.append(
        Row(
          layer: table.text("layer", row) ?? "", target: table.text("target", row) ?? "",
          split: table.text("split", row) ?? "", rSquared: try table.number("r2", row),
          bounds: [try table.number("r2_low", row), try table.number("r2_high", row)]
            .compactMap { $0 },
          untrained: try table.number("untrained_r2", row),
          coordinates: try table.number("coordinates_r2", row),
          permuted: try table.number("permuted_r2", row),
          control: try table.number("control_r2", row), gain: try table.number("gain", row),
          selectivity: try table.number("selectivity", row)))
    }
    self.init(rows)
  }

  /// The rows to be judged by: of samples held out in whole cells where there are such, because
  /// neighbours of held-out samples give them away.
  public var strictest: [Row] {
    let blocked = rows.filter { $0.split == "blocked" }
    return blocked.isEmpty ? rows.filter { $0.split == rows[0].split } : blocked
  }

  /// The layers, in order.
  var layers: [String] { Self.distinct(strictest.map(\.layer)) }

  /// The targets, in order.
  var targets: [String] { Self.distinct(strictest.map(\.target)) }

  private static func distinct(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }
  }
}
