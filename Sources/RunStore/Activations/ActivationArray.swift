/// One array of a file of activations, before it has elements.
public struct ActivationArray: Sendable, Equatable {
  /// What the array holds.
  public enum Content: Sendable, Equatable {
    /// The activations of a site: `[samples, width]`.
    case layer(width: Int)

    /// A physical field of the network: `[samples]`.
    case field

    /// The same field of the exact solution: `[samples]`.
    case exactField
  }

  /// The name: `layer0`, `u_xx`.
  public let name: String

  /// What the array holds.
  public let content: Content

  /// The unit: `1`, or one made of the units of the recipe's names, such as `[u]/[x]^2`.
  public let units: String

  /// What the numbers are and how they were computed, in a few words.
  public let source: String

  /// Describes an array.
  ///
  /// - Parameters:
  ///   - name: The name, without spaces and slashes.
  ///   - content: What the array holds.
  ///   - units: The unit.
  ///   - source: What the numbers are and how they were computed.
  public init(name: String, content: Content, units: String, source: String) {
    self.name = name
    self.content = content
    self.units = units
    self.source = source
  }

  /// The path within the file.
  var path: String {
    switch content {
    case .layer: "/\(name)"
    case .field: "\(ActivationFile.fieldGroup)/\(name)"
    case .exactField: "\(ActivationFile.exactGroup)/\(name)"
    }
  }
}
