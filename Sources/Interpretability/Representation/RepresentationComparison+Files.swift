public import RunStore

extension RepresentationComparison {
  /// `left_run,left_layer,right_run,right_layer,cka,svcca,untrained_cka,untrained_svcca`.
  public var csv: CSVDocument {
    var document = CSVDocument(header: Self.places + Self.figures)
    for pair in pairs {
      document.append(
        pair.places.map { .text($0) } + pair.figures.map { $0.map { .number($0) } ?? .empty })
    }
    return document
  }

  /// The document that `limbeck compare --json` prints.
  public var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return .object([
      .init("points", .integer(pointCount)), .init("untrained", .integer(Self.controlDraws)),
      .init(
        "layers",
        .array(
          layers.map { layer in
            .object([
              .init("run", .string(layer.network)), .init("layer", .string(layer.name)),
              .init("units", .integer(layer.units)),
              .init("effective_rank", number(layer.effectiveRank)),
              .init("participation_ratio", number(layer.participationRatio)),
              .init("untrained_effective_rank", number(layer.untrainedRank)),
            ])
          })),
      .init(
        "pairs",
        .array(
          pairs.map { pair in
            .object(
              zip(Self.places, pair.places).map { .init($0, .string($1)) }
                + zip(Self.figures, pair.figures).map { .init($0, number($1)) })
          })),
    ])
  }

  /// Writes `representation.json` and `representation.csv`.
  ///
  /// - Parameter directory: A run opened for writing.
  /// - Throws: `FileError` if a file cannot be written.
  public func write(to directory: RunDirectory) throws(FileError) {
    try directory.write((json.text(.indented) + "\n").utf8, as: .study(.representation, .json))
    try directory.write(csv.text.utf8, as: .study(.representation, .csv))
  }

  private static let places = ["left_run", "left_layer", "right_run", "right_layer"]
  private static let figures = ["cka", "svcca", "untrained_cka", "untrained_svcca"]
}

extension RepresentationComparison.Pair {
  fileprivate var places: [String] { [leftNetwork, leftLayer, rightNetwork, rightLayer] }

  fileprivate var figures: [Double?] {
    [trained.alignment, trained.correlation, untrained.alignment, untrained.correlation]
  }
}
