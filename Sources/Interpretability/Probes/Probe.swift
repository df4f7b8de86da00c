public import Tensors

/// A linear readout of activations: `ŷ = w·a + b`.
public struct Probe: Sendable, Equatable, Codable {
  /// One weight a column.
  public let weights: [Double]

  /// b.
  public let intercept: Double

  /// The ridge penalty α that was chosen; nil for least squares.
  public let penalty: Double?

  /// Gathers a readout.
  ///
  /// - Parameters:
  ///   - weights: One weight a column.
  ///   - intercept: b.
  ///   - penalty: The ridge penalty; nil for least squares.
  public init(weights: [Double], intercept: Double, penalty: Double? = nil) {
    self.weights = weights
    self.intercept = intercept
    self.penalty = penalty
  }

  /// What the probe reads in some rows.
  ///
  /// - Parameters:
  ///   - activations: Shape `[samples, columns]`.
  ///   - rows: Which samples.
  /// - Returns: One number for each of the rows.
  public func read(_ activations: Matrix<Double>, rows: some Collection<Int>) -> [Double] {
    precondition(activations.columns == weights.count, "a probe has a weight for each column")
    return activations.withUnsafePointer { a in
      weights.withUnsafeBufferPointer { w in
        rows.map { row in
          let start = a + row * w.count
          var sum = intercept
          for j in 0..<w.count { sum += w[j] * start[j] }
          return sum
        }
      }
    }
  }
}
