/// A function that the grammar defines, as the search calls it.
///
/// A call is one gene: variation moves it as one, and it weighs what the grammar says. Its body is
/// written out where a formula is evaluated or reported.
package struct DefinedFunction: Sendable, Equatable {
  /// The number of operands: 1 or 2.
  let arity: Int

  /// What it computes, in postfix order, with `-1 - k` as the variable of operand `k`; no calls.
  let body: [Gene]

  /// Describes a function.
  ///
  /// - Parameter operator: The definition; its constants are fixed.
  package init(_ operator: CustomOperator) {
    arity = `operator`.arity
    body = `operator`.body.nodes.map { node in
      switch node.operation {
      case .constant: Gene(constant: node.value, isFixed: true)
      case .symbol:
        Gene(variable: -1 - (`operator`.parameters.firstIndex { $0 == node.symbol } ?? 0))
      default: Gene(node.operation, length: node.length)
      }
    }
  }

  /// The value for numbers as operands.
  func callAsFunction(_ a: Double, _ b: Double) -> Double {
    var stack: [Double] = []
    for gene in body {
      switch gene.arity {
      case 0:
        switch gene.operation {
        case .symbol: stack.append(gene.variable == -1 ? a : b)
        case .pi: stack.append(.pi)
        default: stack.append(gene.value)
        }
      case 1: stack.append(gene.operation(stack.removeLast()))
      default:
        let right = stack.removeLast()
        stack.append(gene.operation(stack.removeLast(), right))
      }
    }
    return stack[0]
  }
}

extension Gene {
  /// A call of a function that the grammar defines.
  ///
  /// The number of the function stands where leaves have their column, counted from 1. The operation
  /// says only how many operands there are: two were chosen for it that no rule of algebra mentions.
  ///
  /// - Parameters:
  ///   - index: The index of the function.
  ///   - arity: The number of its operands.
  ///   - length: The number of genes in the subtree that ends here.
  package init(callOf index: Int, arity: Int, length: Int) {
    self.init(arity == 1 ? .round : .polygamma, length: length)
    variable = Int32(index + 1)
  }

  /// Whether the gene calls a function that the grammar defines.
  var isCall: Bool { variable > 0 && operation != .symbol }

  /// The index of the function that the gene calls.
  var function: Int { Int(variable) - 1 }

  /// The same operator or call over a subtree of another size.
  func spanning(_ length: Int) -> Gene {
    var gene = self
    gene.length = UInt16(length)
    return gene
  }
}

extension [Gene] {
  /// The tree with the bodies of functions in the place of calls.
  ///
  /// - Parameter functions: The functions of the vocabulary.
  /// - Returns: A tree of known operators; the same tree if it calls nothing.
  func inlining(_ functions: [DefinedFunction]) -> [Gene] {
    guard contains(where: \.isCall) else { return self }
    var stack: [[Gene]] = []
    for gene in self {
      guard gene.arity > 0 else {
        stack.append([gene])
        continue
      }
      let operands = Array<[Gene]>(stack.suffix(gene.arity))
      stack.removeLast(gene.arity)
      stack.append(
        gene.isCall
          ? functions[gene.function].body.flatMap { part in
            part.variable < 0 ? operands[Int(-1 - part.variable)] : [part]
          }
          : operands.flatMap { $0 } + [gene])
    }
    var result = stack[0]
    result.withUnsafeMutableBufferPointer { buffer in
      if let start = buffer.baseAddress { restoreLengths(start, count: buffer.count) }
    }
    return result
  }
}
