internal import RunStore

/// The eigenvalues of a neural tangent kernel at a moment of a training.
public struct KernelSpectrum: Sendable, Equatable {
  /// The moment, such as `step 100`.
  public let name: String

  /// The eigenvalues, largest first.
  public let eigenvalues: [Double]

  /// Names eigenvalues.
  ///
  /// - Parameters:
  ///   - name: The moment.
  ///   - eigenvalues: The eigenvalues, largest first.
  public init(name: String, eigenvalues: [Double]) {
    self.name = name
    self.eigenvalues = eigenvalues
  }

  /// Reads the eigenvalues at the initial weights; nil if the run kept no weights over training.
  ///
  /// - Parameters:
  ///   - bytes: The contents of `spectrum.json`.
  ///   - path: The file's name for errors.
  /// - Throws: ``ReportingError/malformed(path:detail:)``.
  public init?(parsing bytes: [UInt8], path: String) throws(ReportingError) {
    let document: JSONValue
    do {
      document = try JSONValue(parsing: bytes)
    } catch {
      throw .malformed(path: path, detail: error.description)
    }
    guard let values = document["eigenvalues"]?.elements else { return nil }
    self.init(name: "initial weights", eigenvalues: values.compactMap(\.double))
  }
}
