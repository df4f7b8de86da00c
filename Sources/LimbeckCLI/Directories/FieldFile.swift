import Foundation
import Limbeck

/// A file for what interventions do at every point; its suffix says which kind.
struct FieldFile {
  private let path: String
  private let isTable: Bool

  /// A file by its name; nil for a suffix of another kind.
  init?(_ path: String) {
    self.path = path
    switch URL(fileURLWithPath: path).pathExtension {
    case "csv": isTable = true
    case "h5", "hdf5": isTable = false
    default: return nil
    }
  }

  /// Writes the fields.
  ///
  /// - Parameters:
  ///   - fields: The fields.
  ///   - stored: The run that they are of.
  /// - Throws: `FileError` if the file cannot be written.
  func write(_ fields: EffectFields, of stored: StoredRun) throws {
    guard !isTable else { return try fields.csv.write(to: path) }
    let checksum = try SHA256Digest(contentsOf: try stored.directory.path(of: .model))
    try fields.writeHDF5(to: path, modelChecksum: checksum.description)
  }
}
