/// What dimensional analysis knows of the value of a subtree.
struct Quantity: Sendable {
  /// The dimension, if it is not free.
  var dimension: Dimension

  /// Whether the value may carry any dimension, as a free constant may.
  var isFree: Bool

  /// The value, if the subtree is a number; NaN otherwise.
  var number: Double

  /// A quantity of a dimension.
  init(_ dimension: Dimension, number: Double = .nan) {
    self.dimension = dimension
    isFree = false
    self.number = number
  }

  /// A quantity that may have any dimension.
  static let free = {
    var quantity = Quantity(.none)
    quantity.isFree = true
    return quantity
  }()

  /// A number that stands in a formula.
  ///
  /// - Parameters:
  ///   - number: The number.
  ///   - isFree: Whether it may carry any dimension.
  /// - Returns: The quantity; zero is zero metres as well as zero seconds.
  static func constant(_ number: Double, isFree: Bool) -> Quantity {
    isFree || number == 0 ? .free : Quantity(.none, number: number)
  }

  /// A pure number.
  static let pure = Quantity(.none)

  /// Whether the quantity may be a pure number.
  var mayBePure: Bool { isFree || dimension.isNone }
}
