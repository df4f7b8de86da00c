import Foundation
import Interpretability
import Networks
import PINN
import RunStore
import Testing

/// `u = 3a − b` with `a = tanh(2x − 0.8)` and `b = tanh(4x − 2)`, on 101 points and one of its condition.
@Suite("Fields of effects")
struct EffectFieldsTests {
  private static func study(threads: Int = 1) throws -> InterventionStudy {
    try InterventionStudy(
      TwoNeuronSolution.solution, solving: TwoNeuronSolution.problem, rows: 101, threads: threads)
  }

  private static let ablation = Intervention.set([1: 0], at: TwoNeuronSolution.site)

  private func field(_ name: String, of fields: EffectFields) throws -> EffectFields.Field {
    try #require(fields.fields.first { $0.name == name })
  }

  @Test("an ablated neuron's part is what changes at each point")
  func ablation() throws {
    let fields = try Self.study().fields(of: [Self.ablation])
    #expect(fields.fields.map(\.name) == ["u", "residual1", "error"])
    #expect(fields.conditions == Array(repeating: 0, count: 101) + [1])
    #expect(fields.points[0][50] == 0.5 && fields.points[0][101] == 0)
    let u = try field("u", of: fields)
    let residual = try field("residual1", of: fields)
    for (row, x) in fields.points[0].prefix(101).enumerated() {
      // A few roundings of numbers of order one; four of them for derivatives.
      #expect(abs(u.before[row] - TwoNeuronSolution.u(x)) < 1e-14)
      #expect(abs(u.change[row] - tanh(4 * x - 2)) < 1e-14)
      let slope = 4 / (cosh(4 * x - 2) * cosh(4 * x - 2))
      #expect(abs(residual.change[row] - slope) < 1e-13)
    }
    let error = try field("error", of: fields)
    #expect(abs(error.change[101] + tanh(2)) < 1e-14)
    #expect(error.after.prefix(101).allSatisfy { $0 == 0 })
    #expect(u.after[101] == u.after[0])
  }

  @Test("their norms are the effect, resampled or not")
  func norms() throws {
    let study = try Self.study(threads: 3)
    let resampling = [Resampling(units: [0], at: TwoNeuronSolution.site)]
    let fields = study.fields(of: [Self.ablation], resampling: resampling, seed: 8)
    let effect = study.effect(
      of: [Self.ablation], resampling: resampling, seed: 8, named: "both")
    func norm(_ values: ArraySlice<Double>) -> Double {
      values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    let u = try field("u", of: fields)
    let change = norm(u.change[..<101]) / norm(u.before[..<101])
    #expect(abs(change - (try #require(effect.changes[0]))) < 1e-13)
    let residual = norm(try field("residual1", of: fields).after[..<101]) / 101.0.squareRoot()
    #expect(abs(residual - (try #require(effect.residualRMS[0]))) < 1e-13)
    let condition = abs(try field("error", of: fields).after[101])
    #expect(abs(condition - (try #require(effect.conditionRMS[0]))) < 1e-13)
    // What is resampled has values of the neuron at other points of the sample.
    let others = (0...100).map { 3 * tanh(2 * Double($0) / 100 - 0.8) }
    for value in u.after[..<101] { #expect(others.contains { abs($0 - value) < 1e-13 }) }
  }

  @Test("both files hold what there is")
  func files() throws {
    let fields = try Self.study().fields(of: [Self.ablation])
    #expect(
      fields.csv.header == [
        "x", "condition", "u", "u_changed", "u_change", "residual1", "residual1_changed",
        "residual1_change", "error", "error_changed", "error_change",
      ])
    #expect(fields.csv.rows.count == 102)
    let path = NSTemporaryDirectory() + "effects-\(UUID().uuidString).h5"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try fields.writeHDF5(to: path, modelChecksum: String(repeating: "0", count: 64))
    let u = try field("u", of: fields)
    let stored = try Table(contentsOf: "\(path):/fields/u_change").columns[0]
    #expect(stored == u.change)
    #expect(try Table(contentsOf: "\(path):/coordinates").columns == fields.points)
  }
}
