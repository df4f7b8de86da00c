/// The terms of the sum at the root of a candidate, which a linear fit gives a factor each; in the
/// logarithmic form the factors of the product, which get an exponent each.
///
/// What the fit supplies is dropped: constant factors and terms, and in the logarithmic form powers of
/// bare variables. This is linear scaling
/// (Keijzer 2003, [doi:10.1007/3-540-36599-0_7](https://doi.org/10.1007/3-540-36599-0_7)) extended to
/// every term of the sum.
package struct Terms {
  /// The most terms of one candidate.
  static let maximum = 5

  /// The number of terms.
  private(set) var count = 0

  private var starts: SIMD8<UInt16> = .zero
  private var lengths: SIMD8<UInt16> = .zero

  /// The genes of a term.
  subscript(index: Int) -> Range<Int> {
    Int(starts[index])..<Int(starts[index]) + Int(lengths[index])
  }

  /// One term: the whole tree.
  package init(whole count: Int) {
    self.count = 1
    lengths[0] = UInt16(count)
  }

  /// Splits a canonical tree into its terms and rebuilds it as their plain sum; nil if nothing is
  /// left or there are too many terms.
  ///
  /// - Parameters:
  ///   - genes: The tree, replaced by the sum.
  ///   - size: Its size, replaced by the new one.
  ///   - form: Whether sums are split at all, and whether factors and constants are supplied.
  ///   - scratch: Room for as many genes again.
  init?(splitting genes: GenePointer, size: inout Int, form: ModelForm, scratch: GenePointer) {
    guard form.splits || form.hasScale else {
      self.init(whole: size)
      return
    }
    self.init(whole: 0)
    count = 0
    if form.isMonomial {
      collectFactors(genes, root: size - 1, splits: form.splits)
    } else {
      collect(genes, root: size - 1, form: form)
    }
    guard count > 0, count <= Terms.maximum else { return nil }
    var total = 0
    for index in 0..<count {
      let range = self[index]
      (scratch + total).update(from: genes + range.lowerBound, count: range.count)
      starts[index] = UInt16(total)
      total += range.count
      if index > 0 {
        scratch[total] = Gene(form.isMonomial ? .multiply : .add, length: total + 1)
        total += 1
      }
    }
    genes.update(from: scratch, count: total)
    size = total
  }

  private mutating func collect(_ genes: GenePointer, root: Int, form: ModelForm) {
    guard count <= Terms.maximum else { return }
    let gene = genes[root]
    let left = gene.arity == 2 ? root - 1 - Int(genes[root - 1].length) : root - 1
    switch gene.operation {
    case .constant where form.hasOffset: return
    case .negate: return collect(genes, root: left, form: form)
    case .add where form.splits, .subtract where form.splits:
      collect(genes, root: left, form: form)
      return collect(genes, root: root - 1, form: form)
    case .add, .subtract:
      if form.hasOffset && genes[root - 1].isConstant {
        return collect(genes, root: left, form: form)
      }
    case .multiply, .divide:
      if genes[root - 1].isConstant { return collect(genes, root: left, form: form) }
      // c / v: the factor is supplied, so that any numerator does.
      if genes[left].isConstant { genes[left] = Gene(constant: 1, isFixed: true) }
    default: break
    }
    append(gene, root: root)
  }

  private mutating func collectFactors(_ genes: GenePointer, root: Int, splits: Bool) {
    guard count <= Terms.maximum else { return }
    let gene = genes[root]
    switch gene.operation {
    case .constant, .symbol, .pi: return
    case .multiply where splits, .divide where splits:
      collectFactors(genes, root: root - 1 - Int(genes[root - 1].length), splits: splits)
      collectFactors(genes, root: root - 1, splits: splits)
    case .square, .sqrt, .cube, .cbrt, .reciprocal, .negate, .abs:
      collectFactors(genes, root: root - 1, splits: splits)
    case .power where genes[root - 1].isConstant:
      collectFactors(genes, root: root - 2, splits: splits)
    default: append(gene, root: root)
    }
  }

  private mutating func append(_ gene: Gene, root: Int) {
    if count < Terms.maximum {
      starts[count] = UInt16(root + 1 - Int(gene.length))
      lengths[count] = gene.length
    }
    count += 1
  }
}
