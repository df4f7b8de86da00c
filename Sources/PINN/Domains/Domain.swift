public import Symbolic

/// Where the equations hold, if that is not the whole box of the variables' intervals.
///
/// A domain is put together from named shapes: `plate - hole` is what of the plate is not in the
/// hole, `a + b` the union and `a*b` the common part. Variables that no shape mentions, such as
/// time, run over their whole interval.
public struct Domain: Sendable, Equatable {
  /// The indices of the variables that the shapes are made of, in the shapes' order of coordinates.
  public let variables: [Int]

  /// The shapes with their names, which conditions use for their part of the boundary.
  public let shapes: [NamedShape]

  /// How the shapes are put together: a formula of their names with `+`, `-` and `*`.
  public let formula: Expression

  /// A shape with the name it is called by.
  public struct NamedShape: Sendable, Equatable {
    /// The name.
    public let name: String

    /// The shape.
    public let shape: Shape

    /// Names a shape.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - shape: The shape.
    public init(name: String, shape: Shape) {
      self.name = name
      self.shape = shape
    }
  }

  /// The name of the whole boundary in conditions.
  public static let wholeBoundary = "boundary"

  /// Puts shapes together.
  ///
  /// - Parameters:
  ///   - variables: The indices of the variables that the shapes are made of.
  ///   - shapes: At least one shape, all with one coordinate for each of `variables`.
  ///   - formula: A formula of the shapes' names with `+`, `-` and `*`.
  public init(variables: [Int], shapes: [NamedShape], formula: Expression) {
    precondition(
      shapes.allSatisfy { $0.shape.dimension == variables.count }, "shapes have one dimension")
    precondition(
      Self.isComposition(formula, of: shapes.map(\.name)), "a domain is put together from shapes")
    self.variables = variables
    self.shapes = shapes
    self.formula = formula
  }

  /// Whether a formula puts shapes together and does nothing else.
  static func isComposition(_ formula: Expression, of names: [String]) -> Bool {
    formula.nodes.allSatisfy { node in
      switch node.operation {
      case .symbol: node.symbol.map { names.contains($0.name) } ?? false
      case .add, .subtract, .multiply: true
      default: false
      }
    }
  }

  /// Whether a point belongs to the domain.
  ///
  /// - Parameter point: One number for each of ``variables``.
  /// - Returns: Whether it is inside.
  public func contains(_ point: [Double]) -> Bool {
    var stack: [Bool] = []
    for node in formula.nodes {
      if let symbol = node.symbol {
        let shape = shapes.first { Symbol($0.name) == symbol }?.shape
        stack.append(shape?.contains(point) ?? false)
        continue
      }
      let (right, left) = (stack.removeLast(), stack.removeLast())
      switch node.operation {
      case .add: stack.append(left || right)
      case .subtract: stack.append(left && !right)
      default: stack.append(left && right)
      }
    }
    return stack[0]
  }

  /// The direction out of the domain at a point of a shape's boundary, nil where the shape's
  /// boundary is not the domain's.
  ///
  /// - Parameters:
  ///   - point: The point.
  ///   - normal: The unit normal out of the shape.
  /// - Returns: The normal or its opposite.
  func outwardNormal(at point: [Double], normal: [Double]) -> [Double]? {
    let step = 1e-7 * size
    let isInsideBehind = contains(zip(point, normal).map { $0 - step * $1 })
    let isInsideAhead = contains(zip(point, normal).map { $0 + step * $1 })
    guard isInsideBehind != isInsideAhead else { return nil }
    return isInsideBehind ? normal : normal.map { -$0 }
  }

  /// The pieces of the boundary of a shape, or of all of them.
  ///
  /// - Parameter name: A shape's name, or ``wholeBoundary``.
  /// - Returns: The pieces; parts of them may lie inside other shapes.
  func patches(of name: String) -> [BoundaryPatch] {
    shapes.filter { name == Self.wholeBoundary || $0.name == name }.flatMap(\.shape.boundary)
  }

  /// The longest side of a box around all shapes.
  var size: Double {
    shapes.map { shape in
      zip(shape.shape.bounds.lower, shape.shape.bounds.upper).map { $1 - $0 }.max() ?? 0
    }.max() ?? 0
  }
}

extension Problem {
  /// The domain, the box of all variables where the recipe gives none.
  var effectiveDomain: Domain {
    domain
      ?? Domain(
        variables: Array(variables.indices),
        shapes: [
          .init(
            name: "box",
            shape: .box(lower: variables.map(\.lower), upper: variables.map(\.upper)))
        ], formula: "box")
  }

  /// Whether a point is in the box of the variables and in the domain.
  ///
  /// - Parameter point: One number for each variable.
  /// - Returns: Whether equations hold there.
  public func contains(_ point: [Double]) -> Bool {
    for (variable, value) in zip(variables, point) {
      let margin = 1e-9 * variable.width
      guard value >= variable.lower - margin, value <= variable.upper + margin else {
        return false
      }
    }
    guard let domain else { return true }
    return domain.contains(domain.variables.map { point[$0] })
  }
}
