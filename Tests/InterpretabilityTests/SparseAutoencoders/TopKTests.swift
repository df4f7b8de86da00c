@testable import Interpretability
import Tensors
import Testing

@Suite("TopK")
struct TopKTests {
  private static func features(_ a: [Double], _ k: Int, chosenBy unmoved: [Double]) -> [Double] {
    let chosen = PlainAutoencoder.largest(unmoved, k)
    return a.indices.map { chosen.contains($0) && unmoved[$0] > 0 ? a[$0] : 0 }
  }

  @Test(arguments: [1, 3, 12], [false, true])
  func `its gradient is that of the plain loss`(_ k: Int, _ isTied: Bool) {
    let check = GradientCheck(TopK(k), isTied: isTied)
    let deviation = check.deviation(TopK(k)) { moved, unmoved in
      check.mean { x, y in
        moved.squaredError(
          Self.features(moved.preactivations(x), k, chosenBy: unmoved.preactivations(x)), y)
      }
    }
    #expect(deviation.loss < GradientCheck.lossTolerance)
    #expect(deviation.gradient < GradientCheck.gradientTolerance)
  }

  @Test func `with a free decoder features compete by what they contribute`() {
    let check = GradientCheck(TopK(3))
    let deviation = check.deviation(TopK(3), norms: true) { moved, unmoved in
      let norms = unmoved.decoder.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
      return check.mean { x, y in
        let ranks = zip(unmoved.preactivations(x), norms).map { $0 * $1 }
        let chosen = PlainAutoencoder.largest(ranks, 3)
        let a = moved.preactivations(x)
        return moved.squaredError(
          a.indices.map { chosen.contains($0) && ranks[$0] > 0 ? a[$0] : 0 }, y)
      }
    }
    #expect(deviation.loss < GradientCheck.lossTolerance)
    #expect(deviation.gradient < GradientCheck.gradientTolerance)
  }

  @Test func `dead features learn what the live ones leave`() {
    let dead: [UInt32] = [1, 4, 5, 9]
    let check = GradientCheck(TopK(2))
    let revival = AuxiliaryLoss(features: dead, count: 2, weight: 0.25)
    let deviation = check.deviation(TopK(2), revival: revival) { moved, unmoved in
      check.mean { x, y in
        let before = unmoved.preactivations(x)
        let a = moved.preactivations(x)
        let error = moved.squaredError(Self.features(a, 2, chosenBy: before), y)
        // What is left is held fixed, and the dead features' sum has no bias.
        let left = zip(y, unmoved.decode(Self.features(before, 2, chosenBy: before))).map {
          $0 - $1
        }
        let ranks = dead.map { before[Int($0)] }
        let chosen = PlainAutoencoder.largest(ranks, 2)
        var revived = [Double](repeating: 0, count: a.count)
        for i in chosen where ranks[i] > 0 { revived[Int(dead[i])] = a[Int(dead[i])] }
        let guess = zip(moved.decode(revived), moved.bias).map { $0 - $1 }
        return error + 0.25 * zip(guess, left).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      }
    }
    #expect(deviation.loss < GradientCheck.lossTolerance)
    #expect(deviation.gradient < GradientCheck.gradientTolerance)
  }

  @Test func `more features than are alive leave the rest at zero`() {
    let autoencoder = SparseAutoencoder(
      encoder: Matrix(rows: 3, columns: 2, elements: [1, 0, 0, 1, -1, 0]),
      encoderBias: [0, 0, 0],
      directions: Matrix(rows: 3, columns: 2, elements: [1, 0, 0, 1, -1, 0]),
      outputBias: [0, 0], activation: .topK(3))
    let features = autoencoder.encode(Matrix(rows: 2, columns: 2, elements: [2, -1, 3, 3]))
    #expect(features.elements == [2, 0, 0, 3, 3, 0])
  }

  @Test func `of equal preactivations the first is taken`() {
    let autoencoder = SparseAutoencoder(
      encoder: Matrix(rows: 3, columns: 1, elements: [1, 1, 1]), encoderBias: [0, 0, 0],
      directions: Matrix(rows: 3, columns: 1, elements: [1, 1, 1]), outputBias: [0],
      activation: .topK(2))
    #expect(autoencoder.encode(Matrix(rows: 1, columns: 1, elements: [4])).elements == [4, 4, 0])
  }
}
