internal import Symbolic

/// What a residual reads of a solution besides coordinates and data.
enum ResidualInput: Hashable, Sendable {
  /// A derivative of an unknown at the residual's own point.
  case field(DerivativeSymbol)

  /// The term's sum of derivatives of an unknown; see ``CommonOperator``.
  case sum(unknown: Int)

  /// A derivative of an unknown at the point's partner, such as the opposite face of a period.
  case partnerField(DerivativeSymbol)

  /// A coefficient that is trained along with the network, by its index.
  case coefficient(Int)

  /// The derivative, nil for a sum and for a coefficient.
  var derivative: DerivativeSymbol? {
    switch self {
    case .field(let derivative), .partnerField(let derivative): derivative
    case .sum, .coefficient: nil
    }
  }
}

extension DerivativeSymbol {
  /// The name of the same derivative at a point's partner; no formula of a recipe can contain it.
  var partnerSymbol: Symbol { Self.partnerSymbol(of: symbol) }

  /// The name of what a name means at a point's partner.
  static func partnerSymbol(of symbol: Symbol) -> Symbol { Symbol("\(symbol.name) of partner") }
}
