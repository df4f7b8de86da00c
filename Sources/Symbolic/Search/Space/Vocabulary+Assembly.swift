extension Vocabulary {
  /// Puts the parts of a genome into the template.
  ///
  /// - Parameters:
  ///   - parts: The trees of the parts, one after the other.
  ///   - counts: The size of each part.
  ///   - template: How the parts make up the formula.
  ///   - result: Where the formula goes.
  ///   - starts: Receives where each part begins in the formula.
  /// - Returns: The size of the formula.
  func assemble(
    _ parts: UnsafePointer<Gene>, counts: SIMD8<UInt16>, template: [Gene],
    into result: GenePointer, starts: inout SIMD8<UInt16>
  ) -> Int {
    var size = 0
    for gene in template {
      guard gene.variable < 0 else {
        result[size] = gene
        size += 1
        continue
      }
      let part = Int(-1 - gene.variable)
      let offset = (0..<part).reduce(0) { $0 + Int(counts[$1]) }
      starts[part] = UInt16(size)
      (result + size).update(from: parts + offset, count: Int(counts[part]))
      size += Int(counts[part])
    }
    restoreLengths(result, count: size)
    return size
  }
}
