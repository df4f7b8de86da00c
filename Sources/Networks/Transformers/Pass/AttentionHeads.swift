internal import Tensors

/// Scaled dot-product attention of all heads of a layer, sequence by sequence.
///
/// Position i of a head with queries q, keys k and values v of d dimensions receives
/// `Σⱼ Aᵢⱼ vⱼ`, `A = softmaxⱼ(qᵢ · kⱼ / √d)`, the sum over all positions or, in a causal transformer, over
/// those up to i. Queries, keys and values of a position lie side by side, `[rows, 3 width]`.
struct AttentionHeads {
  let heads: Int
  let headWidth: Int
  let length: Int
  let isCausal: Bool

  private var width: Int { heads * headWidth }

  private func scale<Scalar: TransformerScalar>() -> Scalar { 1 / Scalar(headWidth).squareRoot() }

  /// Number of positions that a position attends to: the first ones.
  private func reach(of position: Int) -> Int { isCausal ? position + 1 : length }

  /// Lets all positions attend.
  ///
  /// - Parameters:
  ///   - projections: Queries, keys and values.
  ///   - sequences: Number of sequences.
  ///   - patterns: Receives A, `[sequences, heads, length, length]`.
  ///   - mixed: Receives the sums, `[rows, width]`.
  func mix<Scalar: TransformerScalar>(
    _ projections: UnsafePointer<Scalar>, sequences: Int,
    patterns: UnsafeMutablePointer<Scalar>, into mixed: UnsafeMutablePointer<Scalar>
  ) {
    let scale: Scalar = scale()
    for sequence in 0..<sequences {
      for head in 0..<heads {
        let queries = projections + sequence * length * 3 * width + head * headWidth
        let pattern = patterns + (sequence * heads + head) * length * length
        Scalar.gemm(
          transposeA: false, transposeB: true, m: length, n: length, k: headWidth, alpha: scale,
          a: queries, lda: 3 * width, b: queries + width, ldb: 3 * width, beta: 0, c: pattern,
          ldc: length)
        for position in 0..<length { normalize(pattern + position * length, reach(of: position)) }
        Scalar.gemm(
          transposeA: false, transposeB: false, m: length, n: headWidth, k: length, alpha: 1,
          a: pattern, lda: length, b: queries + 2 * width, ldb: 3 * width, beta: 0,
          c: mixed + sequence * length * width + head * headWidth, ldc: width)
      }
    }
  }

  /// The softmax of the first scores of a row; zero for the others.
  private func normalize<Scalar: TransformerScalar>(
    _ row: UnsafeMutablePointer<Scalar>, _ reach: Int
  ) {
    var greatest = row[0]
    for j in 1..<max(1, reach) { greatest = max(greatest, row[j]) }
    for j in 0..<reach { row[j] -= greatest }
    Scalar.exponentials(row, count: reach)
    var sum: Scalar = 0
    for j in 0..<reach { sum += row[j] }
    for j in 0..<reach { row[j] /= sum }
    for j in reach..<length { row[j] = 0 }
  }

  /// The reverse of ``mix(_:sequences:patterns:into:)``.
  ///
  /// - Parameters:
  ///   - adjoint: Derivatives by the sums.
  ///   - projections: Queries, keys and values.
  ///   - sequences: Number of sequences.
  ///   - patterns: A.
  ///   - scratch: Room for two rows of length numbers for each position, `[length, length]`.
  ///   - result: Receives the derivatives by queries, keys and values.
  func reverse<Scalar: TransformerScalar>(
    _ adjoint: UnsafePointer<Scalar>, projections: UnsafePointer<Scalar>, sequences: Int,
    patterns: UnsafePointer<Scalar>, scratch: UnsafeMutablePointer<Scalar>,
    into result: UnsafeMutablePointer<Scalar>
  ) {
    let scale: Scalar = scale()
    for sequence in 0..<sequences {
      for head in 0..<heads {
        let place = sequence * length * 3 * width + head * headWidth
        let (queries, queryAdjoint) = (projections + place, result + place)
        let pattern = patterns + (sequence * heads + head) * length * length
        let sums = adjoint + sequence * length * width + head * headWidth
        // By the pattern, then by the scores, both in the scratch.
        Scalar.gemm(
          transposeA: false, transposeB: true, m: length, n: length, k: headWidth, alpha: 1,
          a: sums, lda: width, b: queries + 2 * width, ldb: 3 * width, beta: 0, c: scratch,
          ldc: length)
        Scalar.gemm(
          transposeA: true, transposeB: false, m: length, n: headWidth, k: length, alpha: 1,
          a: pattern, lda: length, b: sums, ldb: width, beta: 0, c: queryAdjoint + 2 * width,
          ldc: 3 * width)
        for position in 0..<length {
          let (weights, row) = (pattern + position * length, scratch + position * length)
          var mean: Scalar = 0
          for j in 0..<length { mean += weights[j] * row[j] }
          for j in 0..<length { row[j] = weights[j] * (row[j] - mean) * scale }
        }
        Scalar.gemm(
          transposeA: false, transposeB: false, m: length, n: headWidth, k: length, alpha: 1,
          a: scratch, lda: length, b: queries + width, ldb: 3 * width, beta: 0, c: queryAdjoint,
          ldc: 3 * width)
        Scalar.gemm(
          transposeA: true, transposeB: false, m: length, n: headWidth, k: length, alpha: 1,
          a: scratch, lda: length, b: queries, ldb: 3 * width, beta: 0, c: queryAdjoint + width,
          ldc: 3 * width)
      }
    }
  }
}
