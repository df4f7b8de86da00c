/// A unit of measurement: how many SI base units of which dimension it is.
///
/// ```swift
/// let speed = try Unit(parsing: "km/h")     // 0.2777… m/s
/// let energy = try Unit(parsing: "kg m^2/s^2") == Unit(parsing: "J")
/// ```
public struct Unit: Hashable, Sendable {
  /// The number of coherent SI units in one of this unit: 1000 for `km`.
  public let scale: Double

  /// The kind of quantity.
  public let dimension: Dimension

  /// A unit of a size and a dimension.
  ///
  /// - Parameters:
  ///   - scale: The number of coherent SI units in it.
  ///   - dimension: The kind of quantity.
  public init(scale: Double = 1, _ dimension: Dimension) {
    self.scale = scale
    self.dimension = dimension
  }

  /// The unit of pure numbers.
  public static let one = Unit(.none)

  /// The product of two units.
  public static func * (a: Unit, b: Unit) -> Unit {
    Unit(scale: a.scale * b.scale, a.dimension * b.dimension)
  }

  /// The quotient of two units.
  public static func / (a: Unit, b: Unit) -> Unit {
    Unit(scale: a.scale / b.scale, a.dimension / b.dimension)
  }
}
