internal import Tensors

/// What the reverse pass needs of a normalisation.
struct NormMemory<Scalar: TransformerScalar>: Sendable {
  /// The rows less their mean, over their deviation; `[rows, width]`.
  let normalized: AlignedBuffer<Scalar>

  /// One over the deviation of each row.
  let inverses: AlignedBuffer<Scalar>

  init(rows: Int, width: Int) {
    normalized = AlignedBuffer(count: rows * width, repeating: 0)
    inverses = AlignedBuffer(count: rows, repeating: 0)
  }
}

extension TransformerLayout.Norm {
  /// `y = (x − mean x) / √(var x + ε) · scale + shift`, row by row; Ba, Kiros & Hinton (2016),
  /// [doi:10.48550/arXiv.1607.06450](https://doi.org/10.48550/arXiv.1607.06450).
  ///
  /// - Parameters:
  ///   - x: `[rows, width]`.
  ///   - rows: Number of rows.
  ///   - width: Numbers in a row.
  ///   - epsilon: ε.
  ///   - parameters: The flat parameters.
  ///   - memory: Remembers what the reverse needs.
  ///   - y: Where to write; may be x.
  func apply<Scalar: TransformerScalar>(
    to x: UnsafePointer<Scalar>, rows: Int, width: Int, epsilon: Double,
    parameters: UnsafePointer<Scalar>, memory: NormMemory<Scalar>,
    into y: UnsafeMutablePointer<Scalar>
  ) {
    let (scale, shift) = (parameters + scale, parameters + shift)
    for row in 0..<rows {
      let (source, target) = (x + row * width, y + row * width)
      let normalized = memory.normalized.pointer + row * width
      var mean: Scalar = 0
      for j in 0..<width { mean += source[j] }
      mean /= Scalar(width)
      var variance: Scalar = 0
      for j in 0..<width { variance += (source[j] - mean) * (source[j] - mean) }
      let inverse = 1 / (variance / Scalar(width) + Scalar(epsilon)).squareRoot()
      memory.inverses.pointer[row] = inverse
      for j in 0..<width { normalized[j] = (source[j] - mean) * inverse }
      for j in 0..<width { target[j] = normalized[j] * scale[j] + shift[j] }
    }
  }

  /// The reverse of ``apply(to:rows:width:epsilon:parameters:memory:into:)``.
  ///
  /// - Parameters:
  ///   - adjoint: Derivatives by y, which become those by x.
  ///   - rows: Number of rows.
  ///   - width: Numbers in a row.
  ///   - parameters: The flat parameters.
  ///   - memory: What was remembered.
  ///   - gradient: Receives the derivatives by scale and shift, added.
  func reverse<Scalar: TransformerScalar>(
    _ adjoint: UnsafeMutablePointer<Scalar>, rows: Int, width: Int,
    parameters: UnsafePointer<Scalar>, memory: NormMemory<Scalar>,
    gradient: UnsafeMutablePointer<Scalar>
  ) {
    let factors = parameters + scale
    let (scales, shifts) = (gradient + scale, gradient + shift)
    for row in 0..<rows {
      let values = adjoint + row * width
      let normalized = memory.normalized.pointer + row * width
      for j in 0..<width { scales[j] += values[j] * normalized[j] }
      for j in 0..<width { shifts[j] += values[j] }
      for j in 0..<width { values[j] *= factors[j] }
      var mean: Scalar = 0
      var slope: Scalar = 0
      for j in 0..<width {
        mean += values[j]
        slope += values[j] * normalized[j]
      }
      mean /= Scalar(width)
      slope /= Scalar(width)
      let inverse = memory.inverses.pointer[row]
      for j in 0..<width { values[j] = inverse * (values[j] - mean - normalized[j] * slope) }
    }
  }
}
