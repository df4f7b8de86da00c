/// A file of activations with the coordinates and physical fields beside them; see ``ActivationWriter``.
///
/// ```swift
/// let file = try ActivationFile(contentsOf: "runs/heat/activations.h5")
/// let layer = try file.layer("layer1")
/// let curvature = try file.field("u_xx")
/// ```
public struct ActivationFile: Sendable {
  /// The file's path.
  public let path: String

  /// Where the activations come from.
  public let provenance: ActivationProvenance

  /// The inputs, one column for each variable.
  public let coordinates: ActivationMatrix

  /// The names of the sites with activations, in the network's order.
  public let layers: [String]

  /// The names of the network's physical fields.
  public let fields: [String]

  /// The names of the exact solution's fields; empty if none is known.
  public let exactFields: [String]

  /// Number of rows of every array.
  public var samples: Int { coordinates.samples }

  private let file: HDF5File

  static let format = "activations 1"
  static let formatKey = "format"
  static let completeKey = "complete"
  static let coordinates = "/coordinates"
  static let fieldGroup = "/fields"
  static let exactGroup = "/exact"

  /// Opens a file and checks that it was written to its end and is consistent.
  ///
  /// - Parameter path: The file.
  /// - Throws: ``ActivationError``.
  public init(contentsOf path: String) throws(ActivationError) {
    do {
      file = try HDF5File(reading: path)
    } catch {
      throw .hdf5(error)
    }
    self.path = path
    try Self.checkCompletion(of: file)
    guard file.text(Self.formatKey) == Self.format, file.integer(Self.completeKey) == 1 else {
      throw .otherLayout(path: path, missing: "the attribute '\(Self.formatKey)'")
    }
    provenance = ActivationProvenance(
      variables: try Self.names("variables", in: file), points: try Self.text("points", in: file),
      modelChecksum: try Self.text("model_sha256", in: file),
      version: try Self.text("limbeck", in: file),
      instructionSet: try Self.text("instruction_set", in: file))
    layers = try Self.names("layers", in: file)
    fields = try Self.names("fields", in: file)
    exactFields = try Self.names("exact", in: file)
    coordinates = try ActivationMatrix(file, dataset: Self.coordinates)
    guard coordinates.width == provenance.variables.count else {
      throw .otherLayout(path: path, missing: "a column of coordinates for each variable")
    }
    for name in layers { _ = try layer(name) }
    for name in fields { _ = try matrix("\(Self.fieldGroup)/\(name)") }
    for name in exactFields { _ = try matrix("\(Self.exactGroup)/\(name)") }
  }

  /// The activations of a site.
  ///
  /// - Parameter name: One of ``layers``.
  /// - Returns: Shape `[samples, width]`.
  /// - Throws: ``ActivationError/noArray(_:path:available:)`` if there is no such site.
  public func layer(_ name: String) throws(ActivationError) -> ActivationMatrix {
    guard layers.contains(name) else { throw .noArray(name, path: path, available: layers) }
    return try matrix("/\(name)")
  }

  /// A physical field of the network.
  ///
  /// - Parameters:
  ///   - name: One of ``fields``.
  ///   - rows: Which samples; nil for all.
  /// - Returns: One number for each sample, not finite where the field is undefined.
  /// - Throws: ``ActivationError/noArray(_:path:available:)`` if there is no such field.
  public func field(_ name: String, rows: Range<Int>? = nil) throws(ActivationError) -> [Double] {
    guard fields.contains(name) else { throw .noArray(name, path: path, available: fields) }
    return try matrix("\(Self.fieldGroup)/\(name)").uncheckedDoubles(rows: rows ?? 0..<samples)
  }

  /// A physical field of the exact solution.
  ///
  /// - Parameters:
  ///   - name: One of ``exactFields``.
  ///   - rows: Which samples; nil for all.
  /// - Returns: One number for each sample, not finite where the field is undefined.
  /// - Throws: ``ActivationError/noArray(_:path:available:)`` if there is no such field.
  public func exactField(
    _ name: String, rows: Range<Int>? = nil
  ) throws(ActivationError) -> [Double] {
    guard exactFields.contains(name) else {
      throw .noArray(name, path: path, available: exactFields)
    }
    return try matrix("\(Self.exactGroup)/\(name)").uncheckedDoubles(rows: rows ?? 0..<samples)
  }

  private func matrix(_ name: String) throws(ActivationError) -> ActivationMatrix {
    let matrix = try ActivationMatrix(file, dataset: name)
    guard matrix.samples == samples else {
      throw .sampleMismatch(
        path: path, array: name, samples: matrix.samples, expected: samples)
    }
    return matrix
  }

  /// Refuses a file whose writer did not come to its end; other programs' files have no mark.
  static func checkCompletion(of file: HDF5File) throws(ActivationError) {
    guard file.integer(completeKey) ?? 1 == 1 else { throw .incomplete(path: file.path) }
  }

  private static func text(
    _ attribute: String, in file: HDF5File
  ) throws(ActivationError) -> String {
    guard let text = file.text(attribute) else {
      throw .otherLayout(path: file.path, missing: "the attribute '\(attribute)'")
    }
    return text
  }

  private static func names(
    _ attribute: String, in file: HDF5File
  ) throws(ActivationError) -> [String] {
    try text(attribute, in: file).split(separator: " ").map(String.init)
  }
}
