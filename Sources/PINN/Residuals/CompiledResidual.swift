internal import Networks
internal import Symbolic

/// A residual and its derivatives by the Taylor coefficients of the unknowns, ready to evaluate.
///
/// The residual `R(x, q)` depends on the coordinates x and on coefficients q of the network's jets.
/// First derivatives `∂R/∂q` seed the reverse pass; second derivatives give the curvature that the
/// geodesic term needs, and are empty for linear equations. All come from symbolic differentiation.
struct CompiledResidual: Sendable {
  /// The derivatives q that the residual reads.
  let fields: [DerivativeSymbol]

  /// `R`.
  let value: Program

  /// `∂R/∂qᵢ`, one for each of ``fields``.
  let first: [Program]

  /// The second derivatives that do not vanish, with i ≤ j.
  let second: [(i: Int, j: Int, program: Program)]

  /// Compiles a residual.
  ///
  /// - Parameters:
  ///   - expression: The residual.
  ///   - columns: The symbols of coordinates and data, in the order of the evaluation's columns; the
  ///     columns of ``fields`` follow them.
  ///   - symbols: What the derivatives' symbols stand for.
  /// - Throws: `ProgramError` if the residual contains another name.
  init(
    _ expression: Expression, columns: [Symbol], symbols: [Symbol: DerivativeSymbol]
  ) throws(ProgramError) {
    let used = expression.symbols.filter { symbols[$0] != nil }
    // Jets hold derivatives divided by factorials: put the factor into the formula.
    var scaled: [Symbol: Expression] = [:]
    for symbol in used {
      guard let factorial = symbols[symbol]?.monomial.factorial, factorial > 1 else { continue }
      scaled[symbol] = Expression(factorial) * Expression(symbol)
    }
    let residual = expression.substituting(scaled)
    let inputs = columns + used
    fields = used.compactMap { symbols[$0] }
    value = try Program(residual, inputs: inputs)
    let partials = used.map { residual.derivative(withRespectTo: $0).simplified() }
    var first: [Program] = []
    var second: [(i: Int, j: Int, program: Program)] = []
    for (i, partial) in partials.enumerated() {
      first.append(try Program(partial, inputs: inputs))
      for j in i..<used.count {
        let curvature = partial.derivative(withRespectTo: used[j]).simplified()
        if curvature != .zero {
          second.append((i, j, try Program(curvature, inputs: inputs)))
        }
      }
    }
    self.first = first
    self.second = second
  }
}
