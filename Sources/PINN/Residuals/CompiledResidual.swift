internal import Networks
internal import Symbolic

/// A residual and its derivatives by what it reads of the solution, ready to evaluate.
///
/// The residual `R(x, q)` depends on the coordinates x, on coefficients q of the network's jets, and
/// on coefficients of the equation that are trained. First derivatives `∂R/∂q` seed the reverse
/// pass; second derivatives give the curvature that the geodesic term needs, and are empty for
/// linear equations. All come from symbolic differentiation.
struct CompiledResidual: Sendable {
  /// What the residual reads: q.
  let inputs: [ResidualInput]

  /// `R`.
  let value: Program

  /// `∂R/∂qᵢ`, one for each of ``inputs``.
  let first: [Program]

  /// The second derivatives that do not vanish, with i ≤ j.
  let second: [(i: Int, j: Int, program: Program)]

  /// Compiles a residual.
  ///
  /// - Parameters:
  ///   - expression: The residual.
  ///   - columns: The symbols of coordinates and data, in the order of the evaluation's columns; the
  ///     columns of ``inputs`` follow them.
  ///   - meanings: What the other symbols stand for.
  /// - Throws: `ProgramError` if the residual contains another name.
  init(
    _ expression: Expression, columns: [Symbol], meanings: [Symbol: ResidualInput]
  ) throws(ProgramError) {
    let used = expression.symbols.filter { meanings[$0] != nil }
    // Jets hold derivatives divided by factorials: put the factor into the formula.
    var scaled: [Symbol: Expression] = [:]
    for symbol in used {
      let factorial = meanings[symbol]?.derivative?.monomial.factorial ?? 1
      guard factorial > 1 else { continue }
      scaled[symbol] = Expression(factorial) * Expression(symbol)
    }
    let residual = expression.substituting(scaled)
    let names = columns + used
    inputs = used.compactMap { meanings[$0] }
    value = try Program(residual, inputs: names)
    let partials = used.map { residual.derivative(withRespectTo: $0).simplified() }
    var first: [Program] = []
    var second: [(i: Int, j: Int, program: Program)] = []
    for (i, partial) in partials.enumerated() {
      first.append(try Program(partial, inputs: names))
      for j in i..<used.count {
        let curvature = partial.derivative(withRespectTo: used[j]).simplified()
        if curvature != .zero {
          second.append((i, j, try Program(curvature, inputs: names)))
        }
      }
    }
    self.first = first
    self.second = second
  }
}
