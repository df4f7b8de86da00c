/// Brings trees into a common form, so that equal formulas in different dress are recognised and
/// no constant is fitted twice.
///
/// One pass in postfix order: constant operands are folded, moved to the right, merged along sums
/// and products, and pulled out of products (`(u c) v → (u v) c`), where the linear fit takes them
/// over. The rules keep the value wherever the tree had one, never lengthen the tree, and use no
/// operator that the grammar lacks.
package struct Canonicaliser: Sendable {
  private let canAdd: Bool
  private let canMultiply: Bool
  private let functions: [DefinedFunction]

  /// Prepares for the operators of a vocabulary.
  package init(_ vocabulary: Vocabulary) {
    canAdd = vocabulary.contains(.add)
    canMultiply = vocabulary.contains(.multiply)
    functions = vocabulary.functions
  }

  /// Rewrites a tree in place and restores the lengths of its subtrees.
  ///
  /// - Parameters:
  ///   - genes: The tree.
  ///   - count: Its size.
  /// - Returns: The new size; 0 if a constant part has no finite value.
  package func callAsFunction(_ genes: GenePointer, count: Int) -> Int {
    var size = 0
    for index in 0..<count {
      let gene = genes[index]
      switch gene.arity {
      case 0:
        genes[size] = gene
        genes[size].length = 1
        size += 1
      case _ where gene.isCall: size = call(gene, genes, size)
      case 1: size = unary(gene.operation, genes, size)
      default: size = binary(gene.operation, genes, size)
      }
      if size == 0 { return 0 }
    }
    return size
  }

  // MARK: Functions of the grammar

  private func call(_ gene: Gene, _ genes: GenePointer, _ size: Int) -> Int {
    let last = genes[size - 1]
    guard gene.arity == 2 else {
      guard last.isConstant else { return append(gene, genes, size) }
      let value = functions[gene.function](last.value, 0)
      return fold(value, isFixed: last.isFixed, genes, size - 1)
    }
    let first = genes[size - 1 - Int(last.length)]
    guard first.isConstant && last.isConstant else { return append(gene, genes, size) }
    let value = functions[gene.function](first.value, last.value)
    return fold(value, isFixed: first.isFixed && last.isFixed, genes, size - 2)
  }

  // MARK: One operand

  private func unary(_ operation: Operator, _ genes: GenePointer, _ size: Int) -> Int {
    let operand = genes[size - 1]
    if operand.isConstant {
      return fold(operation(operand.value), isFixed: operand.isFixed, genes, size - 1)
    }
    switch (operation, operand.operation) {
    case (.log, .exp), (.exp, .log), (.square, .sqrt), (.cube, .cbrt), (.cbrt, .cube),
      (.negate, .negate), (.reciprocal, .reciprocal):
      return size - 1
    case (.square, .negate), (.cos, .negate), (.abs, .negate), (.square, .abs):
      return append(operation, genes, size - 1)
    case (.abs, .abs), (.abs, .square), (.abs, .exp), (.abs, .sqrt):
      return size
    default:
      return append(operation, genes, size)
    }
  }

  // MARK: Two operands

  private func binary(_ operation: Operator, _ genes: GenePointer, _ size: Int) -> Int {
    let right = genes[size - 1]
    let rightCount = Int(right.length)
    let leftRoot = size - 1 - rightCount
    let left = genes[leftRoot]
    let leftStart = leftRoot + 1 - Int(left.length)
    if left.isConstant && right.isConstant {
      let value = operation(left.value, right.value)
      return fold(value, isFixed: left.isFixed && right.isFixed, genes, leftStart)
    }
    if right.isConstant {
      return withConstant(operation, right, genes, size - 1)
    }
    if left.isConstant && operation.isCommutative {
      moveLeft(genes, from: leftStart + 1, to: leftStart, count: rightCount)
      return withConstant(operation, left, genes, size - 1)
    }
    if left.length == right.length, isSame(genes + leftStart, genes + leftRoot + 1, rightCount) {
      switch operation {
      case .subtract: return fold(0, isFixed: true, genes, leftStart)
      case .divide: return fold(1, isFixed: true, genes, leftStart)
      case .min, .max: return leftRoot + 1
      case .add where canMultiply:
        return withConstant(.multiply, Gene(constant: 2, isFixed: true), genes, leftRoot + 1)
      default: break
      }
    }
    if canMultiply && (operation == .multiply || operation == .divide) {
      return product(operation, genes, size, leftRoot)
    }
    return append(operation, genes, size)
  }

  // `u op c`, the tree of u ending at `size`.
  private func withConstant(
    _ operation: Operator, _ constant: Gene, _ genes: GenePointer, _ size: Int
  ) -> Int {
    var operation = operation
    var constant = constant
    if operation == .subtract && canAdd {
      operation = .add
      constant.value = -constant.value
    } else if operation == .divide && canMultiply && constant.value != 0 {
      operation = .multiply
      constant.value = 1 / constant.value
    }
    let root = genes[size - 1]
    if operation == .add || operation == .multiply {
      let isAdd = operation == .add
      if constant.value == (isAdd ? 0 : 1) { return size }
      if !isAdd && constant.value == 0 {
        return fold(0, isFixed: true, genes, size - Int(root.length))
      }
      if root.operation == operation && genes[size - 2].isConstant {
        let inner = genes[size - 2]
        constant.value = isAdd ? inner.value + constant.value : inner.value * constant.value
        constant.isFixed = inner.isFixed && constant.isFixed
        return withConstant(operation, constant, genes, size - 2)
      }
    } else if constant.value == 1 && (operation == .power || operation == .divide) {
      return size
    }
    guard constant.value.isFinite else { return 0 }
    genes[size] = constant
    genes[size].length = 1
    return append(operation, genes, size + 1)
  }

  // `u v` or `u / v`, with the factors of u and v pulled out.
  private func product(
    _ operation: Operator, _ genes: GenePointer, _ size: Int, _ leftRoot: Int
  ) -> Int {
    var size = size
    var leftRoot = leftRoot
    var factor = 1.0
    var isFixed = true
    if genes[size - 1].operation == .multiply && genes[size - 2].isConstant {
      let constant = genes[size - 2]
      guard operation == .multiply || constant.value != 0 else { return 0 }
      factor = operation == .multiply ? constant.value : 1 / constant.value
      isFixed = constant.isFixed
      size -= 2
    }
    if genes[leftRoot].operation == .multiply && genes[leftRoot - 1].isConstant {
      let constant = genes[leftRoot - 1]
      factor *= constant.value
      isFixed = isFixed && constant.isFixed
      moveLeft(genes, from: leftRoot + 1, to: leftRoot - 1, count: size - leftRoot - 1)
      size -= 2
      leftRoot -= 2
    } else if genes[leftRoot].isConstant && factor != 1 {
      // c / (v d) has one constant, not two.
      genes[leftRoot].value *= factor
      genes[leftRoot].isFixed = genes[leftRoot].isFixed && isFixed
      factor = 1
    }
    let (left, right) = (genes[leftRoot], genes[size - 1])
    if operation == .divide, left.length == right.length {
      let start = leftRoot + 1 - Int(left.length)
      if isSame(genes + start, genes + leftRoot + 1, Int(right.length)) {
        return fold(factor, isFixed: isFixed, genes, start)
      }
    }
    size = append(operation, genes, size)
    if factor == 1 { return size }
    return withConstant(.multiply, Gene(constant: factor, isFixed: isFixed), genes, size)
  }

  // MARK: Writing

  private func append(_ operation: Operator, _ genes: GenePointer, _ size: Int) -> Int {
    append(Gene(operation, length: 0), genes, size)
  }

  private func append(_ gene: Gene, _ genes: GenePointer, _ size: Int) -> Int {
    var length = 1 + Int(genes[size - 1].length)
    if gene.arity == 2 { length += Int(genes[size - length].length) }
    genes[size] = gene.spanning(length)
    return size + 1
  }

  private func fold(_ value: Double, isFixed: Bool, _ genes: GenePointer, _ start: Int) -> Int {
    guard value.isFinite else { return 0 }
    genes[start] = Gene(constant: value, isFixed: isFixed && Constants.isRound(value))
    return start + 1
  }

  private func moveLeft(_ genes: GenePointer, from source: Int, to target: Int, count: Int) {
    for offset in 0..<count { genes[target + offset] = genes[source + offset] }
  }

  private func isSame(_ left: GenePointer, _ right: GenePointer, _ count: Int) -> Bool {
    for index in 0..<count where !left[index].matches(right[index]) { return false }
    return true
  }
}
