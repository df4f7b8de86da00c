internal import RunStore
internal import Tensors

/// Activations and targets of any network, in files of one row a sample.
public struct ProbeFiles: Sendable {
  /// The activations: `FILE` or `FILE:/NAME`.
  public let activations: String

  /// The values to be read, a column each.
  public let targets: String

  /// Where the samples lie, a column for each variable; nil if nobody knows.
  public let coordinates: String?

  /// The same activations of untrained networks, a file each.
  public let untrained: [String]

  /// Names files.
  ///
  /// - Parameters:
  ///   - activations: The activations: `FILE` or `FILE:/NAME`.
  ///   - targets: The values to be read, a column each.
  ///   - coordinates: Where the samples lie; nil if nobody knows.
  ///   - untrained: The same activations of untrained networks, a file each.
  public init(
    activations: String, targets: String, coordinates: String? = nil, untrained: [String] = []
  ) {
    self.activations = activations
    self.targets = targets
    self.coordinates = coordinates
    self.untrained = untrained
  }

  /// Reads the files.
  ///
  /// - Parameter names: Some of the targets' columns; nil or none for all.
  /// - Returns: A study of one layer.
  /// - Throws: ``ProbeError`` if the files do not belong together, or the `StoreFailure` of one that
  ///   cannot be read.
  public func study(reading names: [String]? = nil) throws -> ProbeStudy {
    let layer = try matrix(activations)
    var columns = try Self.columns(targets)
    if let names, !names.isEmpty {
      columns = try names.map { name in
        guard let column = columns.first(where: { $0.name == name }) else {
          throw ProbeError.noTarget(name, found: columns.map(\.name))
        }
        return column
      }
    }
    try check(columns[0].values.count, of: targets, against: layer.rows)
    let places = try coordinates.map { try Self.columns($0) } ?? []
    if let coordinates, let place = places.first {
      try check(place.values.count, of: coordinates, against: layer.rows)
    }
    let others = try untrained.map { path in
      let other = try matrix(path)
      try check(other.rows, of: path, against: layer.rows)
      guard other.columns == layer.columns else {
        throw ProbeError.otherWidth(path: path, found: other.columns, expected: layer.columns)
      }
      return other
    }
    return ProbeStudy(
      sites: [ProbeSite(name: "activations", activations: layer, untrained: others)],
      targets: columns, coordinates: places.map(\.values))
  }

  private func matrix(_ path: String) throws -> Matrix<Double> {
    let file = try ActivationMatrix(contentsOf: path)
    return Matrix(
      rows: file.samples, columns: file.width, elements: try file.doubles(rows: 0..<file.samples))
  }

  /// The columns of a table by name; of a tensor, y or y0, y1, ….
  private static func columns(_ path: String) throws -> [ProbeTarget] {
    if TableFormat(path: path) != nil {
      let table = try Table(contentsOf: path)
      return zip(table.names, table.columns).map { ProbeTarget($0, $1) }
    }
    let array = try ActivationMatrix(contentsOf: path)
    let values = try array.doubles(rows: 0..<array.samples)
    return (0..<array.width).map { j in
      ProbeTarget(
        array.width == 1 ? "y" : "y\(j)",
        stride(from: j, to: values.count, by: array.width).map { values[$0] })
    }
  }

  private func check(_ found: Int, of path: String, against expected: Int) throws(ProbeError) {
    guard found == expected else {
      throw .otherLength(path: path, found: found, activations: activations, expected: expected)
    }
  }
}
