internal import CVectorMath
internal import Tensors

/// Takes out of columns what a fit supplies for free, and multiplies columns so that weighted rows
/// become equal ones.
///
/// What is free is spanned by the columns of a basis: a constant, and in the logarithmic form the
/// logarithms of the variables too. Inner products of projected columns are those of a least-squares
/// fit that has the basis beside them, so that no fit needs it as unknowns: the theorem of Frisch,
/// Waugh and Lovell ([doi:10.2307/1907330](https://doi.org/10.2307/1907330)).
package struct Projection: Sendable {
  private let rows: Int
  private let stride: Int
  private let count: Int
  private let basis: AlignedBuffer<Float>
  private let roots: AlignedBuffer<Float>?

  /// The indices of the free columns that do not depend on earlier ones.
  let independent: [Int]

  private static let kernels: limbeck_projections_f32 = {
    guard let table = limbeck_projections_f32_at(Int32(InstructionSet.current.rawValue)) else {
      preconditionFailure("the current instruction set has no projection kernels")
    }
    return table.pointee
  }()

  /// Prepares for the rows of a search.
  ///
  /// - Parameters:
  ///   - rows: The rows.
  ///   - columns: What is free, of shape `[columns, rows]`; orthonormalised here in Double.
  init(_ rows: RowBlock<Float>, free columns: [[Double]]) {
    let n = rows.count
    self.rows = n
    stride = (n + 15) / 16 * 16
    roots = rows.weights.map { weights in
      let buffer = AlignedBuffer<Float>(count: n, repeating: 0)
      for row in 0..<n { buffer.pointer[row] = weights.pointer[row].squareRoot() }
      return buffer
    }
    var members: [[Double]] = []
    var independent: [Int] = []
    for (index, column) in columns.enumerated() {
      var member = column
      if let roots { for row in 0..<n { member[row] *= Double(roots.pointer[row]) } }
      let length = Self.length(member)
      Self.orthogonalise(&member, against: members)
      let rest = Self.length(member)
      // What depends on the others adds nothing.
      guard rest > 1e-6 * length, rest > 0 else { continue }
      members.append(member.map { $0 / rest })
      independent.append(index)
    }
    self.independent = independent
    count = members.count
    basis = AlignedBuffer(count: max(1, count) * stride, repeating: 0)
    for (k, member) in members.enumerated() {
      for row in 0..<n { basis.pointer[k * stride + row] = Float(member[row]) }
    }
  }

  /// Projects a column in place.
  ///
  /// - Returns: The sum of squares that is left, and that there was.
  @discardableResult
  func callAsFunction(
    _ column: UnsafeMutablePointer<Float>
  ) -> (left: Double, total: Double) {
    if let roots { for row in 0..<rows { column[row] *= roots.pointer[row] } }
    var total = 0.0
    let left = Self.kernels.project(column, basis.pointer, count, stride, rows, &total)
    return (left, total)
  }

  /// The inner product of two projected columns.
  func product(_ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>) -> Double {
    Self.kernels.dot(x, y, rows)
  }

  /// Takes the component along a unit column out of another.
  ///
  /// - Returns: The component.
  func removeComponent(
    along unit: UnsafePointer<Float>, from column: UnsafeMutablePointer<Float>
  ) -> Double {
    let component = Self.kernels.dot(unit, column, rows)
    let factor = Float(component)
    for row in 0..<rows { column[row] -= factor * unit[row] }
    return component
  }

  /// `residual = target − Σ factors[k] columns[k]`, and its sum of squares.
  func residual(
    of target: UnsafePointer<Float>, _ columns: UnsafePointer<UnsafeMutablePointer<Float>>,
    factors: UnsafePointer<Double>, count: Int, into residual: UnsafeMutablePointer<Float>
  ) -> Double {
    columns.withMemoryRebound(to: UnsafePointer<Float>.self, capacity: count) {
      Self.kernels.residual(target, $0, factors, count, residual, rows)
    }
  }

  private static func length(_ column: [Double]) -> Double {
    column.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  // Twice is enough: the second pass removes what rounding left of the first.
  private static func orthogonalise(_ column: inout [Double], against members: [[Double]]) {
    for _ in 0..<2 {
      for member in members {
        var overlap = 0.0
        for row in column.indices { overlap += member[row] * column[row] }
        for row in column.indices { column[row] -= overlap * member[row] }
      }
    }
  }
}
