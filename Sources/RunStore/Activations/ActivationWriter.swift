/// Writes a file of activations, which appears complete or not at all.
///
/// Layout: `/coordinates [samples, inputs]`, `/layer0 [samples, width]`, …, `/fields/u`, `/fields/u_x`, …
/// and `/exact/u`, … where an exact solution is known. Attributes carry units, provenance and the names
/// in order; `complete = 1` is written last. Coordinates and fields are 64-bit, layers 32-bit unless
/// asked for otherwise. Blocks of rows may be written in any order; memory does not grow with the file.
///
/// ```swift
/// var writer = try ActivationWriter(
///   replacing: path, samples: 10_000, arrays: arrays, provenance: provenance)
/// try writer.write(coordinates: block, from: 0)
/// try writer.write(layer, to: arrays[0], from: 0)
/// try writer.finish()
/// ```
public struct ActivationWriter: ~Copyable {
  private let file: HDF5Writer
  private let layerType: ElementType

  /// Begins a file.
  ///
  /// - Parameters:
  ///   - path: The destination; its directory must exist.
  ///   - samples: Number of rows of every array, at least 1.
  ///   - arrays: The arrays, names unique within layers and within fields.
  ///   - provenance: Where the activations come from.
  ///   - layerType: `float32` or `float64`.
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  public init(
    replacing path: String, samples: Int, arrays: [ActivationArray],
    provenance: ActivationProvenance, layerType: ElementType = .float32
  ) throws(FileError) {
    let file = try HDF5Writer(replacing: path)
    try file.write(0, as: ActivationFile.completeKey)
    try Self.describe(provenance, arrays, in: file)
    try file.createGroup(ActivationFile.fieldGroup)
    if arrays.contains(where: { $0.content == .exactField }) {
      try file.createGroup(ActivationFile.exactGroup)
    }
    let units = provenance.variables.map { "[\($0)]" }.joined(separator: " ")
    try file.createDataset(
      ActivationFile.coordinates, shape: [samples, provenance.variables.count], type: .float64,
      attributes: ["units": units, "source": "inputs, one column for each variable"])
    for array in arrays {
      let attributes: KeyValuePairs = ["units": array.units, "source": array.source]
      if case .layer(let width) = array.content {
        try file.createDataset(
          array.path, shape: [samples, width], type: layerType, attributes: attributes)
      } else {
        try file.createDataset(
          array.path, shape: [samples], type: .float64, attributes: attributes)
      }
    }
    self.file = file
    self.layerType = layerType
  }

  /// Writes coordinates.
  ///
  /// - Parameters:
  ///   - coordinates: Whole rows, one number for each variable.
  ///   - row: The first row.
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  public func write(coordinates: [Double], from row: Int) throws(FileError) {
    try file.write(coordinates, to: ActivationFile.coordinates, from: row)
  }

  /// Writes rows of an array, rounded where it is stored in 32 bits.
  ///
  /// - Parameters:
  ///   - values: Whole rows.
  ///   - array: One of the arrays of the file.
  ///   - row: The first row.
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  public func write(
    _ values: [Double], to array: ActivationArray, from row: Int
  ) throws(FileError) {
    if case .layer = array.content, layerType == .float32 {
      try file.write(values.map(Float.init), to: array.path, from: row)
    } else {
      try file.write(values, to: array.path, from: row)
    }
  }

  /// Ends the file and puts it in its place.
  ///
  /// - Throws: ``FileError/unwritable(path:reason:)``; an earlier file then is untouched.
  public consuming func finish() throws(FileError) {
    // The mark must not reach the disk before what it vouches for.
    try file.flush()
    try file.write(1, as: ActivationFile.completeKey)
    try file.commit()
  }

  private static func describe(
    _ provenance: ActivationProvenance, _ arrays: [ActivationArray], in file: borrowing HDF5Writer
  ) throws(FileError) {
    func names(_ isWanted: (ActivationArray.Content) -> Bool) -> String {
      arrays.filter { isWanted($0.content) }.map(\.name).joined(separator: " ")
    }
    try file.write(ActivationFile.format, as: ActivationFile.formatKey)
    try file.write(provenance.version, as: "limbeck")
    try file.write(provenance.instructionSet, as: "instruction_set")
    try file.write(provenance.modelChecksum, as: "model_sha256")
    try file.write(provenance.points, as: "points")
    try file.write(provenance.variables.joined(separator: " "), as: "variables")
    try file.write(names { if case .layer = $0 { true } else { false } }, as: "layers")
    try file.write(names { $0 == .field }, as: "fields")
    try file.write(names { $0 == .exactField }, as: "exact")
  }
}
