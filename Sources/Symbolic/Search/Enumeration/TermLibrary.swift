/// Products of simple functions of single columns, to build sums of.
///
/// Each column gives itself, its square, root and reciprocal, and its image under the functions of one
/// operand that the vocabulary has; the library holds all products of up to three of them from
/// different columns, and of two from one column. Laws that are sums of few such products (polynomials,
/// scalar products, the cosine rule) then need no search for the shape of their terms but only for
/// which terms there are: ``SubsetSelection``.
package struct TermLibrary {
  /// The terms.
  package private(set) var terms: [[Gene]] = []

  /// How much a library holds: fewer terms are fewer look-alikes of the right ones.
  package enum Size {
    /// Columns, their squares, and their images under functions other than powers and tanh.
    case small
    /// Also roots, cubes, reciprocals and all functions.
    case large
  }

  private static let limit = 6000

  /// Lists terms.
  ///
  /// - Parameters:
  ///   - vocabulary: What they are made of.
  ///   - columns: The columns they may contain.
  ///   - size: How much the library holds.
  package init(_ vocabulary: Vocabulary, columns: [Int], size: Size) {
    guard vocabulary.contains(.multiply), !columns.isEmpty else { return }
    let powers = PowerWriter(operators: vocabulary.unary + vocabulary.binary)
    let atoms = columns.map { column -> [[Gene]] in
      let variable = [Gene(variable: column)]
      let functions = vocabulary.unary.filter { operation in
        size == .small ? Self.simple.contains(operation) : !Self.powers.contains(operation)
      }
      let exponents = size == .small ? [2] : [2, 3, -1, 0.5, -2]
      return [variable]
        + exponents.compactMap { powers.write(variable, exponent: $0) }
        + functions.map { variable.applying($0) }
    }
    func add(_ term: [Gene]) {
      guard terms.count < Self.limit else { return }
      let isAdmitted = term.withUnsafeBufferPointer { buffer in
        buffer.baseAddress.map { vocabulary.admits($0, count: buffer.count) } ?? false
      }
      if isAdmitted { terms.append(term) }
    }
    for atoms in atoms { atoms.forEach(add) }
    // Pairs, then triples, so that what does not fit is what is longest.
    for first in atoms.indices {
      for second in atoms.indices where second >= first {
        for (i, left) in atoms[first].enumerated() {
          for (j, right) in atoms[second].enumerated() where second > first || j > i {
            add(left.combined(.multiply, right))
          }
        }
      }
    }
    for first in atoms.indices {
      for second in atoms.indices where second > first {
        for third in atoms.indices where third > second {
          for a in atoms[first] {
            for b in atoms[second] {
              for c in atoms[third] {
                add(a.combined(.multiply, b).combined(.multiply, c))
              }
            }
          }
        }
      }
    }
  }

  private static let simple: Set<Operator> = [.sin, .cos, .exp, .log]

  private static let powers: Set<Operator> = [
    .square, .cube, .sqrt, .cbrt, .reciprocal, .negate, .abs, .sign,
  ]
}
