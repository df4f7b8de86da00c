public import Tensors

/// Where the batches of a training come from.
///
/// A batch follows from the step alone, not from what was read before: a training that is resumed at
/// step n sees what one that was never stopped would have seen.
public protocol ActivationSource {
  /// Width of what is encoded.
  var inputWidth: Int { get }

  /// Width of what is decoded, for a transcoder; nil for an autoencoder, which decodes its input.
  var targetWidth: Int? { get }

  /// Fills the batch of a step.
  ///
  /// - Parameters:
  ///   - batch: Its matrices have the source's widths and as many rows as are wanted.
  ///   - step: Counts from zero.
  /// - Throws: ``ActivationSourceError``.
  mutating func fill(
    _ batch: inout ActivationBatch, step: Int
  ) throws(ActivationSourceError)
}

/// Rows that one step trains on.
public struct ActivationBatch: Sendable {
  /// What is encoded, `[rows, inputWidth]`.
  public var inputs: Matrix<Float>

  /// What is decoded, `[rows, outputWidth]`; nil where it is the input.
  public var targets: Matrix<Float>?

  /// Makes room for rows.
  ///
  /// - Parameters:
  ///   - rows: Number of rows.
  ///   - inputWidth: Width of what is encoded.
  ///   - targetWidth: Width of what is decoded; nil where it is the input.
  public init(rows: Int, inputWidth: Int, targetWidth: Int? = nil) {
    inputs = Matrix(rows: rows, columns: inputWidth)
    targets = targetWidth.map { Matrix(rows: rows, columns: $0) }
  }
}
