package import Tensors

/// Probes that read a target from a few columns alone.
///
/// A target that one neuron carries is represented; one that needs all of them may be a mere mixture.
public enum SparseProbe {
  /// How the columns are chosen.
  public enum Selection: String, Sendable, CaseIterable {
    /// The columns with the largest correlation, each on its own.
    case strongest

    /// One column after the other, each the one that correlates most with what is left: Pati,
    /// Rezaiifar & Krishnaprasad (1993),
    /// [doi:10.1109/ACSSC.1993.342465](https://doi.org/10.1109/ACSSC.1993.342465).
    case matchingPursuit
  }

  /// A readout of some columns.
  public struct Reading: Sendable, Equatable {
    /// The columns, in the order of choice.
    public let columns: [Int]

    /// The probe; columns that were not chosen have weight 0.
    public let probe: Probe
  }
}

extension FactoredDesign {
  /// Reads a target from 1, 2, … columns.
  ///
  /// The fit needs no rows: `‖y − Aw‖² = ‖z − S Vᵀ w‖² + rest`, a problem of as many rows as columns.
  ///
  /// - Parameters:
  ///   - target: Index of the target.
  ///   - selection: How the columns are chosen.
  ///   - count: The largest number of columns.
  /// - Returns: One reading for each number of columns.
  /// - Throws: `LinearAlgebraError` if a fit does not converge.
  package func sparseReadings(
    _ target: Int, selection: SparseProbe.Selection, count: Int
  ) throws(LinearAlgebraError) -> [SparseProbe.Reading] {
    let (columns, rotated) = reducedProblem(target)
    let norms = columns.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    func correlation(_ j: Int, _ residual: [Double]) -> Double {
      guard norms[j] > 0 else { return 0 }
      return abs(zip(columns[j], residual).reduce(0) { $0 + $1.0 * $1.1 }) / norms[j]
    }
    var residual = rotated
    var chosen: [Int] = []
    var readings: [SparseProbe.Reading] = []
    while chosen.count < min(count, columns.count) {
      let ranks = columns.indices.map { correlation($0, residual) }
      let rest = columns.indices.filter { !chosen.contains($0) && norms[$0] > 0 }
      guard let next = rest.max(by: { ranks[$0] < ranks[$1] }) else { break }
      chosen.append(next)
      let matrix = Matrix(
        rows: rotated.count, columns: chosen.count,
        elements: rotated.indices.flatMap { i in chosen.map { columns[$0][i] } })
      let fit = try LeastSquares(matrix, rotated).solution
      if selection == .matchingPursuit {
        residual = rotated.indices.map { i in
          rotated[i] - zip(chosen, fit).reduce(0) { $0 + columns[$1.0][i] * $1.1 }
        }
      }
      var weights = [Double](repeating: 0, count: columns.count)
      for (column, weight) in zip(chosen, fit) { weights[column] = weight }
      let intercept =
        targetMeans[target] - zip(weights, means).reduce(0) { $0 + $1.0 * $1.1 }
      readings.append(
        SparseProbe.Reading(columns: chosen, probe: Probe(weights: weights, intercept: intercept)))
    }
    return readings
  }
}
