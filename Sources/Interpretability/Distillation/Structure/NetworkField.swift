internal import Networks
public import PINN
public import Symbolic

/// An output of a trained network as a field: its derivatives are exact, its error is the teacher's.
///
/// Jets give the network's own derivatives without error; what is uncertain is how far they are from
/// those of the function that the network stands for. The error of a trained network is smooth, with a
/// length of about a tenth of the domain's width w: the root mean square of its n-th derivative is
/// taken as `ε (κ/w)ⁿ` with κ = ``roughness``.
public struct NetworkField: DifferentiableField {
  /// The names of the inputs.
  public let variables: [Symbol]

  private let solution: TrainedNetwork
  private let output: Int
  private let error: Double

  /// The factor κ by which a derivative, scaled to the domain's width, multiplies the error.
  ///
  /// Measured on the networks of the examples, whose solutions are known.
  public static let roughness = 25.0

  /// Takes an output of a network.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - output: The index of the output.
  ///   - error: Root mean square of the network's error; rounding is the least.
  public init(_ solution: TrainedNetwork, output: Int, error: Double) {
    precondition(solution.unknowns.indices.contains(output), "the network has no such output")
    self.solution = solution
    self.output = output
    self.error = error
    variables = solution.variables.map { Symbol($0) }
  }

  /// Evaluates the network's jets.
  ///
  /// - Parameter points: One array of coordinates for each variable; at least one point.
  /// - Returns: Values, derivatives and their errors.
  public func sample(at points: [[Double]]) -> FieldSample {
    let network = solution.network
    let evaluator = FieldEvaluator(solution, points: points, threads: 1)
    let none = [Int](repeating: 0, count: variables.count)
    func column(_ exponents: [Int]) -> UncertainColumn {
      let field = DerivativeSymbol(
        unknown: output, monomial: Monomial(exponents), symbol: Symbol(solution.unknowns[output]))
      let scale = exponents.indices.reduce(1.0) { scale, i in
        (0..<exponents[i]).reduce(scale) { scale, _ in
          scale * Self.roughness / (network.upper[i] - network.lower[i])
        }
      }
      return UncertainColumn(
        evaluator.values(of: field, parameters: solution.parameters), error: error * scale)
    }
    func raised(_ exponents: [Int], _ index: Int) -> [Int] {
      var exponents = exponents
      exponents[index] += 1
      return exponents
    }
    let gradient = variables.indices.map { column(raised(none, $0)) }
    let upper = variables.indices.map { i in
      (0...i).map { j in column(raised(raised(none, i), j)) }
    }
    return FieldSample(
      points: points, value: column(none), gradient: gradient,
      hessian: variables.indices.map { i in
        variables.indices.map { j in upper[max(i, j)][min(i, j)] }
      })
  }
}
