internal import Tensors

/// `y = (x − μ) A` and its inverse `x = μ + y A⁻¹`, fitted to samples.
struct AffineMap: Sendable, Equatable {
  /// μ.
  let mean: [Double]

  /// A, `[width, width]`.
  let forward: Matrix<Double>

  /// A⁻¹.
  let backward: Matrix<Double>

  /// The smallest standard deviation that counts, beside the largest.
  private static let flattest = 1e-3

  init(mean: [Double], forward: Matrix<Double>, backward: Matrix<Double>) {
    self.mean = mean
    self.forward = forward
    self.backward = backward
  }

  /// Fits a map.
  ///
  /// - Parameters:
  ///   - normalization: What the map is to do.
  ///   - samples: What it is fitted to, `[samples, width]`.
  /// - Throws: ``LinearAlgebraError`` if the covariance has no decomposition.
  init(_ normalization: Normalization, fittedTo samples: Matrix<Float>) throws(LinearAlgebraError) {
    let (count, width) = (samples.rows, samples.columns)
    var mean = [Double](repeating: 0, count: width)
    samples.addColumns(to: &mean)
    for i in 0..<width { mean[i] /= Double(count) }
    var centred = Matrix<Double>(
      rows: count, columns: width, elements: samples.elements.map(Double.init))
    let isCentred = normalization == .standardized || normalization == .whitened
    centred.withUnsafeMutablePointer { pointer in
      guard isCentred else { return }
      for row in 0..<count { for i in 0..<width { pointer[row * width + i] -= mean[i] } }
    }
    var moments = centred.gram
    moments.withUnsafeMutablePointer { for i in 0..<width * width { $0[i] /= Double(count) } }
    let variances = (0..<width).map { moments[$0, $0] }

    self.mean = isCentred ? mean : Array(repeating: 0, count: width)
    switch normalization {
    case .none:
      (forward, backward) = Self.diagonal(Array(repeating: 1, count: width))
    case .meanNorm:
      let scale = (variances.reduce(0, +) / Double(width)).squareRoot()
      (forward, backward) = Self.diagonal(
        Array(repeating: scale > 0 ? 1 / scale : 1, count: width))
    case .standardized:
      let floor = Self.flattest * (variances.max() ?? 0).squareRoot()
      (forward, backward) = Self.diagonal(
        variances.map { floor > 0 ? 1 / max(floor, $0.squareRoot()) : 1 })
    case .whitened:
      let decomposition = try SingularValueDecomposition(moments)
      let deviations = decomposition.values.map { $0.squareRoot() }
      let floor = Self.flattest * (deviations.first ?? 0)
      let scales = deviations.map { floor > 0 ? 1 / max(floor, $0) : 1 }
      // The symmetric root: a whitened sample stays as close to the sample as it can.
      let axes = decomposition.rightTransposed
      let (stretch, shrink) = Self.diagonal(scales)
      forward = axes.transposed * stretch * axes
      backward = axes.transposed * shrink * axes
    }
  }

  private static func diagonal(_ scales: [Double]) -> (Matrix<Double>, Matrix<Double>) {
    var (forward, backward) = (
      Matrix<Double>(rows: scales.count, columns: scales.count),
      Matrix<Double>(rows: scales.count, columns: scales.count)
    )
    for (i, scale) in scales.enumerated() {
      forward[i, i] = scale
      backward[i, i] = 1 / scale
    }
    return (forward, backward)
  }

  /// Maps samples.
  func apply(to samples: inout Matrix<Float>) {
    let (count, width) = (samples.rows, samples.columns)
    var centred = samples
    centred.withUnsafeMutablePointer { pointer in
      for row in 0..<count {
        for i in 0..<width { pointer[row * width + i] -= Float(mean[i]) }
      }
    }
    samples = centred * Self.single(forward)
  }

  static func single(_ matrix: Matrix<Double>) -> Matrix<Float> {
    Matrix<Float>(
      rows: matrix.rows, columns: matrix.columns, elements: matrix.elements.map(Float.init))
  }

  static func double(_ matrix: Matrix<Float>) -> Matrix<Double> {
    Matrix<Double>(
      rows: matrix.rows, columns: matrix.columns, elements: matrix.elements.map(Double.init))
  }
}
