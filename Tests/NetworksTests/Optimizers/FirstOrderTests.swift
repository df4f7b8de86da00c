import Foundation
import Networks
import Tensors
import Testing

@Suite("Adam")
struct AdamTests {
  @Test func `the first steps are the ones computed by hand`() {
    var adam = Adam(parameterCount: 1, learningRate: LearningRate(0.1))
    var x = [1.0]
    adam.update(&x, gradient: [2])
    // Bias correction makes the first step the learning rate, whatever the gradient.
    #expect(abs(x[0] - 0.9) < 1e-9)
    adam.update(&x, gradient: [-1])
    // m = 0.1·(0.9·2 − 1) = 0.08, / 0.19; v = 0.001·(0.999·4 + 1) = 0.004996, / 0.001999.
    let expected = 0.9 - 0.1 * (0.08 / 0.19) / ((0.004996 / 0.001999).squareRoot() + 1e-8)
    #expect(abs(x[0] - expected) < 1e-9)
  }

  @Test func `minimises a quadratic`() {
    var adam = Adam(parameterCount: 2, learningRate: LearningRate(0.05))
    var x = [3.0, -2.0]
    for _ in 0..<2000 { adam.update(&x, gradient: [2 * x[0], 20 * x[1]]) }
    #expect(abs(x[0]) < 1e-3 && abs(x[1]) < 1e-3)
  }

  @Test func `weights decay apart from the gradient`() {
    var adam = Adam(parameterCount: 1, learningRate: LearningRate(0.1), weightDecay: 0.5)
    var x = [2.0]
    // Without a gradient there is no step but the decay: 2 · (1 − 0.1 · 0.5)².
    for _ in 0..<2 { adam.update(&x, gradient: [0]) }
    #expect(abs(x[0] - 2 * 0.95 * 0.95) < 1e-15)
  }
}

@Suite("Learning rates")
struct LearningRateTests {
  @Test func `rates follow their formulas`() {
    let constant = LearningRate(0.2)
    #expect(constant(at: 1) == 0.2 && constant(at: 1000) == 0.2)
    let warm = LearningRate(0.2, warmup: 4)
    #expect((1...6).map { warm(at: $0) } == [0.05, 0.1, 0.2 * 3 / 4, 0.2, 0.2, 0.2])
    let exponential = LearningRate(1, decay: .exponential(factor: 0.5, interval: 10))
    #expect(exponential(at: 1) == 1)
    #expect(abs(exponential(at: 11) - 0.5) < 1e-15 && abs(exponential(at: 21) - 0.25) < 1e-15)
    let cosine = LearningRate(1, warmup: 10, decay: .cosine(end: 0.1, steps: 100))
    #expect(cosine(at: 10) == 1)
    // Half-way lies in the middle, and the end stays.
    #expect(abs(cosine(at: 60) - 0.55) < 1e-15)
    #expect(abs(cosine(at: 110) - 0.1) < 1e-15 && abs(cosine(at: 5000) - 0.1) < 1e-15)
  }
}

@Suite("SOAP")
struct SOAPTests {
  /// Two layers, of shapes [3, 2] and [2, 3], with two biases in between.
  private static let matrices = [
    ParameterMatrix(offset: 0, rows: 3, columns: 2),
    ParameterMatrix(offset: 8, rows: 2, columns: 3),
  ]

  private static func gradient(_ step: Int) -> [Double] {
    var random = RandomStream(seed: 7).child(step)
    return (0..<14).map { 0.1 * Double($0 + 1) * random.normal() }
  }

  @Test func `is Adam in the eigenbasis, written out naively`() {
    var soap = SOAP(
      parameterCount: 14, matrices: Self.matrices, learningRate: LearningRate(0.01),
      refreshInterval: 2)
    var naive = NaiveSOAP(matrices: Self.matrices, count: 14, rate: 0.01, interval: 2)
    var random = RandomStream(seed: 1)
    var x = (0..<14).map { _ in random.normal() }
    var y = x
    for step in 1...25 {
      soap.update(&x, gradient: Self.gradient(step))
      naive.update(&y, gradient: Self.gradient(step))
      // The first gradients have no part along some directions: rounding of 1e-17 over ε = 1e-8,
      // times the rate.
      for i in x.indices { #expect(abs(x[i] - y[i]) < 1e-9) }
    }
  }

  @Test func `a diagonal curvature that is turned does not slow it down`() {
    // ½ ‖A W B‖² with condition 1e4 on each side: Adam sees mixed coordinates, SOAP nearly diagonal ones.
    var random = RandomStream(seed: 3)
    func skewed() -> Matrix<Double> {
      let q = QRDecomposition(
        Matrix<Double>(rows: 4, columns: 4, elements: (0..<16).map { _ in random.normal() })
      ).orthogonal
      let scales = Matrix<Double>(
        rows: 4, columns: 4,
        elements: (0..<16).map { $0 % 5 == 0 ? pow(0.1, Double($0 / 5) * 2 / 3) : 0 })
      return q * scales * q.transposed
    }
    let (a, b) = (skewed(), skewed())
    let start = (0..<16).map { _ in random.normal() }
    let objective = CountedObjective(parameterCount: 16) { w in
      let image = a * Matrix(rows: 4, columns: 4, elements: w) * b
      let gradient = a.transposed * image * b.transposed
      return (0.5 * image.elements.reduce(0) { $0 + $1 * $1 }, gradient.elements)
    }
    let rate = LearningRate(0.02, decay: .exponential(factor: 0.5, interval: 200))
    var (x, y) = (start, start)
    var soap = SOAP(
      parameterCount: 16, matrices: [ParameterMatrix(offset: 0, rows: 4, columns: 4)],
      learningRate: rate)
    var adam = Adam(parameterCount: 16, learningRate: rate)
    for _ in 0..<1500 {
      _ = soap.step(&x, objective: objective)
      _ = adam.step(&y, objective: objective)
    }
    #expect(objective.evaluate(at: x).value < 0.1 * objective.evaluate(at: y).value)
  }
}

/// SOAP as the paper writes it, element by element.
private struct NaiveSOAP {
  let matrices: [ParameterMatrix]
  let rate: Double
  let interval: Int
  private var step = 0
  private var mean: [Double]
  private var square: [Double]
  private var left: [[[Double]]] = []
  private var right: [[[Double]]] = []
  private var leftBasis: [[[Double]]] = []
  private var rightBasis: [[[Double]]] = []

  init(matrices: [ParameterMatrix], count: Int, rate: Double, interval: Int) {
    self.matrices = matrices
    self.rate = rate
    self.interval = interval
    mean = Array(repeating: 0, count: count)
    square = mean
  }

  mutating func update(_ x: inout [Double], gradient: [Double]) {
    step += 1
    for i in mean.indices { mean[i] = 0.95 * mean[i] + 0.05 * gradient[i] }
    let first = 1 - pow(0.95, Double(step))
    var moved = x
    for i in x.indices where !matrices.contains(where: { $0.contains(i) }) {
      square[i] = 0.95 * square[i] + 0.05 * gradient[i] * gradient[i]
      moved[i] -= rate * mean[i] / first / ((square[i] / first).squareRoot() + 1e-8)
    }
    for (k, m) in matrices.enumerated() {
      let g = m.rows(of: gradient)
      if step == 1 {
        left.append(zeros(m.rows))
        right.append(zeros(m.columns))
        leftBasis.append(eigenvectors(product(g, transposed(g))))
        rightBasis.append(eigenvectors(product(transposed(g), g)))
      }
      let (ql, qr) = (leftBasis[k], rightBasis[k])
      let turned = product(product(transposed(ql), g), qr)
      var direction = product(product(transposed(ql), m.rows(of: mean)), qr)
      for i in 0..<m.rows {
        for j in 0..<m.columns {
          let place = m.offset + i * m.columns + j
          square[place] = 0.95 * square[place] + 0.05 * turned[i][j] * turned[i][j]
          direction[i][j] /= first * ((square[place] / first).squareRoot() + 1e-8)
        }
      }
      let back = product(product(ql, direction), transposed(qr))
      for i in 0..<m.rows {
        for j in 0..<m.columns { moved[m.offset + i * m.columns + j] -= rate * back[i][j] }
      }
      left[k] = blend(left[k], product(g, transposed(g)))
      right[k] = blend(right[k], product(transposed(g), g))
      if step % interval == 0 {
        leftBasis[k] = orthonormalised(product(left[k], ql))
        rightBasis[k] = orthonormalised(product(right[k], qr))
      }
    }
    x = moved
  }

  private func zeros(_ n: Int) -> [[Double]] {
    Array(repeating: Array(repeating: 0, count: n), count: n)
  }

  private func transposed(_ a: [[Double]]) -> [[Double]] {
    a[0].indices.map { j in a.map { $0[j] } }
  }

  private func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in
      b[0].indices.map { j in row.indices.reduce(0) { $0 + row[$1] * b[$1][j] } }
    }
  }

  private func blend(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    zip(a, b).map { zip($0, $1).map { 0.95 * $0 + 0.05 * $1 } }
  }

  /// Eigenvectors as columns, largest eigenvalue first, by Jacobi rotations.
  private func eigenvectors(_ matrix: [[Double]]) -> [[Double]] {
    let n = matrix.count
    var a = matrix
    var v = zeros(n)
    for i in 0..<n { v[i][i] = 1 }
    for _ in 0..<60 {
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where abs(a[p][q]) > 0 {
          let angle = 0.5 * atan2(2 * a[p][q], a[q][q] - a[p][p])
          let (c, s) = (cos(angle), sin(angle))
          for k in 0..<n {
            (a[k][p], a[k][q]) = (c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q])
          }
          for k in 0..<n {
            (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k])
          }
          for k in 0..<n {
            (v[k][p], v[k][q]) = (c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q])
          }
        }
      }
    }
    let order = (0..<n).sorted { a[$0][$0] > a[$1][$1] }
    return v.map { row in order.map { row[$0] } }
  }

  /// Gram and Schmidt, twice.
  private func orthonormalised(_ a: [[Double]]) -> [[Double]] {
    var columns = transposed(a)
    for _ in 0..<2 {
      for j in columns.indices {
        for k in 0..<j {
          let overlap = zip(columns[j], columns[k]).reduce(0) { $0 + $1.0 * $1.1 }
          columns[j] = zip(columns[j], columns[k]).map { $0 - overlap * $1 }
        }
        let norm = columns[j].reduce(0) { $0 + $1 * $1 }.squareRoot()
        columns[j] = columns[j].map { $0 / norm }
      }
    }
    return transposed(columns)
  }
}

extension ParameterMatrix {
  fileprivate func contains(_ index: Int) -> Bool {
    (offset..<offset + rows * columns).contains(index)
  }

  fileprivate func rows(of vector: [Double]) -> [[Double]] {
    (0..<rows).map { i in
      Array(vector[offset + i * columns..<offset + (i + 1) * columns])
    }
  }
}
