import Foundation
import Tensors
import Testing

import Interpretability

@Suite("Linear and ridge probes")
struct ProbeTests {
  let layer = RandomLayer(samples: 400, width: 12, seed: 5)

  func value(_ p: Int) -> Double {
    sin(3 * layer.coordinates[0][p]) * exp(-layer.coordinates[1][p])
  }

  /// Some rows of the layer, their columns centred.
  func centred(_ rows: [Int]) -> Matrix<Double> {
    let a = layer.activations
    let means = (0..<a.columns).map { j in rows.reduce(0) { $0 + a[$1, j] } / Double(rows.count) }
    return Matrix(
      rows: rows.count, columns: a.columns,
      elements: rows.flatMap { i in (0..<a.columns).map { a[i, $0] - means[$0] } })
  }

  /// The trace of the hat matrix of ridge, `1 + tr (AᵀA + αI)⁻¹AᵀA`, by Cholesky.
  func spent(_ rows: [Int], penalty: Double) throws -> Double {
    let gram = centred(rows).gram
    var shifted = gram
    for j in 0..<gram.columns { shifted[j, j] += penalty }
    let factor = try Cholesky(shifted)
    return (0..<gram.columns).reduce(1) { total, j in
      total + factor.solve((0..<gram.columns).map { gram[$0, j] })[j]
    }
  }

  /// Ridge by the normal equations of the centred problem, solved by Cholesky.
  func normalEquations(_ y: [Double], rows: [Int], penalty: Double) throws -> [Double] {
    let n = layer.activations.columns
    let mean = rows.reduce(0) { $0 + y[$1] } / Double(rows.count)
    let centred = centred(rows)
    var gram = centred.gram
    for j in 0..<n { gram[j, j] += penalty }
    let right = (0..<n).map { j in
      rows.enumerated().reduce(0) { $0 + centred[$1.offset, j] * (y[$1.element] - mean) }
    }
    return try Cholesky(gram).solve(right)
  }

  @Test("ridge weights are those of the normal equations", arguments: [1e-3, 1.0, 100.0])
  func ridge(penalty: Double) throws {
    let y = (0..<400).map(value)
    let rows = Array(stride(from: 0, to: 400, by: 2))
    let design = try FactoredDesign(layer.activations, targets: [y], rows: rows, threads: 1)
    let probe = design.probe(.ridge(penalties: [penalty]), target: 0)
    let expected = try normalEquations(y, rows: rows, penalty: penalty)
    // The normal equations lose the digits of the condition number squared, here about 1e8 / α.
    for (w, v) in zip(probe.weights, expected) { #expect(abs(w - v) <= 1e-7 * max(1, abs(v))) }
  }

  @Test("the penalty minimises the generalised cross-validation error")
  func crossValidation() throws {
    var random = RandomStream(seed: 8)
    let y = (0..<400).map { value($0) + 0.1 * random.normal() }
    let rows = Array(0..<200)
    let penalties = (-6...3).map { pow(10, Double($0)) }
    let design = try FactoredDesign(layer.activations, targets: [y], rows: rows, threads: 1)
    let probe = design.probe(.ridge(penalties: penalties), target: 0)
    // The hat matrix's trace and the errors, computed from the weights alone.
    let errors = try penalties.map { penalty in
      let w = try normalEquations(y, rows: rows, penalty: penalty)
      let means = (0..<12).map { j in rows.reduce(0) { $0 + layer.activations[$1, j] } / 200 }
      let mean = rows.reduce(0) { $0 + y[$1] } / 200
      let sum = rows.reduce(0.0) { total, i in
        let read = mean + (0..<12).reduce(0) { $0 + w[$1] * (layer.activations[i, $1] - means[$1]) }
        return total + (y[i] - read) * (y[i] - read)
      }
      let freedom = 200 - (try spent(rows, penalty: penalty))
      return sum / (freedom * freedom)
    }
    let best = penalties.indices.min { errors[$0] < errors[$1] }.map { penalties[$0] }
    #expect(probe.penalty == best)
  }

  @Test("a probe reads the same in whatever units activations come", arguments: [1e-5, 1e5])
  func units(scale: Double) throws {
    let y = (0..<400).map(value)
    let (rows, others) = (Array(0..<300), Array(300..<400))
    let scaled = Matrix(
      rows: 400, columns: 12, elements: layer.activations.elements.map { scale * $0 })
    func read(_ activations: Matrix<Double>) throws -> [Double] {
      let design = try FactoredDesign(activations, targets: [y], rows: rows, threads: 1)
      return design.probe(.ridge, target: 0).read(activations, rows: others)
    }
    // The roundings differ, and the condition number of about 1e5 magnifies them.
    let difference = Statistics.relativeL2(try read(scaled), reference: try read(layer.activations))
    #expect(try #require(difference) < 1e-9)
  }

  @Test("least squares leaves out what lies below the cut-off")
  func minimumNorm() throws {
    // A column twice: the solution of minimum norm gives each half of the weight.
    var random = RandomStream(seed: 3)
    let column = (0..<50).map { _ in random.normal() }
    let matrix = Matrix(rows: 50, columns: 2, elements: column.flatMap { [$0, $0] })
    let design = try FactoredDesign(
      matrix, targets: [column.map { 3 * $0 + 1 }], rows: Array(0..<50), threads: 1)
    let probe = design.probe(.linear, target: 0)
    #expect(design.rank(cutoff: 1e-6) == 1)
    for weight in probe.weights { #expect(abs(weight - 1.5) < 1e-12) }
    #expect(abs(probe.intercept - 1) < 1e-12)
  }

  @Test("every number of threads gives the same bits")
  func threads() throws {
    let y = (0..<400).map(value)
    let rows = Array(0..<300)
    let one = try FactoredDesign(layer.activations, targets: [y], rows: rows, threads: 1)
    let four = try FactoredDesign(layer.activations, targets: [y], rows: rows, threads: 4)
    #expect(one.probe(.ridge, target: 0) == four.probe(.ridge, target: 0))
  }

  @Test("fewer rows than columns are fitted exactly, with the smallest weights")
  func wide() throws {
    let y = (0..<400).map(value)
    let design = try FactoredDesign(
      layer.activations, targets: [y], rows: Array(0..<8), threads: 1)
    let probe = design.probe(.linear(cutoff: 1e-13), target: 0)
    for (read, row) in zip(probe.read(layer.activations, rows: 0..<8), 0..<8) {
      #expect(abs(read - y[row]) < 1e-9)
    }
  }

  @Test("matching pursuit finds the two columns that a target is made of")
  func sparse() throws {
    var random = RandomStream(seed: 6)
    let noise = Matrix(
      rows: 400, columns: 12, elements: (0..<4800).map { _ in random.normal() })
    let y = (0..<400).map { 2 * noise[$0, 3] - noise[$0, 7] + 0.5 }
    let design = try FactoredDesign(noise, targets: [y], rows: Array(0..<400), threads: 1)
    let readings = try design.sparseReadings(0, selection: .matchingPursuit, count: 2)
    #expect(readings.map(\.columns) == [[3], [3, 7]])
    let exact = try #require(readings.last?.probe)
    // A few roundings of numbers of order one.
    #expect(abs(exact.weights[3] - 2) < 1e-12 && abs(exact.weights[7] + 1) < 1e-12)
    #expect(abs(exact.intercept - 0.5) < 1e-12)
  }
}

@Suite("Scores of held-out samples")
struct ProbeScoreTests {
  @Test("R² is one minus the share of the variation that is left")
  func value() throws {
    let score = ProbeScore(
      values: [[1, 2], [3, 4]], readings: [[1, 2], [3, 3]], random: RandomStream(seed: 0))
    // Σ(y − ŷ)² = 1 and Σ(y − ȳ)² = 5.
    #expect(try #require(score.r2) == 0.8)
    #expect(abs(try #require(score.log10Unexplained) - log10(0.2)) < 1e-15)
  }

  @Test(
    "R² of a constant is not defined, nor of nothing, nor of numbers whose squares overflow",
    arguments: [
      ([[0.1, 0.1 + 1e-17], [0.1, 0.1]], "the target is constant on the held-out samples"),
      ([], "no samples were held out: all lie in one cell"),
      (
        [[1e160, -1e160]], "the squares of the target or of its readings are too large; scale it"
      ),
    ])
  func undefined(values: [[Double]], reason: String) {
    let score = ProbeScore(values: values, readings: values, random: RandomStream(seed: 0))
    #expect(score.r2 == nil && score.undefined == reason)
  }

  @Test("the interval covers R² of the population in about 95 of 100 samples")
  func coverage() throws {
    // y = s + e with var s = 3 and var e = 1: R² of the reading s is 0.75.
    var covered = 0
    for trial in 0..<200 {
      var random = RandomStream(seed: UInt64(trial))
      let readings = (0..<60).map { _ in (0..<5).map { _ in 3.0.squareRoot() * random.normal() } }
      let values = readings.map { $0.map { $0 + random.normal() } }
      let score = ProbeScore(values: values, readings: readings, resamples: 300, random: random)
      if try #require(score.interval).contains(0.75) { covered += 1 }
    }
    // 95 % of 200 is 190 with a standard deviation of 3; percentile intervals cover a little less.
    #expect((178...199).contains(covered))
  }
}

@Suite("Splits of samples")
struct ProbeSplitTests {
  let layer = RandomLayer(samples: 1000, width: 1, seed: 2)

  @Test("each sample is on one side", arguments: ProbeSplit.Kind.allCases)
  func partition(kind: ProbeSplit.Kind) {
    let split = ProbeSplit(
      kind, samples: 1000, coordinates: layer.coordinates, random: RandomStream(seed: 4))
    #expect((split.training + split.heldOut.flatMap { $0 }).sorted() == Array(0..<1000))
    #expect((270...330).contains(split.heldOutCount))
  }

  @Test("fifty variables are split by the first ones")
  func manyVariables() {
    var random = RandomStream(seed: 5)
    let coordinates = (0..<50).map { _ in (0..<1000).map { _ in random.uniform() } }
    let split = ProbeSplit(.blocked, samples: 1000, coordinates: coordinates, random: random)
    #expect((270...330).contains(split.heldOutCount) && split.heldOut.count > 20)
  }

  @Test("blocks hold out whole cells")
  func blocked() {
    let split = ProbeSplit(
      .blocked, samples: 1000, coordinates: layer.coordinates, random: RandomStream(seed: 4))
    // Cells of a tenth of each side.
    func cell(_ row: Int) -> [Int] { layer.coordinates.map { Int($0[row] * 10) } }
    let kept = Set(split.training.map(cell))
    // The box of the samples is a little smaller than the unit square, so cells may overlap a little.
    let mixed = split.heldOut.flatMap { $0 }.count { kept.contains(cell($0)) }
    #expect(mixed < 30)
  }
}
