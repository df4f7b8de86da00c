/// Several quantities over one grid, such as what the neurons of a layer do.
public struct FieldMaps: Sendable, Equatable {
  /// One quantity.
  public struct Map: Sendable, Equatable {
    /// What it is, such as `neuron 3`.
    public let title: String

    /// What is known of it in a few words or as a formula, if anything.
    public let note: String?

    /// One number for each sample; NaN for none.
    public let values: [Double]

    /// Names a quantity.
    ///
    /// - Parameters:
    ///   - title: What it is.
    ///   - note: What is known of it, if anything.
    ///   - values: One number for each sample.
    public init(title: String, note: String? = nil, values: [Double]) {
      self.title = title
      self.note = note
      self.values = values
    }
  }

  /// What the quantities are, such as `activations of layer1`.
  public let title: String

  /// Where all of them were sampled.
  public let grid: SamplingGrid

  /// The quantities.
  public let maps: [Map]

  /// Gathers quantities.
  ///
  /// - Parameters:
  ///   - title: What the quantities are.
  ///   - grid: Where all of them were sampled.
  ///   - maps: At least one quantity.
  public init(_ title: String, on grid: SamplingGrid, _ maps: [Map]) {
    precondition(
      !maps.isEmpty && maps.allSatisfy { $0.values.count == grid.count }, "one number a sample")
    self.title = title
    self.grid = grid
    self.maps = maps
  }
}
