internal import Networks
internal import Tensors

/// A run of consecutive points of one term, small enough for its jets to stay in the cache.
struct ResidualBlock<Scalar: NetworkScalar>: Sendable {
  /// Index of the term in the system.
  let term: Int

  /// Number of points that count; the block's arrays hold copies of the last one beyond them.
  let count: Int

  /// Number of points of the block's arrays, a multiple of 16.
  let size: Int

  /// Where each equation's residuals begin in the system's vector of residuals.
  let rows: [Int]

  /// The network's inputs, the points' before their partners'; see `JetPropagation.scaledInputs`.
  let inputs: AlignedBuffer<Scalar>

  /// Coordinates and data, in Double: `[columns, size]`.
  let columns: AlignedBuffer<Double>
}
