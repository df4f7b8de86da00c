internal import CVectorMath
public import Tensors

// The loops are written once per concrete type: an unspecialised generic loop over elements is forty
// times slower.

private let matrices = bound(limbeck_matrix_f32_at(kernelLevel))
private let jets = bound(limbeck_jets_f32_at(kernelLevel))

extension Float: NetworkScalar {
  /// Single-precision product; see ``NetworkScalar``.
  public static func multiply(
    rows: Int, columns: Int, inner: Int, a: UnsafePointer<Float>, rowStep: Int, columnStep: Int,
    b: UnsafePointer<Float>, bStride: Int, accumulate: Bool, c: UnsafeMutablePointer<Float>,
    cStride: Int
  ) {
    matrices.multiply(
      rows, columns, inner, a, rowStep, columnStep, b, bStride, accumulate ? 1 : 0, c, cStride)
  }

  /// Single-precision product with a transpose; see ``NetworkScalar``.
  public static func multiplyTransposed(
    rows: Int, others: Int, columns: Int, a: UnsafePointer<Float>, b: UnsafePointer<Float>,
    c: UnsafeMutablePointer<Float>
  ) {
    matrices.multiply_transposed(rows, others, columns, a, columns, b, columns, c, others)
  }

  /// Single-precision addition of biases; see ``NetworkScalar``.
  public static func addToRows(
    rows: Int, columns: Int, stride: Int, biases: UnsafePointer<Float>,
    to c: UnsafeMutablePointer<Float>
  ) {
    matrices.add_to_rows(rows, columns, stride, biases, c)
  }

  /// Single-precision sums of rows; see ``NetworkScalar``.
  public static func addRowSums(
    rows: Int, columns: Int, stride: Int, a: UnsafePointer<Float>,
    to sums: UnsafeMutablePointer<Float>
  ) {
    matrices.add_row_sums(rows, columns, stride, a, sums)
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
    _ function: ElementwiseFunction, plan: JetPlan, units: Int, points: Int,
    z: UnsafePointer<Float>,
    a: UnsafeMutablePointer<Float>
  ) {
    jets.forward(function.code, plan.kernel, units, points, z, a)
  }

  /// Single-precision reverse activation of jets; see ``NetworkScalar``.
  public static func activateReverse(
    _ function: ElementwiseFunction, plan: JetPlan, units: Int, points: Int,
    z: UnsafePointer<Float>,
    a: UnsafePointer<Float>, adjoint: UnsafeMutablePointer<Float>
  ) {
    jets.reverse(function.code, plan.kernel, units, points, z, a, adjoint)
  }

  /// Single-precision products of jets; see ``NetworkScalar``.
  public static func multiplyJets(
    plan: JetPlan, units: Int, points: Int, left: UnsafePointer<Float>, leftStep: Int,
    right: UnsafePointer<Float>, rightStep: Int, to out: UnsafeMutablePointer<Float>, step: Int
  ) {
    jets.multiply(
      plan.kernel, units, points, left, leftStep, right, rightStep, out, step)
  }

  /// Single-precision reverse of products of jets; see ``NetworkScalar``.
  public static func multiplyJetsReverse(
    plan: JetPlan, units: Int, points: Int, adjoint: UnsafePointer<Float>, adjointStep: Int,
    factor: UnsafePointer<Float>, factorStep: Int, to out: UnsafeMutablePointer<Float>, step: Int
  ) {
    jets.multiply_reverse(
      plan.kernel, units, points, adjoint, adjointStep, factor, factorStep, out, step)
  }

  /// Single-precision scaling of rows; see ``NetworkScalar``.
  public static func scaleRows(
    rows: Int, columns: Int, factors: UnsafePointer<Float>, source: UnsafePointer<Float>,
    accumulate: Bool, to target: UnsafeMutablePointer<Float>
  ) {
    for i in 0..<rows {
      for j in i * columns..<(i + 1) * columns {
        target[j] = (accumulate ? target[j] : 0) + factors[i] * source[j]
      }
    }
  }

  /// Single-precision products of rows; see ``NetworkScalar``.
  public static func addRowDots(
    rows: Int, columns: Int, _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
    to sums: UnsafeMutablePointer<Float>
  ) {
    for i in 0..<rows {
      for j in i * columns..<(i + 1) * columns { sums[i] += a[j] * b[j] }
    }
  }

  /// Single-precision Jacobian of a layer; see ``NetworkScalar``.
  public static func layerJacobian(
    channels: Int, outputs: Int, inputs: Int, points: Int, adjoint: UnsafePointer<Float>,
    input: UnsafePointer<Float>, weights: UnsafeMutablePointer<Float>,
    biases: UnsafeMutablePointer<Float>, stride: Int
  ) {
    jets.jacobian(
      channels, outputs, inputs, points, adjoint, input, weights, biases, stride)
  }
}
