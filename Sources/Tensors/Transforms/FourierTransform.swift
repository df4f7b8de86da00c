internal import CGSL

/// The discrete Fourier transform of fields on regular grids (GSL's mixed-radix transform).
///
/// `Fₖ = Σⱼ fⱼ exp(−2πi j·k/n)` along every axis; sizes need not be powers of two.
public enum FourierTransform {
  /// The squared absolute values of the transform.
  ///
  /// - Parameters:
  ///   - field: The values; the last axis varies fastest.
  ///   - shape: Number of points along each axis; their product is the number of values.
  /// - Returns: `|Fₖ|²` in the order of the field; wave numbers above n/2 are negative.
  /// - Complexity: O(N Σ nᵢ's prime factors).
  public static func power(_ field: [Double], shape: [Int]) -> [Double] {
    precondition(field.count == shape.reduce(1, *), "a field has a value for each grid point")
    guard !field.isEmpty else { return [] }
    // Pairs of real and imaginary parts, as GSL packs complex numbers.
    let packed = AlignedBuffer(count: 2 * field.count, repeating: 0.0)
    for (i, value) in field.enumerated() { packed.pointer[2 * i] = value }
    var stride = field.count
    for size in shape {
      let block = stride
      stride /= size
      guard size > 1 else { continue }
      let table = gsl_fft_complex_wavetable_alloc(size)
      let workspace = gsl_fft_complex_workspace_alloc(size)
      for outer in Swift.stride(from: 0, to: field.count, by: block) {
        for inner in 0..<stride {
          gsl_fft_complex_forward(
            packed.pointer + 2 * (outer + inner), stride, size, table, workspace)
        }
      }
      gsl_fft_complex_workspace_free(workspace)
      gsl_fft_complex_wavetable_free(table)
    }
    return field.indices.map { i in
      let (real, imaginary) = (packed.pointer[2 * i], packed.pointer[2 * i + 1])
      return real * real + imaginary * imaginary
    }
  }
}
