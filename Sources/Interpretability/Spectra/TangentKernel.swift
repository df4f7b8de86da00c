internal import Networks
internal import PINN
internal import Symbolic
internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The neural tangent kernel of a network and of the loss that it is trained by, at given weights.
///
/// Under gradient flow of `½‖r‖²` the residuals obey `dr/dτ = −K r`, `K = J Jᵀ` with J the Jacobian of r by
/// the weights, as long as J stays as it is; and the solution `du/dτ = −J_u Jᵀ r`. With `K = V Λ Vᵀ`,
///
///     u(τ) = u(0) − J_u Jᵀ V diag((1 − exp(−λτ))/λ) Vᵀ r(0).
///
/// The kernel `J_u J_uᵀ` is that of a fit to the values of u themselves. Jacot, Gabriel & Hongler (2018),
/// [arXiv:1806.07572](https://doi.org/10.48550/arXiv.1806.07572); of PINNs: Wang, Yu & Perdikaris (2022),
/// [doi:10.1016/j.jcp.2021.110768](https://doi.org/10.1016/j.jcp.2021.110768).
struct TangentKernel {
  /// The eigenvalues of `J_u J_uᵀ`, largest first.
  let eigenvalues: [Double]

  /// Its eigenvectors, a row each.
  let eigenvectors: Matrix<Double>

  /// u on the grid.
  let values: [Double]

  private let rates: [Double]
  private let responses: Matrix<Double>
  private let residuals: [Double]

  /// Differentiates a network.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - recipe: The recipe, whose loss is meant.
  ///   - grid: Where u is looked at.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: `TrainingError` or `ProgramError` if the equations cannot be compiled, `LinearAlgebraError`
  ///   if a decomposition does not converge.
  init(
    of solution: TrainedNetwork, trainedBy recipe: Recipe, on grid: SpectrumGrid, threads: Int
  ) throws {
    let problem = recipe.problem
    var form = NetworkForm(problem)
    let unknown = form.form(problem.withNumbers(Expression(Symbol(problem.unknowns[0]))))
    let count = grid.points[0].count
    // A weight as large as the number of points leaves the values as they are.
    let system = try ResidualSystem<Double>(
      network: solution.network,
      terms: [
        ResidualTerm(
          names: ["u"], equations: [unknown], points: grid.points, weight: Double(count))
      ], variables: problem.variableSymbols, symbols: form.symbols, threads: threads)
    let own = system.transposedJacobian(at: solution.parameters)
    values = Array(own.residuals.prefix(count))
    let kernel = try SingularValueDecomposition(own.jacobian.gram)
    eigenvalues = kernel.values
    eigenvectors = kernel.rightTransposed

    var loss = recipe
    loss.training.interiorPoints = min(loss.training.interiorPoints, Self.interiorPoints)
    loss.training.conditionPoints = min(loss.training.conditionPoints, Self.conditionPoints)
    let trained: ResidualSystem<Double> = try loss.makeSystem(
      RandomStream(seed: UInt64(recipe.training.seed)), threads: threads, sampler: .sobol,
      measurements: nil)
    let coefficients = trained.parameterCount - solution.network.parameterCount
    let parameters =
      solution.parameters + recipe.problem.trainableParameters.map(\.value).prefix(coefficients)
    let outer = trained.transposedJacobian(at: parameters)
    let weights = solution.network.parameterCount
    // Coefficients of the equations are left as they are.
    let jacobian = outer.jacobian.firstRows(weights)
    let decomposition = try SingularValueDecomposition(jacobian.gram)
    rates = decomposition.values
    let basis = decomposition.rightTransposed.transposed
    responses = own.jacobian.transposed * (jacobian * basis)
    residuals = (Matrix(rows: 1, columns: outer.residuals.count, elements: outer.residuals) * basis)
      .row(0)
  }

  private static let interiorPoints = 320
  private static let conditionPoints = 32

  /// u after gradient flow of the loss.
  ///
  /// - Parameter time: τ, in units of the inverse of the largest rate.
  /// - Returns: One value for each point of the grid.
  func trained(for time: Double) -> [Double] {
    let largest = rates.first ?? 1
    let steps = rates.indices.map { index -> Double in
      let rate = rates[index] / largest
      // A rate of rounding's size is none.
      return rate > 1e-15 ? -expm1(-rate * time) / rates[index] * residuals[index] : 0
    }
    return values.indices.map { row in
      values[row] - steps.indices.reduce(0) { $0 + responses[row, $1] * steps[$1] }
    }
  }

  /// u after gradient flow of a fit to values.
  ///
  /// - Parameters:
  ///   - truth: The values.
  ///   - time: τ, in units of the inverse of the largest eigenvalue.
  /// - Returns: One value for each point of the grid.
  func fitted(to truth: [Double], for time: Double) -> [Double] {
    let largest = eigenvalues.first ?? 1
    let error = zip(values, truth).map { $0 - $1 }
    var left = [Double](repeating: 0, count: values.count)
    for index in 0..<min(eigenvalues.count, values.count) {
      let row = eigenvectors.row(index).prefix(values.count)
      let part =
        zip(row, error).reduce(0) { $0 + $1.0 * $1.1 }
        * exp(-max(0, eigenvalues[index]) / largest * time)
      for (place, component) in row.enumerated() { left[place] += part * component }
    }
    return zip(truth, left).map { $0 + $1 }
  }

  /// The share of an error's square in the first eigenvectors.
  ///
  /// - Parameters:
  ///   - truth: What u should be.
  ///   - count: Number of eigenvectors.
  /// - Returns: Between 0 and 1; nil without an error.
  func alignment(with truth: [Double], count: Int) -> Double? {
    let error = zip(values, truth).map { $0 - $1 }
    let total = Statistics.sum(error.lazy.map { $0 * $0 })
    guard total > 0 else { return nil }
    return (0..<min(count, eigenvalues.count)).reduce(0) { sum, index in
      let part = zip(eigenvectors.row(index), error).reduce(0) { $0 + $1.0 * $1.1 }
      return sum + part * part / total
    }
  }
}

extension Matrix<Double> {
  /// The first rows.
  fileprivate func firstRows(_ count: Int) -> Matrix<Double> {
    count == rows
      ? self
      : withUnsafePointer {
        Matrix(
          rows: count, columns: columns,
          elements: Array(UnsafeBufferPointer(start: $0, count: count * columns)))
      }
  }
}
