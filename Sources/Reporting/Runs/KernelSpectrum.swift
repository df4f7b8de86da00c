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
}
