import CVectorMath

/// The projection kernels of one element type, called with arrays.
protocol ProjectionKernels: BinaryFloatingPoint, Sendable {
  static func dot(_ x: [Self], _ y: [Self], level: Level) -> Double

  /// Projects the first `rows` elements of `x` in place; the sums of squares before and after.
  static func project(
    _ x: inout [Self], basis: [Self], count: Int, stride: Int, rows: Int, level: Level
  ) -> (before: Double, left: Double)

  static func residual(
    _ y: [Self], _ columns: [[Self]], factors: [Double], level: Level
  ) -> (values: [Self], squares: Double)
}

extension Float: ProjectionKernels {
  private static func projections(at level: Level) -> limbeck_projections_f32 {
    guard let table = limbeck_projections_f32_at(level.rawValue) else {
      preconditionFailure("\(level) is not available on this processor")
    }
    return table.pointee
  }

  static func dot(_ x: [Float], _ y: [Float], level: Level) -> Double {
    projections(at: level).dot(x, y, x.count)
  }

  static func project(
    _ x: inout [Float], basis: [Float], count: Int, stride: Int, rows: Int, level: Level
  ) -> (before: Double, left: Double) {
    var before = Double.nan
    let left = projections(at: level).project(&x, basis, count, stride, rows, &before)
    return (before, left)
  }

  static func residual(
    _ y: [Float], _ columns: [[Float]], factors: [Double], level: Level
  ) -> (values: [Float], squares: Double) {
    var values = [Float](repeating: .nan, count: y.count)
    let squares = withColumns(columns) { columns in
      columns.map {
        projections(at: level).residual(y, $0, factors, factors.count, &values, y.count)
      }
    }
    return (values, squares ?? .nan)
  }
}

extension Double: ProjectionKernels {
  private static func projections(at level: Level) -> limbeck_projections_f64 {
    guard let table = limbeck_projections_f64_at(level.rawValue) else {
      preconditionFailure("\(level) is not available on this processor")
    }
    return table.pointee
  }

  static func dot(_ x: [Double], _ y: [Double], level: Level) -> Double {
    projections(at: level).dot(x, y, x.count)
  }

  static func project(
    _ x: inout [Double], basis: [Double], count: Int, stride: Int, rows: Int, level: Level
  ) -> (before: Double, left: Double) {
    var before = Double.nan
    let left = projections(at: level).project(&x, basis, count, stride, rows, &before)
    return (before, left)
  }

  static func residual(
    _ y: [Double], _ columns: [[Double]], factors: [Double], level: Level
  ) -> (values: [Double], squares: Double) {
    var values = [Double](repeating: .nan, count: y.count)
    let squares = withColumns(columns) { columns in
      columns.map {
        projections(at: level).residual(y, $0, factors, factors.count, &values, y.count)
      }
    }
    return (values, squares ?? .nan)
  }
}
