import Foundation
import Limbeck

/// A network that squeezes many features through few dimensions.
///
/// ```
/// h = Σ_i x_i w_i      x̂_i = ReLU(w_i · h + b_i)      L = mean Σ_i I_i (x̂_i − x_i)²
/// ```
///
/// Elhage et al., Toy Models of Superposition (2022),
/// [doi:10.48550/arXiv.2209.10652](https://doi.org/10.48550/arXiv.2209.10652).
struct ToyModel {
  /// w, a row for each feature.
  private(set) var directions: Matrix<Float>

  /// b.
  private(set) var biases: [Float]

  /// I, how much each feature counts.
  let importances: [Float]

  /// The probability that a feature is active.
  let probability: Double

  /// The loss of the last batches, averaged.
  private(set) var loss = Float.infinity

  private static let rows = 256

  /// Trains with Adam from random directions.
  ///
  /// - Parameters:
  ///   - width: Dimensions of h.
  ///   - importances: I; as many as there are features.
  ///   - probability: That a feature is active; its size is uniform in (0, 1).
  ///   - steps: Batches of 256 samples.
  ///   - seed: Fixes directions and samples.
  init(width: Int, importances: [Float], probability: Double, steps: Int, seed: UInt64) {
    var random = RandomStream(seed: seed)
    self.importances = importances
    self.probability = probability
    let scale = 1 / Float(width).squareRoot()
    directions = Matrix(
      rows: importances.count, columns: width,
      elements: (0..<importances.count * width).map { _ in scale * Float(random.normal()) })
    biases = Array(repeating: 0, count: importances.count)
    train(steps, &random)
  }

  /// Number of features.
  var featureCount: Int { directions.rows }

  /// The squared length of each direction: near one for features that are represented, else near zero.
  var squaredLengths: [Float] {
    (0..<featureCount).map { row in directions.row(row).reduce(0) { $0 + $1 * $1 } }
  }

  /// Features that are represented.
  var represented: [Int] { (0..<featureCount).filter { squaredLengths[$0] > 0.5 } }

  /// Dimensions that a feature has to itself on average, `width / Σ ‖w_i‖²`.
  var dimensionsPerFeature: Float { Float(directions.columns) / squaredLengths.reduce(0, +) }

  /// Draws a sample of the features.
  func drawFeatures(_ random: inout RandomStream) -> [Float] {
    (0..<featureCount).map { _ in
      random.uniform() < probability ? Float(random.uniform()) : 0
    }
  }

  /// What the network makes of features inside, h.
  func hidden(_ features: [Float]) -> [Float] {
    var hidden = [Float](repeating: 0, count: directions.columns)
    for (feature, size) in features.enumerated() where size != 0 {
      for i in hidden.indices { hidden[i] += size * directions[feature, i] }
    }
    return hidden
  }

  private mutating func train(_ steps: Int, _ random: inout RandomStream) {
    let count = directions.elements.count + featureCount
    var (first, second) = (
      [Float](repeating: 0, count: count), [Float](repeating: 0, count: count)
    )
    var sum: Float = 0
    let averaged = max(1, steps / 5)
    for step in 1...steps {
      let (loss, gradient) = differentiate(&random)
      if step > steps - averaged { sum += loss }
      let fall = 1 - Float(step) / Float(steps)
      let rate =
        0.01 * fall * (1 - pow(0.999, Float(step))).squareRoot() / (1 - pow(0.9, Float(step)))
      for i in 0..<count {
        first[i] += 0.1 * (gradient[i] - first[i])
        second[i] += 0.001 * (gradient[i] * gradient[i] - second[i])
        let move = rate * first[i] / (second[i].squareRoot() + 1e-8)
        if i < featureCount {
          biases[i] -= move
        } else {
          let place = i - featureCount
          directions[place / directions.columns, place % directions.columns] -= move
        }
      }
    }
    loss = sum / Float(averaged)
  }

  /// The loss of a fresh batch and its gradient, biases first.
  private func differentiate(_ random: inout RandomStream) -> (Float, [Float]) {
    let width = directions.columns
    var gradient = [Float](repeating: 0, count: featureCount * (width + 1))
    var loss: Float = 0
    for _ in 0..<Self.rows {
      let features = drawFeatures(&random)
      let hidden = hidden(features)
      var back = [Float](repeating: 0, count: width)
      for feature in 0..<featureCount {
        var output = biases[feature]
        for i in 0..<width { output += directions[feature, i] * hidden[i] }
        let error = max(0, output) - features[feature]
        loss += importances[feature] * error * error / Float(Self.rows)
        guard output > 0 else { continue }
        let slope = 2 * importances[feature] * error / Float(Self.rows)
        gradient[feature] += slope
        for i in 0..<width {
          gradient[featureCount + feature * width + i] += slope * hidden[i]
          back[i] += slope * directions[feature, i]
        }
      }
      for (feature, size) in features.enumerated() where size != 0 {
        for i in 0..<width { gradient[featureCount + feature * width + i] += size * back[i] }
      }
    }
    return (loss, gradient)
  }
}
