internal import Tensors

/// The ways in which one parent becomes an offspring.
enum Mutation: CaseIterable {
  /// Free constants are jittered.
  case constants
  /// One node is exchanged for another with as many operands.
  case point
  /// A subtree is exchanged for a random one.
  case subtree
  /// An operator is put above a node.
  case insertion
  /// An operator is replaced by one of its operands.
  case hoist
  /// A new tree.
  case fresh
  /// A subtree is overwritten by a copy of another.
  case copy

  /// How many of 100 mutations are of each kind.
  var percentage: Int {
    switch self {
    case .constants: 12
    case .point: 12
    case .subtree: 21
    case .insertion: 25
    case .hoist: 20
    case .fresh: 5
    case .copy: 5
    }
  }

  /// A kind, drawn in proportion to its percentage.
  static func draw(_ stream: inout RandomStream) -> Mutation {
    var remaining = stream.below(100)
    for mutation in allCases {
      remaining -= mutation.percentage
      if remaining < 0 { return mutation }
    }
    return .copy
  }
}
