internal import Foundation
public import Tensors

extension LinearDictionary {
  /// Directions along which the samples are as far from normal, and so as independent, as can be.
  ///
  /// FastICA with all components at once: whitened samples z and the fixed-point step
  ///
  /// ```
  /// w ← E[z tanh(w·z)] − E[1 − tanh²(w·z)] w,   W ← (W Wᵀ)^(−1/2) W
  /// ```
  ///
  /// Hyvärinen (1999), [doi:10.1109/72.761722](https://doi.org/10.1109/72.761722).
  ///
  /// - Parameters:
  ///   - samples: What they are the components of, `[samples, width]`.
  ///   - count: How many; at most the number of principal components that vary.
  ///   - seed: Where the iteration begins.
  ///   - iterations: Most steps.
  /// - Returns: Components scaled to variance one.
  /// - Throws: `LinearAlgebraError` if a matrix has no decomposition.
  public static func independentComponents(
    of samples: Matrix<Float>, count: Int, seed: UInt64, iterations: Int = 200
  ) throws(LinearAlgebraError) -> LinearDictionary {
    let centred = CentredSamples(samples)
    let rows = centred.values.rows
    let decomposition = try SingularValueDecomposition(centred.values.gram)
    let deviations = decomposition.values.map { ($0 / Double(max(1, rows))).squareRoot() }
    // What hardly varies cannot be whitened.
    let varying = deviations.count { $0 > 1e-6 * (deviations.first ?? 0) }
    let kept = min(count, varying)
    let axes = decomposition.rightTransposed
    var whitening = Matrix<Double>(rows: axes.columns, columns: kept)
    var colouring = Matrix<Double>(rows: kept, columns: axes.columns)
    for k in 0..<kept {
      for i in 0..<axes.columns {
        whitening[i, k] = axes[k, i] / deviations[k]
        colouring[k, i] = axes[k, i] * deviations[k]
      }
    }
    var random = RandomStream(seed: seed)
    let start = Matrix<Double>(
      rows: kept, columns: kept, elements: (0..<kept * kept).map { _ in random.normal() })
    let rotation = try rotation(
      of: centred.values * whitening, from: orthogonal(start), iterations: iterations)
    return LinearDictionary(
      projection: whitening * rotation.transposed, directions: rotation * colouring,
      mean: centred.mean)
  }

  /// The rows w after the last step.
  private static func rotation(
    of whitened: Matrix<Double>, from start: Matrix<Double>, iterations: Int
  ) throws(LinearAlgebraError) -> Matrix<Double> {
    let (rows, count) = (whitened.rows, start.rows)
    var rotation = start
    for _ in 0..<iterations {
      var sources = whitened * rotation.transposed
      var slopes = [Double](repeating: 0, count: count)
      sources.withUnsafeMutablePointer { pointer in
        for row in 0..<rows {
          for k in 0..<count {
            let value = tanh(pointer[row * count + k])
            pointer[row * count + k] = value
            slopes[k] += 1 - value * value
          }
        }
      }
      var next = sources.transposed * whitened
      for k in 0..<count {
        for i in 0..<count {
          next[k, i] = (next[k, i] - slopes[k] * rotation[k, i]) / Double(rows)
        }
      }
      next = try orthogonal(next)
      // Rows may change their sign.
      let change = (0..<count).reduce(0.0) { worst, k in
        let cosine = (0..<count).reduce(0.0) { $0 + next[k, $1] * rotation[k, $1] }
        return max(worst, abs(abs(cosine) - 1))
      }
      rotation = next
      if change < 1e-10 { break }
    }
    return rotation
  }

  /// `(W Wᵀ)^(−1/2) W`, the orthogonal matrix closest to W.
  private static func orthogonal(
    _ matrix: Matrix<Double>
  ) throws(LinearAlgebraError) -> Matrix<Double> {
    let decomposition = try SingularValueDecomposition(matrix)
    return decomposition.left * decomposition.rightTransposed
  }
}
