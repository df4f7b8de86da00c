internal import Symbolic

extension Domain {
  /// The distance to the nearest point outside the domain; 0 outside.
  ///
  /// What is outside of a common part is outside of one of the parts: there the distance is the smallest
  /// of theirs. The outside of a union is the common part of two outsides, whose distance may be larger
  /// than either's; see ``hasExactDistance``.
  ///
  /// - Parameter point: One number for each of ``variables``.
  /// - Returns: The distance.
  func distanceToOutside(_ point: [Double]) -> Double {
    let distance = compose { shape in
      shape.distance(of: point)
    } union: { a, b in
      a.toOutside = max(a.toOutside, b.toOutside)
      a.toSolid = min(a.toSolid, b.toSolid)
    } complement: {
      ($0.toOutside, $0.toSolid) = ($0.toSolid, $0.toOutside)
    }
    return distance.toOutside
  }

  /// Whether ``distanceToOutside(_:)`` is exact, for which it must not depend on a union.
  var hasExactDistance: Bool {
    compose { _ in
      (toOutside: true, toSolid: true)
    } union: { a, b in
      a = (toOutside: false, toSolid: a.toSolid && b.toSolid)
    } complement: {
      ($0.toOutside, $0.toSolid) = ($0.toSolid, $0.toOutside)
    }.toOutside
  }

  /// Evaluates the domain's formula, reduced to unions and complements: `a*b = ¬(¬a + ¬b)`.
  private func compose<Value>(
    _ value: (Shape) -> Value, union: (inout Value, Value) -> Void,
    complement: (inout Value) -> Void
  ) -> Value {
    var stack: [Value] = []
    for node in formula.nodes {
      if let symbol = node.symbol {
        guard let named = shapes.first(where: { Symbol($0.name) == symbol }) else {
          preconditionFailure("a domain is put together from its shapes")
        }
        stack.append(value(named.shape))
        continue
      }
      var (right, left) = (stack.removeLast(), stack.removeLast())
      switch node.operation {
      case .add:
        union(&left, right)
      case .subtract:
        complement(&left)
        union(&left, right)
        complement(&left)
      default:
        complement(&left)
        complement(&right)
        union(&left, right)
        complement(&left)
      }
      stack.append(left)
    }
    return stack[0]
  }
}
