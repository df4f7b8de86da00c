internal import Tensors

/// The point with the least sum of distances to samples.
///
/// Weiszfeld's iteration, a mean weighted by inverse distances: Weiszfeld & Plastria (2009),
/// [doi:10.1007/s10479-008-0352-z](https://doi.org/10.1007/s10479-008-0352-z). Distances are kept away
/// from zero, where the weights have no bound.
///
/// - Parameter samples: `[samples, width]`.
/// - Returns: The median, as wide as the samples.
func geometricMedian(_ samples: Matrix<Float>) -> [Double] {
  let (count, width) = (samples.rows, samples.columns)
  var center = [Double](repeating: 0, count: width)
  samples.addColumns(to: &center)
  for i in 0..<width { center[i] /= Double(count) }
  for _ in 0..<100 {
    var next = [Double](repeating: 0, count: width)
    var total = 0.0
    samples.withUnsafePointer { samples in
      for row in 0..<count {
        let sample = samples + row * width
        let square = (0..<width).reduce(0.0) { sum, i in
          let difference = Double(sample[i]) - center[i]
          return sum + difference * difference
        }
        let weight = 1 / max(square.squareRoot(), 1e-9)
        total += weight
        for i in 0..<width { next[i] += weight * Double(sample[i]) }
      }
    }
    var (moved, size) = (0.0, 0.0)
    for i in 0..<width {
      next[i] /= total
      moved += (next[i] - center[i]) * (next[i] - center[i])
      size += next[i] * next[i]
    }
    center = next
    if moved <= 1e-14 * size { break }
  }
  return center
}
