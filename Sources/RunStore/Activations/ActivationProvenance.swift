/// Where a file of activations comes from.
public struct ActivationProvenance: Sendable, Equatable {
  /// The names of the inputs, in the order of the coordinates' columns.
  public var variables: [String]

  /// What the points are: `grid 100 100`, or the table that they were read from.
  public var points: String

  /// The SHA-256 checksum of the network's file, as 64 hexadecimal digits.
  public var modelChecksum: String

  /// The version of the program.
  public var version: String

  /// The instruction-set level of the kernels.
  public var instructionSet: String

  /// States where activations come from.
  ///
  /// - Parameters:
  ///   - variables: The names of the inputs, without spaces.
  ///   - points: What the points are.
  ///   - modelChecksum: The SHA-256 checksum of the network's file.
  ///   - version: The version of the program.
  ///   - instructionSet: The instruction-set level of the kernels.
  public init(
    variables: [String], points: String, modelChecksum: String, version: String,
    instructionSet: String
  ) {
    self.variables = variables
    self.points = points
    self.modelChecksum = modelChecksum
    self.version = version
    self.instructionSet = instructionSet
  }
}
