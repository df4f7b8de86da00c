import Foundation
import Tensors

/// Activations of a layer of tanh neurons with random weights, at random points of the unit square.
struct RandomLayer {
  let coordinates: [[Double]]
  let activations: Matrix<Double>

  init(samples: Int, width: Int, seed: UInt64) {
    var random = RandomStream(seed: seed)
    let x = (0..<samples).map { _ in random.uniform() }
    let y = (0..<samples).map { _ in random.uniform() }
    coordinates = [x, y]
    activations = Self.layer(at: coordinates, width: width, random: random)
  }

  /// The activations of other weights at the same points.
  func activations(ofDraw draw: Int) -> Matrix<Double> {
    let random = RandomStream(seed: UInt64(1000 + draw))
    return Self.layer(at: coordinates, width: activations.columns, random: random)
  }

  private static func layer(
    at coordinates: [[Double]], width: Int, random: RandomStream
  ) -> Matrix<Double> {
    var random = random
    let weights = (0..<width).map { _ in (0..<3).map { _ in random.normal() } }
    var result = Matrix<Double>(rows: coordinates[0].count, columns: width)
    for p in 0..<result.rows {
      for (j, w) in weights.enumerated() {
        let sum = w[0] * coordinates[0][p] + w[1] * coordinates[1][p] + w[2]
        result[p, j] = tanh(sum)
      }
    }
    return result
  }
}
