public import Tensors

/// A dictionary whose features are projections of the centred activations: the baselines that sparse
/// autoencoders have to beat.
///
/// ```
/// f = (x − μ) P      x̂ = f D + μ
/// ```
public struct LinearDictionary: FeatureDictionary, Equatable {
  /// P, `[width, features]`.
  public let projection: Matrix<Float>

  /// D, `[features, width]`.
  public let directions: Matrix<Float>

  /// μ.
  public let outputBias: [Float]

  /// Width of what is encoded.
  public var inputWidth: Int { projection.rows }

  init(projection: Matrix<Double>, directions: Matrix<Double>, mean: [Double]) {
    self.projection = AffineMap.single(projection)
    self.directions = AffineMap.single(directions)
    outputBias = mean.map(Float.init)
  }

  /// The features of samples.
  ///
  /// - Parameter inputs: `[samples, inputWidth]`.
  /// - Returns: `[samples, features]`, of either sign and hardly ever zero.
  public func encode(_ inputs: Matrix<Float>) -> Matrix<Float> {
    precondition(inputs.columns == inputWidth, "samples are as wide as the dictionary")
    var centred = inputs
    let (rows, width) = (inputs.rows, inputs.columns)
    centred.withUnsafeMutablePointer { pointer in
      for row in 0..<rows { for i in 0..<width { pointer[row * width + i] -= outputBias[i] } }
    }
    return centred * projection
  }
}

/// Samples in Double without their mean.
struct CentredSamples {
  let mean: [Double]
  let values: Matrix<Double>

  init(_ samples: Matrix<Float>) {
    let (count, width) = (samples.rows, samples.columns)
    var mean = [Double](repeating: 0, count: width)
    samples.addColumns(to: &mean)
    for i in 0..<width { mean[i] /= Double(max(1, count)) }
    var values = AffineMap.double(samples)
    values.withUnsafeMutablePointer { pointer in
      for row in 0..<count { for i in 0..<width { pointer[row * width + i] -= mean[i] } }
    }
    self.mean = mean
    self.values = values
  }
}
