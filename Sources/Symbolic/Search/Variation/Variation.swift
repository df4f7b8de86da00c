package import Tensors

/// Makes offspring from parents.
///
/// All trees are in postfix order in memory of the caller; results may break the grammar's limits,
/// which the island checks after canonicalisation.
package final class Variation {
  private let random: RandomTree
  private let graft: GenePointer
  private let spare: GenePointer
  private let scales: [Double]

  /// Prepares for a vocabulary.
  package init(_ vocabulary: Vocabulary) {
    random = RandomTree(vocabulary)
    scales = vocabulary.scales
    // A graft is at most a parent and a small random tree with its operator.
    let capacity = 2 * Variation.capacity(vocabulary)
    graft = .allocate(capacity: capacity)
    spare = .allocate(capacity: capacity)
  }

  deinit {
    graft.deallocate()
    spare.deallocate()
  }

  /// Genes that an offspring of two parents within the limits may have.
  package static func capacity(_ vocabulary: Vocabulary) -> Int { 2 * vocabulary.maximumCount + 32 }

  /// A random tree of up to nine genes.
  package func fresh(
    columns: [Int], into result: GenePointer, _ stream: inout RandomStream
  ) -> Int {
    random.grow(size: 1 + stream.below(9), columns: columns, into: result, &stream)
  }

  /// Puts a random subtree of one parent in the place of one of the other.
  ///
  /// - Returns: The size of the offspring.
  package func cross(
    _ mother: UnsafePointer<Gene>, _ motherCount: Int, _ father: UnsafePointer<Gene>,
    _ fatherCount: Int, into result: GenePointer, _ stream: inout RandomStream
  ) -> Int {
    let donor = stream.below(fatherCount)
    let count = Int(father[donor].length)
    return splice(
      mother, count: motherCount, at: stream.below(motherCount),
      graft: father + (donor + 1 - count),
      graftCount: count, into: result)
  }

  /// Changes a tree in one place.
  ///
  /// - Parameters:
  ///   - parent: The tree.
  ///   - count: Its size.
  ///   - columns: The variables it may use.
  ///   - result: Where the offspring goes; must not overlap the parent.
  ///   - stream: Where the draws come from.
  /// - Returns: The size of the offspring.
  package func mutate(
    _ parent: UnsafePointer<Gene>, _ count: Int, columns: [Int], into result: GenePointer,
    _ stream: inout RandomStream
  ) -> Int {
    switch Mutation.draw(&stream) {
    case .constants:
      if jitter(parent, count, into: result, &stream) { return count }
      return point(parent, count, columns, result, &stream)
    case .point: return point(parent, count, columns, result, &stream)
    case .subtree:
      let size = random.grow(
        size: 1 + stream.below(5), columns: columns, into: graft, &stream)
      return splice(
        parent, count: count, at: stream.below(count), graft: graft, graftCount: size, into: result)
    case .insertion: return insert(parent, count, columns, result, &stream)
    case .hoist: return hoist(parent, count, columns, result, &stream)
    case .fresh: return fresh(columns: columns, into: result, &stream)
    case .copy:
      return cross(parent, count, parent, count, into: result, &stream)
    }
  }

  /// Gives free constants new starts, each with a chance of one half.
  func redraw(_ genes: GenePointer, _ count: Int, _ stream: inout RandomStream) {
    for index in 0..<count where genes[index].isFree && stream.below(2) == 0 {
      genes[index].value = Constants.start(scales, &stream)
    }
  }

  // MARK: Kinds of mutation

  private func jitter(
    _ parent: UnsafePointer<Gene>, _ count: Int, into result: GenePointer,
    _ stream: inout RandomStream
  ) -> Bool {
    result.update(from: parent, count: count)
    var hasChanged = false
    for index in 0..<count where result[index].isConstant {
      if stream.uniform() < 0.5 || !hasChanged {
        let value = result[index].value
        result[index] = Gene(
          constant: value * (1 + 0.3 * stream.normal()) + 0.05 * stream.normal())
        hasChanged = true
      }
    }
    return hasChanged
  }

  private func point(
    _ parent: UnsafePointer<Gene>, _ count: Int, _ columns: [Int], _ result: GenePointer,
    _ stream: inout RandomStream
  ) -> Int {
    result.update(from: parent, count: count)
    let index = stream.below(count)
    let length = Int(result[index].length)
    switch result[index].arity {
    case 2:
      if let operation = random.drawBinary(&stream) {
        result[index] = operation.spanning(length)
      }
    case 1:
      if let operation = random.drawUnary(&stream) {
        result[index] = operation.spanning(length)
      }
    default: result[index] = random.leaf(columns, &stream)
    }
    return count
  }

  private func insert(
    _ parent: UnsafePointer<Gene>, _ count: Int, _ columns: [Int], _ result: GenePointer,
    _ stream: inout RandomStream
  ) -> Int {
    let index = stream.below(count)
    let length = Int(parent[index].length)
    let operand = parent + (index + 1 - length)
    var size = 0
    let isUnary = stream.below(100) < 40
    if let operation = random.drawUnary(&stream), isUnary {
      graft.update(from: operand, count: length)
      graft[length] = operation.spanning(length + 1)
      size = length + 1
    } else if let operation = random.drawBinary(&stream) {
      let other = random.grow(
        size: 1 + stream.below(3), columns: columns, into: spare, &stream)
      let operandFirst = stream.below(2) == 0
      graft.update(
        from: operandFirst ? operand : UnsafePointer(spare), count: operandFirst ? length : other)
      (graft + (operandFirst ? length : other)).update(
        from: operandFirst ? UnsafePointer(spare) : operand, count: operandFirst ? other : length)
      size = length + other + 1
      graft[size - 1] = operation.spanning(size)
    } else {
      return hoist(parent, count, columns, result, &stream)
    }
    return splice(
      parent, count: count, at: index, graft: graft, graftCount: size, into: result)
  }

  private func hoist(
    _ parent: UnsafePointer<Gene>, _ count: Int, _ columns: [Int], _ result: GenePointer,
    _ stream: inout RandomStream
  ) -> Int {
    let index = stream.below(count)
    guard parent[index].arity > 0 else {
      graft[0] = random.leaf(columns, &stream)
      return splice(
        parent, count: count, at: index, graft: graft, graftCount: 1, into: result)
    }
    var operand = index - 1
    if parent[index].arity == 2 && stream.below(2) == 0 {
      operand -= Int(parent[index - 1].length)
    }
    let length = Int(parent[operand].length)
    return splice(
      parent, count: count, at: index, graft: parent + (operand + 1 - length), graftCount: length,
      into: result)
  }
}
