internal import CVectorMath
public import Tensors

// The loops are written once per concrete type: an unspecialised generic loop over elements is forty
// times slower.

private let matrices = bound(limbeck_matrix_f64_at(kernelLevel))
private let jets = bound(limbeck_jets_f64_at(kernelLevel))

extension Double: NetworkScalar {
  /// Double-precision product; see ``NetworkScalar``.
  public static func multiply(
    rows: Int, columns: Int, inner: Int, a: UnsafePointer<Double>, rowStep: Int, columnStep: Int,
    b: UnsafePointer<Double>, bStride: Int, accumulate: Bool, c: UnsafeMutablePointer<Double>,
    cStride: Int
  ) {
    matrices.multiply(
      rows, columns, inner, a, rowStep, columnStep, b, bStride, accumulate ? 1 : 0, c, cStride)
  }

  /// Double-precision product with a transpose; see ``NetworkScalar``.
  public static func multiplyTransposed(
    rows: Int, others: Int, columns: Int, a: UnsafePointer<Double>, b: UnsafePointer<Double>,
    c: UnsafeMutablePointer<Double>
  ) {
    matrices.multiply_transposed(rows, others, columns, a, columns, b, columns, c, others)
  }

  /// Double-precision addition of biases; see ``NetworkScalar``.
  public static func addToRows(
    rows: Int, columns: Int, stride: Int, biases: UnsafePointer<Double>,
    to c: UnsafeMutablePointer<Double>
  ) {
    matrices.add_to_rows(rows, columns, stride, biases, c)
  }

  /// Double-precision sums of rows; see ``NetworkScalar``.
  public static func addRowSums(
    rows: Int, columns: Int, stride: Int, a: UnsafePointer<Double>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    matrices.add_row_sums(rows, columns, stride, a, sums)
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
    _ function: ElementwiseFunction, plan: JetPlan, units: Int, points: Int,
    z: UnsafePointer<Double>,
    a: UnsafeMutablePointer<Double>
  ) {
    jets.forward(function.code, plan.kernel, units, points, z, a)
  }

  /// Double-precision reverse activation of jets; see ``NetworkScalar``.
  public static func activateReverse(
    _ function: ElementwiseFunction, plan: JetPlan, units: Int, points: Int,
    z: UnsafePointer<Double>,
    a: UnsafePointer<Double>, adjoint: UnsafeMutablePointer<Double>
  ) {
    jets.reverse(function.code, plan.kernel, units, points, z, a, adjoint)
  }

  /// Double-precision products of jets; see ``NetworkScalar``.
  public static func multiplyJets(
    plan: JetPlan, units: Int, points: Int, left: UnsafePointer<Double>, leftStep: Int,
    right: UnsafePointer<Double>, rightStep: Int, to out: UnsafeMutablePointer<Double>, step: Int
  ) {
    jets.multiply(
      plan.kernel, units, points, left, leftStep, right, rightStep, out, step)
  }

  /// Double-precision reverse of products of jets; see ``NetworkScalar``.
  public static func multiplyJetsReverse(
    plan: JetPlan, units: Int, points: Int, adjoint: UnsafePointer<Double>, adjointStep: Int,
    factor: UnsafePointer<Double>, factorStep: Int, to out: UnsafeMutablePointer<Double>, step: Int
  ) {
    jets.multiply_reverse(
      plan.kernel, units, points, adjoint, adjointStep, factor, factorStep, out, step)
  }

  /// Double-precision scaling of rows; see ``NetworkScalar``.
  public static func scaleRows(
    rows: Int, columns: Int, factors: UnsafePointer<Double>, source: UnsafePointer<Double>,
    accumulate: Bool, to target: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<rows {
      for j in i * columns..<(i + 1) * columns {
        target[j] = (accumulate ? target[j] : 0) + factors[i] * source[j]
      }
    }
  }

  /// Double-precision products of rows; see ``NetworkScalar``.
  public static func addRowDots(
    rows: Int, columns: Int, _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>,
    to sums: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<rows {
      for j in i * columns..<(i + 1) * columns { sums[i] += a[j] * b[j] }
    }
  }

  /// Double-precision Jacobian of a layer; see ``NetworkScalar``.
  public static func layerJacobian(
    channels: Int, outputs: Int, inputs: Int, points: Int, adjoint: UnsafePointer<Double>,
    input: UnsafePointer<Double>, weights: UnsafeMutablePointer<Double>,
    biases: UnsafeMutablePointer<Double>, stride: Int
  ) {
    jets.jacobian(
      channels, outputs, inputs, points, adjoint, input, weights, biases, stride)
  }
}
