public import PINN
internal import Networks
internal import Symbolic

/// A physical quantity that has a value at every point: what features of a network may stand for.
public struct PhysicalField: Sendable, Equatable {
  /// The ways in which fields come about.
  public enum Kind: Sendable, Equatable {
    /// An unknown or a derivative of one.
    case derivative(DerivativeSymbol)

    /// The sum of an unknown's second derivatives by the variables of space.
    case laplacian(unknown: Int)

    /// What an equation of the problem, which should be zero, is.
    case residual(equation: Int)

    /// What an equation is where all unknowns are zero: its part without them.
    case source(equation: Int)

    /// The distance in space to the nearest point outside the domain.
    case boundaryDistance
  }

  /// The name: `u`, `u_xx`, `laplacian_u`, `residual1`, `source1`, `boundary_distance`.
  public let name: String

  /// How the field comes about.
  public let kind: Kind

  /// The unit in those of the recipe's names, such as `[u]/[x]^2`.
  public let units: String

  /// What the field is, in a few words or as a formula.
  public let meaning: String
}

extension Problem {
  /// The physical fields: every unknown with all derivatives to order 2 and those of its equations,
  /// Laplacians, residuals, sources, and the distance to the boundary.
  ///
  /// Those that would repeat another or be constant are left out: the Laplacian in one dimension of
  /// space, the source of an equation without one.
  public var physicalFields: [PhysicalField] {
    var fields: [PhysicalField] = []
    for unknown in unknowns.indices {
      fields += monomials(of: unknown).compactMap { field(unknown, $0) }
      if spatialVariables.count > 1 {
        fields.append(
          PhysicalField(
            name: "laplacian_\(unknowns[unknown])", kind: .laplacian(unknown: unknown),
            units: "[\(unknowns[unknown])]/[\(variables[spatialVariables[0]].name)]^2",
            meaning: "sum of the second derivatives by "
              + spatialVariables.map { variables[$0].name }.joined(separator: ", ")))
      }
    }
    for (index, equation) in equations.enumerated() {
      fields.append(
        PhysicalField(
          name: "residual\(index + 1)", kind: .residual(equation: index),
          units: "[equation \(index + 1)]", meaning: "\(equation)"))
    }
    for index in equations.indices {
      guard let source = source(of: index) else { continue }
      fields.append(
        PhysicalField(
          name: "source\(index + 1)", kind: .source(equation: index),
          units: "[equation \(index + 1)]", meaning: "\(source)"))
    }
    if BoundaryDistance(self) != nil {
      fields.append(
        PhysicalField(
          name: "boundary_distance", kind: .boundaryDistance,
          units: "[\(variables[spatialVariables[0]].name)]",
          meaning: "distance in space to the nearest point outside the domain"))
    }
    return fields
  }

  /// The part of an equation without unknowns; nil if it is a constant.
  func source(of equation: Int) -> Expression? {
    let fields = equations[equation].symbols.filter { derivative($0) != nil }
    let source = equations[equation].substituting(
      Dictionary(uniqueKeysWithValues: fields.map { ($0, Expression.zero) })
    ).simplified()
    return source.symbols.contains(where: variableSymbols.contains) ? source : nil
  }

  /// The derivatives of an unknown to order 2 and those of the equations, in order.
  private func monomials(of unknown: Int) -> [Monomial] {
    let zero = variables.map { _ in 0 }
    func unit(_ variable: Int) -> Monomial {
      Monomial(variables.indices.map { $0 == variable ? 1 : 0 })
    }
    let first = variables.indices.map(unit)
    let all =
      [Monomial(zero)] + first + first.flatMap { left in first.map { left * $0 } }
      + derivatives.filter { $0.unknown == unknown }.map(\.monomial)
    return Set(all).sorted()
  }

  /// A derivative as a field; nil if its name means something else in the recipe.
  private func field(_ unknown: Int, _ monomial: Monomial) -> PhysicalField? {
    let name = unknowns[unknown]
    let powers = zip(variables.map(\.name), monomial.exponents).filter { $1 > 0 }
    let suffix = powers.map { String(repeating: $0, count: $1) }.joined()
    let units = powers.map { $1 == 1 ? "[\($0)]" : "[\($0)]^\($1)" }
    let symbol = suffix.isEmpty ? name : "\(name)_\(suffix)"
    guard derivative(Symbol(symbol))?.monomial == monomial else { return nil }
    let below = units.count > 1 ? "(\(units.joined(separator: " ")))" : units.first
    return PhysicalField(
      name: symbol,
      kind: .derivative(
        DerivativeSymbol(unknown: unknown, monomial: monomial, symbol: Symbol(symbol))),
      units: "[\(name)]" + (below.map { "/\($0)" } ?? ""),
      meaning: suffix.isEmpty ? "the unknown" : "derivative of order \(monomial.degree)")
  }
}
