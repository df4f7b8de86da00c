internal import CVectorMath
internal import Foundation
internal import Tensors

extension SparseAutoencoder {
  /// How preactivations become features once training is over.
  public enum Activation: Sendable, Equatable {
    /// `max(0, a)`.
    case relu

    /// The k largest of a row where they are positive; of equal ones the first.
    case topK(Int)

    /// The k largest of a row by size, with their signs; of equal ones the first.
    case absTopK(Int)

    /// `a` where it exceeds the feature's threshold and zero, else 0. Variants that choose from a whole
    /// batch end as this one, with what their choice amounts to on average.
    case jumpReLU(thresholds: [Float])

    /// `max(0, exp(r) a + c)` where a is positive, else 0, with log gains r and offsets c.
    case gated(offsets: [Float], logGains: [Float])
  }
}

extension SparseAutoencoder.Activation {
  /// Turns a row of preactivations into features.
  func apply(_ row: UnsafeMutablePointer<Float>, count: Int, _ scratch: EntryBlock) {
    switch self {
    case .relu:
      for j in 0..<count { row[j] = max(0, row[j]) }
    case .topK(let k):
      keepLargest(row, count: count, k: k, byMagnitude: false, scratch)
    case .absTopK(let k):
      keepLargest(row, count: count, k: k, byMagnitude: true, scratch)
    case .jumpReLU(let thresholds):
      for j in 0..<count { row[j] = row[j] > max(0, thresholds[j]) ? row[j] : 0 }
    case .gated(let offsets, let logGains):
      for j in 0..<count {
        row[j] = row[j] > 0 ? max(0, exp(logGains[j]) * row[j] + offsets[j]) : 0
      }
    }
  }

  private func keepLargest(
    _ row: UnsafeMutablePointer<Float>, count: Int, k: Int, byMagnitude: Bool, _ scratch: EntryBlock
  ) {
    scratch.removeAll()
    scratch.appendRow(limit: count) { features, values in
      sparseKernels.select_largest(
        row, count, k, byMagnitude ? 1 : 0, features, values, scratch.scratch.pointer)
    }
    row.update(repeating: 0, count: count)
    for entry in scratch.entries(ofRow: 0) {
      row[Int(scratch.features.pointer[entry])] = scratch.values.pointer[entry]
    }
  }
}
