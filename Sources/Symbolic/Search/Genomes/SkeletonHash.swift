/// A number that two trees share if they differ only in the values of free constants, in the order
/// of operands that may be exchanged, and in how sums and products are bracketed.
///
/// Different skeletons collide with probability 2⁻⁶⁴ per pair.
///
/// - Parameters:
///   - genes: A tree in postfix order.
///   - count: Its size.
/// - Returns: The hash; never zero.
package func skeletonHash(_ genes: UnsafePointer<Gene>, count: Int) -> UInt64 {
  // Along a chain of + or × the hashes of its members are added up, which forgets their order and
  // brackets; the chain is sealed when another operator takes it.
  struct Entry {
    var sum: UInt64
    var chain: Operator

    func sealed() -> UInt64 {
      chain == .constant ? sum : scramble(sum ^ (UInt64(chain.rawValue) &* 0xD1B5_4A32_D192_ED03))
    }

    func member(of operation: Operator) -> UInt64 {
      chain == operation ? sum : scramble(sealed())
    }
  }
  return withUnsafeTemporaryAllocation(of: Entry.self, capacity: count + 1) { stack in
    var depth = 0
    for index in 0..<count {
      let gene = genes[index]
      let tag = UInt64(gene.operation.rawValue) &* 0x9E37_79B9_7F4A_7C15
      switch gene.arity {
      case 0:
        let payload =
          switch gene.operation {
          case .symbol: UInt64(bitPattern: Int64(gene.variable)) &+ 77
          case .constant where gene.isFixed: gene.value.bitPattern
          default: UInt64(0)
          }
        stack[depth] = Entry(sum: scramble(payload ^ tag), chain: .constant)
        depth += 1
      case 1:
        let tag = tag &+ UInt64(UInt32(bitPattern: gene.variable)) << 32
        stack[depth - 1] = Entry(sum: scramble(stack[depth - 1].sealed() &+ tag), chain: .constant)
      default:
        depth -= 1
        let (left, right) = (stack[depth - 1], stack[depth])
        if gene.operation.isCommutative {
          stack[depth - 1] = Entry(
            sum: left.member(of: gene.operation) &+ right.member(of: gene.operation),
            chain: gene.operation)
        } else {
          let tag = tag &+ UInt64(UInt32(bitPattern: gene.variable)) << 32
          stack[depth - 1] = Entry(
            sum: scramble(left.sealed() &* 3 &+ scramble(right.sealed() ^ tag)), chain: .constant)
        }
      }
    }
    return max(1, stack[0].sealed())
  }
}

// The finaliser of SplitMix64, a bijection that spreads every bit.
private func scramble(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}
