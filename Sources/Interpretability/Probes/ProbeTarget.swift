/// A quantity that a probe tries to read, such as `u_x`.
public struct ProbeTarget: Sendable, Equatable {
  /// Its name.
  public let name: String

  /// Its value at each sample.
  public let values: [Double]

  /// Names a quantity.
  ///
  /// - Parameters:
  ///   - name: Its name.
  ///   - values: Its value at each sample.
  public init(_ name: String, _ values: [Double]) {
    self.name = name
    self.values = values
  }
}
