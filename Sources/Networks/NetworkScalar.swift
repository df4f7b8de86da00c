internal import CVectorMath
public import Tensors

/// The element types that a network can compute in.
///
/// The requirements mirror the C kernels, which are concrete for each type: generic code pays one
/// call for a whole block of points. Shapes and layouts are documented with the kernels, in
/// `matrix_products.h` and `jets.h`.
public protocol NetworkScalar: TensorScalar {
  /// `c = β c + a b`, element (i, l) of `a` at `i * rowStep + l * columnStep`.
  static func multiply(
    rows: Int, columns: Int, inner: Int, a: UnsafePointer<Self>, rowStep: Int, columnStep: Int,
    b: UnsafePointer<Self>, bStride: Int, accumulate: Bool, c: UnsafeMutablePointer<Self>,
    cStride: Int)

  /// `c += a bᵀ`, `a` of shape `[rows, columns]`, `b` of shape `[others, columns]`.
  static func multiplyTransposed(
    rows: Int, others: Int, columns: Int, a: UnsafePointer<Self>, b: UnsafePointer<Self>,
    c: UnsafeMutablePointer<Self>)

  /// Adds `biases[i]` to the first `columns` elements of row i.
  static func addToRows(
    rows: Int, columns: Int, stride: Int, biases: UnsafePointer<Self>,
    to c: UnsafeMutablePointer<Self>)

  /// Adds the sum of the first `columns` elements of row i to `sums[i]`.
  static func addRowSums(
    rows: Int, columns: Int, stride: Int, a: UnsafePointer<Self>,
    to sums: UnsafeMutablePointer<Self>)

  /// `target = source`, converted.
  static func narrow(
    _ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Self>, count: Int)

  /// `target += source`, converted.
  static func addNarrowed(
    _ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Self>, count: Int)

  /// `target = source`, converted.
  static func widen(
    _ source: UnsafePointer<Self>, to target: UnsafeMutablePointer<Double>, count: Int)

  /// `target += source`, converted.
  static func addWidened(
    _ source: UnsafePointer<Self>, to target: UnsafeMutablePointer<Double>, count: Int)

  /// Jets through an activation, `units` times `[channels, points]`.
  static func activate(
    _ activation: Activation, plan: JetPlan, units: Int, points: Int, z: UnsafePointer<Self>,
    a: UnsafeMutablePointer<Self>)

  /// The reverse of `activate`, in place over the adjoint.
  static func activateReverse(
    _ activation: Activation, plan: JetPlan, units: Int, points: Int, z: UnsafePointer<Self>,
    a: UnsafePointer<Self>, adjoint: UnsafeMutablePointer<Self>)

  /// Derivatives of one residual per point by a layer's weights and biases.
  static func layerJacobian(
    channels: Int, outputs: Int, inputs: Int, points: Int, adjoint: UnsafePointer<Self>,
    input: UnsafePointer<Self>, weights: UnsafeMutablePointer<Self>,
    biases: UnsafeMutablePointer<Self>, stride: Int)
}

// A level that InstructionSet offers has all tables, so a missing one is a mistake of this package.
private func bound<Table>(_ table: UnsafePointer<Table>?) -> Table {
  guard let table else { preconditionFailure("the kernels lack an instruction set they promised") }
  return table.pointee
}

// Loops below are written once per concrete type: an unspecialised generic loop over elements is
// forty times slower.

private let level = Int32(InstructionSet.current.rawValue)
private let floatMatrices = bound(limbeck_matrix_f32_at(level))
private let floatJets = bound(limbeck_jets_f32_at(level))
private let doubleMatrices = bound(limbeck_matrix_f64_at(level))
private let doubleJets = bound(limbeck_jets_f64_at(level))

extension Float: NetworkScalar {
  /// Single-precision product; see ``NetworkScalar``.
  public static func multiply(
    rows: Int, columns: Int, inner: Int, a: UnsafePointer<Float>, rowStep: Int, columnStep: Int,
    b: UnsafePointer<Float>, bStride: Int, accumulate: Bool, c: UnsafeMutablePointer<Float>,
    cStride: Int
  ) {
    floatMatrices.multiply(
      rows, columns, inner, a, rowStep, columnStep, b, bStride, accumulate ? 1 : 0, c, cStride)
  }

  /// Single-precision product with a transpose; see ``NetworkScalar``.
  public static func multiplyTransposed(
    rows: Int, others: Int, columns: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>
  ) {
    floatMatrices.multiply_transposed(rows, others, columns, a, columns, b, columns, c, others)
  }

  /// Single-precision addition of biases; see ``NetworkScalar``.
  public static func addToRows(
    rows: Int, columns: Int, stride: Int, biases: UnsafePointer<Float>,
    to c: UnsafeMutablePointer<Float>
  ) {
    floatMatrices.add_to_rows(rows, columns, stride, biases, c)
  }

  /// Single-precision sums of rows; see ``NetworkScalar``.
  public static func addRowSums(
    rows: Int, columns: Int, stride: Int, a: UnsafePointer<Float>,
    to sums: UnsafeMutablePointer<Float>
  ) {
    floatMatrices.add_row_sums(rows, columns, stride, a, sums)
  }

  /// Conversion from Double; see ``NetworkScalar``.
  public static func narrow(
    _ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Float>, count: Int
  ) {
    for i in 0..<count { target[i] = Float(source[i]) }
  }

  /// Sum converted from Double; see ``NetworkScalar``.
  public static func addNarrowed(
    _ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Float>, count: Int
  ) {
    for i in 0..<count { target[i] += Float(source[i]) }
  }

  /// Conversion to Double; see ``NetworkScalar``.
  public static func widen(
    _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Double>, count: Int
  ) {
    for i in 0..<count { target[i] = Double(source[i]) }
  }

  /// Sum converted to Double; see ``NetworkScalar``.
  public static func addWidened(
    _ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Double>, count: Int
  ) {
    for i in 0..<count { target[i] += Double(source[i]) }
  }

  /// Single-precision activation of jets; see ``NetworkScalar``.
  public static func activate(
    _ activation: Activation, plan: JetPlan, units: Int, points: Int, z: UnsafePointer<Float>,
    a: UnsafeMutablePointer<Float>
  ) {
    floatJets.forward(activation.code, plan.kernel, units, points, z, a)
  }

  /// Single-precision reverse activation of jets; see ``NetworkScalar``.
  public static func activateReverse(
    _ activation: Activation, plan: JetPlan, units: Int, points: Int, z: UnsafePointer<Float>,
    a: UnsafePointer<Float>, adjoint: UnsafeMutablePointer<Float>
  ) {
    floatJets.reverse(activation.code, plan.kernel, units, points, z, a, adjoint)
  }

  /// Single-precision Jacobian of a layer; see ``NetworkScalar``.
  public static func layerJacobian(
    channels: Int, outputs: Int, inputs: Int, points: Int, adjoint: UnsafePointer<Float>,
    input: UnsafePointer<Float>, weights: UnsafeMutablePointer<Float>,
    biases: UnsafeMutablePointer<Float>, stride: Int
  ) {
    floatJets.jacobian(
      channels, outputs, inputs, points, adjoint, input, weights, biases, stride)
  }
}

extension Double: NetworkScalar {
  /// Double-precision product; see ``NetworkScalar``.
  public static func multiply(
    rows: Int, columns: Int, inner: Int, a: UnsafePointer<Double>, rowStep: Int, columnStep: Int,
    b: UnsafePointer<Double>, bStride: Int, accumulate: Bool, c: UnsafeMutablePointer<Double>,
    cStride: Int
  ) {
    doubleMatrices.multiply(
      rows, columns, inner, a, rowStep, columnStep, b, bStride, accumulate ? 1 : 0, c, cStride)
  }

  /// Double-precision product with a transpose; see ``NetworkScalar``.
  public static func multiplyTransposed(
    rows: Int, others: Int, columns: Int, a: UnsafePointer<Double>, b: UnsafePointer<Double>,
    c: UnsafeMutablePointer<Double>
  ) {
    doubleMatrices.multiply_transposed(rows, others, columns, a, columns, b, columns, c, others)
  }

  /// Double-precision addition of biases; see ``NetworkScalar``.
  public static func addToRows(
    rows: Int, columns: Int, stride: Int, biases: UnsafePointer<Double>,
    to c: UnsafeMutablePointer<Double>
  ) {
    doubleMatrices.add_to_rows(rows, columns, stride, biases, c)
  }

  /// Double-precision sums of rows; see ``NetworkScalar``.
  public static func addRowSums(
    rows: Int, columns: Int, stride: Int, a: UnsafePointer<Double>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    doubleMatrices.add_row_sums(rows, columns, stride, a, sums)
  }

  /// Conversion from Double; see ``NetworkScalar``.
  public static func narrow(
    _ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>, count: Int
  ) {
    for i in 0..<count { target[i] = Double(source[i]) }
  }

  /// Sum converted from Double; see ``NetworkScalar``.
  public static func addNarrowed(
    _ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>, count: Int
  ) {
    for i in 0..<count { target[i] += Double(source[i]) }
  }

  /// Conversion to Double; see ``NetworkScalar``.
  public static func widen(
    _ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>, count: Int
  ) {
    for i in 0..<count { target[i] = Double(source[i]) }
  }

  /// Sum converted to Double; see ``NetworkScalar``.
  public static func addWidened(
    _ source: UnsafePointer<Double>, to target: UnsafeMutablePointer<Double>, count: Int
  ) {
    for i in 0..<count { target[i] += Double(source[i]) }
  }

  /// Double-precision activation of jets; see ``NetworkScalar``.
  public static func activate(
    _ activation: Activation, plan: JetPlan, units: Int, points: Int, z: UnsafePointer<Double>,
    a: UnsafeMutablePointer<Double>
  ) {
    doubleJets.forward(activation.code, plan.kernel, units, points, z, a)
  }

  /// Double-precision reverse activation of jets; see ``NetworkScalar``.
  public static func activateReverse(
    _ activation: Activation, plan: JetPlan, units: Int, points: Int, z: UnsafePointer<Double>,
    a: UnsafePointer<Double>, adjoint: UnsafeMutablePointer<Double>
  ) {
    doubleJets.reverse(activation.code, plan.kernel, units, points, z, a, adjoint)
  }

  /// Double-precision Jacobian of a layer; see ``NetworkScalar``.
  public static func layerJacobian(
    channels: Int, outputs: Int, inputs: Int, points: Int, adjoint: UnsafePointer<Double>,
    input: UnsafePointer<Double>, weights: UnsafeMutablePointer<Double>,
    biases: UnsafeMutablePointer<Double>, stride: Int
  ) {
    doubleJets.jacobian(
      channels, outputs, inputs, points, adjoint, input, weights, biases, stride)
  }
}
