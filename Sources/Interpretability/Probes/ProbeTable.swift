public import RunStore

/// The rows of a study, as they are printed and written.
public struct ProbeTable: Sendable, Equatable {
  /// One row for each layer, target, kind and split.
  public let rows: [ProbeRow]

  /// Wraps rows.
  ///
  /// - Parameter rows: The rows of a study.
  public init(_ rows: [ProbeRow]) { self.rows = rows }

  /// The document that `limbeck probe --json` prints; what is not defined is null, with a note.
  public var json: JSONValue { .object([.init("rows", .array(rows.map(\.json)))]) }

  /// The rows as comma-separated values; what is not defined is empty.
  public var csv: CSVDocument {
    var document = CSVDocument(header: [
      "layer", "target", "kind", "split", "r2", "r2_low", "r2_high", "log10_unexplained", "alpha",
      "untrained_r2", "coordinates_r2", "permuted_r2", "control_r2", "selectivity", "gain",
      "saved_bits", "rank", "condition",
    ])
    for row in rows {
      func number(_ value: Double?) -> CSVDocument.Field { value.map { .number($0) } ?? .empty }
      document.append([
        .text(row.layer), .text(row.target), .text(row.kind), .text(row.split.rawValue),
        number(row.score.r2), number(row.score.interval?.lowerBound),
        number(row.score.interval?.upperBound), number(row.score.log10Unexplained),
        number(row.probe.penalty), number(row.untrained), number(row.coordinates),
        number(row.permuted), number(row.control), number(row.selectivity), number(row.gain),
        number(row.savedBits), .integer(row.rank), number(row.condition),
      ])
    }
    return document
  }

  /// The probes' weights: `layer0.u_x.ridge.random.weight` `[1, width]` and `….bias` `[1]`.
  public var weights: SafetensorsFile {
    var tensors: [String: StoredTensor] = [:]
    for row in rows {
      let name = "\(row.layer).\(row.target).\(row.kind).\(row.split.rawValue)"
      tensors["\(name).weight"] = StoredTensor(
        row.probe.weights, shape: [1, row.probe.weights.count])
      tensors["\(name).bias"] = StoredTensor([row.probe.intercept], shape: [1])
    }
    return SafetensorsFile(tensors: tensors, metadata: ["format": "limbeck probes"])
  }

  /// Writes the table into a run, as CSV and JSON.
  ///
  /// - Parameter directory: A directory opened for writing.
  /// - Throws: `FileError` if a file cannot be written.
  public func write(to directory: RunDirectory) throws(FileError) {
    try directory.write((json.text(.indented) + "\n").utf8, as: .probes(.json))
    try directory.write(csv.text.utf8, as: .probes(.csv))
    try directory.write(weights.serialized, as: .probeWeights)
  }
}

extension ProbeRow {
  /// The row as a member of ``ProbeTable/json``.
  var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    let interval = score.interval.map {
      JSONValue.array([.number($0.lowerBound), .number($0.upperBound)])
    }
    var members: [JSONValue.Member] = [
      .init("layer", .string(layer)), .init("target", .string(target)),
      .init("kind", .string(kind)), .init("split", .string(split.rawValue)),
      .init("r2", number(score.r2)), .init("ci95", interval ?? .null),
      .init("alpha", number(probe.penalty)),
      .init("log10_unexplained", number(score.log10Unexplained)),
      .init("untrained_r2", number(untrained)), .init("coordinates_r2", number(coordinates)),
      .init("permuted_r2", number(permuted)), .init("control_r2", number(control)),
      .init("selectivity", number(selectivity)), .init("gain", number(gain)),
      .init("saved_bits", number(savedBits)), .init("rank", .integer(rank)),
      .init("condition", number(condition)),
    ]
    if let note { members.append(.init("note", .string(note))) }
    return .object(members)
  }

  /// Why figures are missing, or what to beware of; nil if there is nothing to say.
  public var note: String? {
    if let undefined = score.undefined { return undefined }
    let remarks = [
      samples <= probe.weights.count
        ? "\(samples) samples are fitted by \(probe.weights.count) weights, which fit any values"
        : nil,
      score.interval == nil ? "one cell held out, or no resamples: no interval" : nil,
      untrained == nil ? "no untrained network is known" : nil,
      untrained != nil && gain == nil ? "R² rounds to 1: no gain" : nil,
      coordinates == nil ? "no coordinates are known: no control" : nil,
      coordinates != nil && control == nil ? "no smooth random field varies" : nil,
      condition.isFinite ? nil : "columns depend on each other: no condition number",
    ].compactMap { $0 }
    return remarks.isEmpty ? nil : remarks.joined(separator: "; ")
  }
}
