import CVectorMath

/// Normal equations of a fit: Gram matrix [parameters, parameters], descent [parameters], sum of squares.
struct NormalEquations: Equatable {
  var gram: [Double]
  var descent: [Double]
  var squares: Double
}

/// The expression kernels of one element type, called with arrays.
protocol ExpressionKernels: BinaryFloatingPoint, Sendable {
  static var roundoff: Double { get }

  static func evaluate(
    _ program: Program, columns: [[Self]], level: Level, block: Int, reusingSlots: Bool
  ) -> [Self]

  /// Value, and derivatives [parameter][row].
  static func jacobian(
    _ program: Program, columns: [[Self]], level: Level, block: Int
  ) -> (value: [Self], jacobian: [[Self]])

  static func normalEquations(
    _ program: Program, columns: [[Self]], targets: [Self], weights: [Self]?, level: Level,
    block: Int
  ) -> NormalEquations

  static func moments(_ x: [Self], _ y: [Self], level: Level) -> limbeck_moments

  static func lineResidual(
    _ x: [Self], _ y: [Self], intercept: Double, slope: Double, level: Level
  ) -> Double
}

/// Pointers to the rows of columns, for as long as `body` runs.
func withColumns<Scalar, Result>(
  _ columns: [[Scalar]], _ body: (UnsafePointer<UnsafePointer<Scalar>>?) -> Result
) -> Result {
  let copies = columns.map { column in
    let copy = UnsafeMutablePointer<Scalar>.allocate(capacity: max(1, column.count))
    copy.initialize(from: column, count: column.count)
    return copy
  }
  defer { for copy in copies { copy.deallocate() } }
  return copies.map { UnsafePointer($0) }.withUnsafeBufferPointer { body($0.baseAddress) }
}
