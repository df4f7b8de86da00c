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

  /// Jets through a function, `units` times `[channels, points]`.
  static func activate(
    _ function: ElementwiseFunction, plan: JetPlan, units: Int, points: Int, z: UnsafePointer<Self>,
    a: UnsafeMutablePointer<Self>)

  /// The reverse of `activate`, in place over the adjoint.
  static func activateReverse(
    _ function: ElementwiseFunction, plan: JetPlan, units: Int, points: Int, z: UnsafePointer<Self>,
    a: UnsafePointer<Self>, adjoint: UnsafeMutablePointer<Self>)

  /// `out += left · right` for `units` pairs of jets; steps count units.
  static func multiplyJets(
    plan: JetPlan, units: Int, points: Int, left: UnsafePointer<Self>, leftStep: Int,
    right: UnsafePointer<Self>, rightStep: Int, to out: UnsafeMutablePointer<Self>, step: Int)

  /// The reverse of `multiplyJets` by one factor: adds to its adjoint, given the other factor.
  static func multiplyJetsReverse(
    plan: JetPlan, units: Int, points: Int, adjoint: UnsafePointer<Self>, adjointStep: Int,
    factor: UnsafePointer<Self>, factorStep: Int, to out: UnsafeMutablePointer<Self>, step: Int)

  /// `target[i, j] = factors[i] · source[i, j]`, added to what is there if `accumulate`.
  static func scaleRows(
    rows: Int, columns: Int, factors: UnsafePointer<Self>, source: UnsafePointer<Self>,
    accumulate: Bool, to target: UnsafeMutablePointer<Self>)

  /// `sums[i] += Σⱼ a[i, j] · b[i, j]`.
  static func addRowDots(
    rows: Int, columns: Int, _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>,
    to sums: UnsafeMutablePointer<Self>)

  /// Derivatives of one residual per point by a layer's weights and biases.
  static func layerJacobian(
    channels: Int, outputs: Int, inputs: Int, points: Int, adjoint: UnsafePointer<Self>,
    input: UnsafePointer<Self>, weights: UnsafeMutablePointer<Self>,
    biases: UnsafeMutablePointer<Self>, stride: Int)
}
