internal import Tensors

/// Grows random formulas.
struct RandomTree: Sendable {
  // Operators and calls, their subtrees still to come.
  private let unary: [Gene]
  private let binary: [Gene]
  private let scales: [Double]

  /// Prepares for the operators of a vocabulary.
  init(_ vocabulary: Vocabulary) {
    unary = vocabulary.unary.map { Gene($0, length: 0) } + vocabulary.calls(arity: 1)
    binary = vocabulary.binary.map { Gene($0, length: 0) } + vocabulary.calls(arity: 2)
    scales = vocabulary.scales
  }

  /// Writes a random tree.
  ///
  /// - Parameters:
  ///   - size: The number of genes wanted; the tree is smaller where the operators do not allow it.
  ///   - columns: The variables it may use.
  ///   - result: Where the tree goes.
  ///   - stream: Where the draws come from.
  /// - Returns: The number of genes written.
  func grow(
    size: Int, columns: [Int], into result: GenePointer, _ stream: inout RandomStream
  ) -> Int {
    if size <= 1 || (size == 2 && unary.isEmpty) {
      result[0] = leaf(columns, &stream)
      return 1
    }
    let choices = unary.count + binary.count
    if size == 2 || binary.isEmpty || stream.below(choices) < unary.count {
      guard let operation = drawUnary(&stream) else {
        result[0] = leaf(columns, &stream)
        return 1
      }
      let count = grow(size: size - 1, columns: columns, into: result, &stream)
      result[count] = operation.spanning(count + 1)
      return count + 1
    }
    let leftSize = 1 + stream.below(size - 2)
    let left = grow(size: leftSize, columns: columns, into: result, &stream)
    let right = grow(
      size: size - 1 - leftSize, columns: columns, into: result + left, &stream)
    result[left + right] = binary[stream.below(binary.count)].spanning(left + right + 1)
    return left + right + 1
  }

  /// A variable (three in five) or a number.
  func leaf(_ columns: [Int], _ stream: inout RandomStream) -> Gene {
    if columns.isEmpty || stream.uniform() < 0.4 { return Constants.draw(scales, &stream) }
    return Gene(variable: columns[stream.below(columns.count)])
  }

  /// An operator of one operand, or nil if there is none.
  func drawUnary(_ stream: inout RandomStream) -> Gene? {
    unary.isEmpty ? nil : unary[stream.below(unary.count)]
  }

  /// An operator of two operands, or nil if there is none.
  func drawBinary(_ stream: inout RandomStream) -> Gene? {
    binary.isEmpty ? nil : binary[stream.below(binary.count)]
  }
}
