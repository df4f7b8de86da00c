import Foundation

/// The softmax by its definition.
enum PlainSoftmax {
  /// `log softmax`.
  static func logarithm(_ values: [Double]) -> [Double] {
    let sum = values.reduce(0) { $0 + exp($1) }
    return values.map { $0 - log(sum) }
  }
}
