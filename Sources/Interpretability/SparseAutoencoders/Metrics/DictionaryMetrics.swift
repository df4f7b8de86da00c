internal import Tensors

/// How well a dictionary reconstructs activations, and how sparsely: exact over a whole set.
///
/// All sums are in Double. The set is read twice, piece by piece: once for its mean, once for the rest.
public struct DictionaryMetrics: Sendable, Equatable {
  /// Number of samples, N.
  public let samples: Int

  /// `1 − Σ‖x − x̂‖² / Σ‖x − x̄‖²`, with the mean x̄ of the whole set.
  public let explainedVariance: Metric

  /// `Σ‖x − x̂‖² / Σ‖x − x̄‖²`.
  public let unexplainedVariance: Metric

  /// `Σ‖x − x̂‖² / N`, in the units of the activations.
  public let meanSquaredError: Double

  /// The mean number of features of a sample that are not zero.
  public let l0: Double

  /// For each feature the share of samples in which it is not zero.
  public let densities: [Double]

  /// Features that are zero in all samples.
  public let deadCount: Int

  /// The mean over samples of the cosine between x and x̂, where neither is zero.
  public let cosine: Metric

  /// The mean over samples of `‖x̂‖ / ‖x‖`, where x is not zero.
  public let shrinkage: Metric

  /// The largest |cosine| between two different directions.
  public let collinearity: Metric

  private static let pieceRows = 1024

  /// Measures a dictionary.
  ///
  /// - Parameters:
  ///   - dictionary: What encodes and decodes.
  ///   - inputs: What is encoded.
  ///   - targets: What should be decoded, row by row; nil where it is the input.
  /// - Throws: ``ActivationSourceError`` if there are no rows or they cannot be read.
  public init(
    _ dictionary: some FeatureDictionary, on inputs: any ActivationRows,
    targets: (any ActivationRows)? = nil
  ) throws(ActivationSourceError) {
    let wanted = targets ?? inputs
    guard inputs.count > 0 else { throw .empty(rows: 0, width: inputs.width) }
    guard wanted.count == inputs.count else {
      throw .differentCounts(inputs: inputs.count, targets: wanted.count)
    }
    precondition(
      inputs.width == dictionary.inputWidth && wanted.width == dictionary.outputWidth,
      "the activations are as wide as the dictionary")
    let pieces = stride(from: 0, to: inputs.count, by: Self.pieceRows).map {
      $0..<min(inputs.count, $0 + Self.pieceRows)
    }
    var mean = [Double](repeating: 0, count: wanted.width)
    for rows in pieces { try Self.piece(rows, of: wanted).addColumns(to: &mean) }
    for i in mean.indices { mean[i] /= Double(inputs.count) }

    var sums = ReconstructionSums(featureCount: dictionary.featureCount)
    for rows in pieces {
      let input = try Self.piece(rows, of: inputs)
      let target = targets == nil ? input : try Self.piece(rows, of: wanted)
      let features = dictionary.encode(input)
      sums.add(target, dictionary.decode(features), mean: mean)
      sums.add(features)
    }
    let count = Double(inputs.count)
    samples = inputs.count
    unexplainedVariance = .ratio(
      sums.squaredError, sums.variation, otherwise: "all samples are the same")
    explainedVariance = .ratio(
      sums.variation - sums.squaredError, sums.variation, otherwise: "all samples are the same")
    meanSquaredError = sums.squaredError / count
    l0 = Double(sums.activity.reduce(0, +)) / count
    densities = sums.activity.map { Double($0) / count }
    deadCount = sums.activity.count { $0 == 0 }
    cosine = .ratio(
      sums.cosines, Double(sums.cosineCount), otherwise: "samples or reconstructions are all zero")
    shrinkage = .ratio(sums.shrinkages, Double(sums.normCount), otherwise: "all samples are zero")
    collinearity = CosineTable(dictionary.directions, dictionary.directions).collinearity
  }

  private static func piece(
    _ rows: Range<Int>, of table: any ActivationRows
  ) throws(ActivationSourceError) -> Matrix<Float> {
    var matrix = Matrix<Float>(rows: rows.count, columns: table.width)
    try matrix.withUnsafeMutablePointer { (pointer) throws(ActivationSourceError) in
      try table.read(rows, into: pointer)
    }
    return matrix
  }
}

/// Sums over samples.
private struct ReconstructionSums {
  var squaredError = 0.0
  var variation = 0.0
  var cosines = 0.0
  var cosineCount = 0
  var shrinkages = 0.0
  var normCount = 0
  var activity: [Int]

  init(featureCount: Int) { activity = Array(repeating: 0, count: featureCount) }

  mutating func add(_ target: Matrix<Float>, _ reconstruction: Matrix<Float>, mean: [Double]) {
    let width = target.columns
    target.withUnsafePointer { x in
      reconstruction.withUnsafePointer { y in
        for row in 0..<target.rows {
          var (error, spread, xx, yy, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)
          for i in 0..<width {
            let (a, b) = (Double(x[row * width + i]), Double(y[row * width + i]))
            error += (a - b) * (a - b)
            spread += (a - mean[i]) * (a - mean[i])
            xx += a * a
            yy += b * b
            xy += a * b
          }
          squaredError += error
          variation += spread
          guard xx > 0 else { continue }
          shrinkages += (yy / xx).squareRoot()
          normCount += 1
          guard yy > 0 else { continue }
          cosines += xy / (xx.squareRoot() * yy.squareRoot())
          cosineCount += 1
        }
      }
    }
  }

  mutating func add(_ features: Matrix<Float>) {
    let count = features.columns
    features.withUnsafePointer { f in
      for row in 0..<features.rows {
        for j in 0..<count where f[row * count + j] != 0 { activity[j] += 1 }
      }
    }
  }
}

extension Matrix where Scalar == Float {
  /// Adds each column's sum.
  func addColumns(to sums: inout [Double]) {
    withUnsafePointer { pointer in
      for row in 0..<rows {
        for i in 0..<columns { sums[i] += Double(pointer[row * columns + i]) }
      }
    }
  }
}
