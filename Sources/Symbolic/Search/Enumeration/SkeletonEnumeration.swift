/// All small trees over a few columns, each once, the smallest first.
///
/// Genetic search meets small trees often but not surely; where there are one or two variables all of
/// them can be tried. Trees that differ in the order of operands, in brackets or in the values of free
/// constants are one tree, and trees that the fit around a term makes superfluous (`2 f`, `f + 1`) are
/// left out.
package final class SkeletonEnumeration {
  /// Whether enumeration is worth its time: with one variable always, with two where formulas are most
  /// often found.
  static func isWorthwhile(_ shape: ViewShape) -> Bool {
    switch shape.columns.count {
    case 1: true
    case 2: shape.isMonomial || [.identity, .logarithm].contains(shape.transform)
    default: false
    }
  }

  private static let limits = (trees: 40_000, size: 7)

  private let vocabulary: Vocabulary
  private let columns: [Int]
  private let form: ModelForm
  private let canonicalise: Canonicaliser
  private let tree: GenePointer
  private let scratch: GenePointer

  private var genes: [Gene] = []
  private var starts: [Int] = [0]
  private var seen: Set<UInt64> = []
  private var wholes: Set<UInt64> = []

  /// Trees by size, those among them that are no terms by themselves included: they are operands.
  private var levels: [[[Gene]]] = [[]]

  /// Prepares to list trees.
  ///
  /// - Parameters:
  ///   - vocabulary: What they are made of.
  ///   - columns: The columns they may contain.
  ///   - form: What the fit supplies around them.
  package init(_ vocabulary: Vocabulary, columns: [Int], form: ModelForm) {
    self.vocabulary = vocabulary
    self.columns = columns
    self.form = form
    canonicalise = Canonicaliser(vocabulary)
    let capacity = Variation.capacity(vocabulary)
    tree = .allocate(capacity: capacity)
    scratch = .allocate(capacity: capacity)
  }

  deinit {
    tree.deallocate()
    scratch.deallocate()
  }

  /// A tree; nil beyond the last one.
  package subscript(index: Int) -> ArraySlice<Gene>? {
    while index >= starts.count - 1 {
      guard levels.count <= Self.limits.size, starts.count <= Self.limits.trees else { return nil }
      extend()
    }
    return genes[starts[index]..<starts[index + 1]]
  }

  // Trees of the next size.
  private func extend() {
    let size = levels.count
    var level: [[Gene]] = []
    if size == 1 {
      for column in columns { offer([Gene(variable: column)], to: &level) }
      level.append([Gene(constant: 1)])
      level.append([Gene(constant: 1, isFixed: true)])
    } else {
      // Functions of the largest operands last: they are most of all trees, and laws have few.
      for left in 1..<max(1, size - 1) {
        for first in levels[left] {
          guard starts.count <= Self.limits.trees else { break }
          for second in levels[size - 1 - left] {
            for operation in vocabulary.binary
            where !operation.isCommutative || first.count >= second.count {
              offer(first.combined(operation, second), to: &level)
            }
          }
        }
      }
      for operand in levels[size - 1] where !operand[operand.count - 1].isConstant {
        for operation in vocabulary.unary { offer(operand.applying(operation), to: &level) }
        for call in vocabulary.calls(arity: 1) {
          offer(operand + [call.spanning(size)], to: &level)
        }
      }
    }
    levels.append(level)
  }

  private func offer(_ candidate: [Gene], to level: inout [[Gene]]) {
    for (index, gene) in candidate.enumerated() { tree[index] = gene }
    guard canonicalise(tree, count: candidate.count) == candidate.count,
      seen.insert(skeletonHash(tree, count: candidate.count)).inserted,
      vocabulary.admits(tree, count: candidate.count)
    else { return }
    level.append(candidate)
    var size = candidate.count
    guard let terms = Terms(splitting: tree, size: &size, form: form, scratch: scratch),
      terms.count == 1, size == candidate.count,
      wholes.insert(skeletonHash(tree, count: size)).inserted
    else { return }
    for index in 0..<size { genes.append(tree[index]) }
    starts.append(genes.count)
  }
}
