import Foundation
import Interpretability
import Tensors
import Testing

@Suite("Spectra of fields")
struct FieldSpectrumTests {
  func grid(_ side: Int, _ value: (Double, Double) -> Double) -> [Double] {
    (0..<side * side).map { p in
      value(Double(p / side) / Double(side - 1), Double(p % side) / Double(side - 1))
    }
  }

  @Test("the transform is the sum of its definition", arguments: [[12], [6, 10], [3, 4, 5]])
  func definition(shape: [Int]) {
    var random = RandomStream(seed: 1)
    let count = shape.reduce(1, *)
    let field = (0..<count).map { _ in random.normal() }
    func place(_ index: Int) -> [Int] {
      var rest = index
      return shape.reversed().map { size in
        defer { rest /= size }
        return rest % size
      }.reversed()
    }
    let power = FourierTransform.power(field, shape: shape)
    for k in 0..<count {
      var (real, imaginary) = (0.0, 0.0)
      for j in 0..<count {
        let turns = zip(zip(place(j), place(k)), shape).reduce(0.0) {
          $0 + Double($1.0.0 * $1.0.1) / Double($1.1)
        }
        real += field[j] * cos(2 * .pi * turns)
        imaginary -= field[j] * sin(2 * .pi * turns)
      }
      // Sixty terms of order one, each with a rounding.
      #expect(abs(power[k] - real * real - imaginary * imaginary) < 1e-11)
    }
  }

  @Test("a sine lies in its shell and the two beside it", arguments: [2, 5, 11])
  func sine(waves: Int) throws {
    let field = grid(64) { x, _ in sin(2 * .pi * Double(waves) * x + 0.3) }
    let spectrum = try #require(FieldSpectrum(of: field, shape: [64, 64]))
    let near = spectrum.shares[(waves - 1)...(waves + 1)].reduce(0, +)
    // The window also spreads along y, by one: sqrt(k² + 1) rounds to k for k > 1.
    #expect(near > 0.99)
    #expect(abs(spectrum.meanFrequency - Double(waves)) < 0.25)
  }

  @Test("the variance of two waves is shared by their squared amplitudes")
  func shares() throws {
    let field = grid(80) { x, y in
      3 * sin(2 * .pi * 3 * x) + sin(2 * .pi * 12 * y)
    }
    let spectrum = try #require(FieldSpectrum(of: field, shape: [80, 80]))
    #expect(abs(spectrum.share(above: 7) - 0.1) < 0.005)
  }

  @Test("a constant has no spectrum")
  func constant() {
    #expect(FieldSpectrum(of: Array(repeating: 0.1, count: 64), shape: [8, 8]) == nil)
  }
}
