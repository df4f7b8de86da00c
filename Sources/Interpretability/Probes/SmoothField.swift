internal import Foundation
package import Tensors

/// A random field with the spectrum of a given one: the control task of a probe.
///
/// A field that has nothing to do with the network, but is as smooth as the target. What reads it
/// as well as the target shows the richness of the activations, not that the network computes the
/// target (Hewitt & Liang 2019, [doi:10.18653/v1/D19-1275](https://doi.org/10.18653/v1/D19-1275)).
///
/// The target is expanded in products of cosines over the domain's box, `Π cos(π kᵢ ξᵢ)` with
/// ξ in [0, 1], and each cosine then gets a phase of its own: `Σ |cₖ| Π cos(π kᵢ ξᵢ + φ)`.
package struct SmoothField {
  /// The highest total degree of the cosines, by the number of variables: about 130 products.
  private static let degrees = [1: 64, 2: 15, 3: 7]

  /// The wave numbers of each product of cosines.
  private let modes: [[Int]]

  /// The samples, ξ in [0, 1] for each variable.
  private let positions: [[Double]]

  /// The target's amplitudes.
  private let amplitudes: [[Double]]

  /// Expands fields.
  ///
  /// - Parameters:
  ///   - targets: One array of values for each field.
  ///   - coordinates: Where they are known, one array for each variable.
  ///   - threads: Number of threads.
  /// - Throws: `LinearAlgebraError` if the expansion does not converge.
  package init(
    of targets: [[Double]], at coordinates: [[Double]], threads: Int
  ) throws(LinearAlgebraError) {
    positions = coordinates.map { values in
      let lower = values.min() ?? 0
      let width = (values.max() ?? 0) - lower
      return values.map { width > 0 ? ($0 - lower) / width : 0 }
    }
    let samples = coordinates[0].count
    var degree = Self.degrees[coordinates.count] ?? 5
    // Fewer samples than amplitudes would be no expansion.
    while degree > 1
      && Self.modeCount(variables: coordinates.count, degree: degree) * 2 > Double(samples)
    {
      degree -= 1
    }
    let modes = Self.modes(variables: coordinates.count, degree: degree)
    self.modes = modes
    let still = modes.map { $0.map { _ in 0.0 } }
    var basis = Matrix<Double>(rows: samples, columns: modes.count)
    for (m, mode) in modes.enumerated() {
      for (row, value) in Self.product(mode, phases: still[m], at: positions).enumerated() {
        basis[row, m] = value
      }
    }
    let design = try FactoredDesign(
      basis, targets: targets, rows: Array(0..<samples), threads: threads)
    amplitudes = targets.indices.map { design.probe(.linear, target: $0).weights }
  }

  /// Draws a field for each target.
  ///
  /// - Parameter random: Where the phases come from.
  /// - Returns: One array of values for each target, of the target's spectrum.
  package func draw(random: RandomStream) -> [[Double]] {
    amplitudes.enumerated().map { t, amplitude in
      var random = random.child(t)
      var field = [Double](repeating: 0, count: positions[0].count)
      for (mode, size) in zip(modes, amplitude) {
        // A wave number of 0 keeps its factor of 1: a phase there would change the amplitude.
        let phases = mode.map { $0 == 0 ? 0 : random.uniform(0, 2 * .pi) }
        guard size != 0 else { continue }
        for (row, value) in Self.product(mode, phases: phases, at: positions).enumerated() {
          field[row] += abs(size) * value
        }
      }
      return field
    }
  }

  /// The number of products up to a total degree but the constant, `C(n + d, d) − 1`.
  private static func modeCount(variables: Int, degree: Int) -> Double {
    var count = 1.0
    for i in 1...degree { count *= Double(variables + i) / Double(i) }
    return count - 1
  }

  /// The wave numbers of all products up to a total degree but the constant.
  private static func modes(variables: Int, degree: Int) -> [[Int]] {
    var modes: [[Int]] = [[]]
    for _ in 0..<variables {
      modes = modes.flatMap { mode in
        (0...(degree - mode.reduce(0, +))).map { mode + [$0] }
      }
    }
    return modes.filter { $0.contains { $0 > 0 } }
  }

  private static func product(
    _ mode: [Int], phases: [Double], at positions: [[Double]]
  ) -> [Double] {
    var result = [Double](repeating: 1, count: positions[0].count)
    for (i, wave) in mode.enumerated() where wave > 0 {
      for row in result.indices {
        result[row] *= cos(.pi * Double(wave) * positions[i][row] + phases[i])
      }
    }
    return result
  }
}
