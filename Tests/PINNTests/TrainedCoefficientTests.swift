import Foundation
import PINN
import RunStore
import Testing

@Suite("Trained coefficients")
struct TrainedCoefficientTests {
  /// A damped oscillator, `u″ + 2δu′ + ω²u = 0`, of which δ = 0.2 and ω = 2 are sought.
  private func recipe(data: String, steps: Int) throws -> Recipe {
    try Recipe(
      parsing: """
        problem:
          variables: {t: [0, 4]}
          unknowns: [u]
          parameters: {delta: {value: 0.5, trainable: true}, omega: {value: 1.5, trainable: true}}
          equations: ["u_tt + 2*delta*u_t + omega^2*u"]
          conditions:
            - {at: "t = 0", equation: "u - 1"}
            - {at: "t = 0", equation: "u_t + 0.2"}
          data: {file: "\(data)", weight: 100}
          exact: {u: "exp(-0.2*t)*cos(sqrt(3.96)*t)"}
        network: {hidden: [16]}
        training: {steps: \(steps), points: {interior: 200}}
        """)
  }

  /// Writes values of the oscillator, with some error, and returns the file's path.
  private func measured(noise: Double) throws -> String {
    let path = NSTemporaryDirectory() + "limbeck-\(UUID().uuidString).csv"
    let rows = (0..<40).map { i -> String in
      let t = 0.1 * Double(i)
      // A wave of its own with no bearing on the oscillator.
      let error = noise * cos(37 * t * t + 1)
      return "\(t),\(exp(-0.2 * t) * cos(3.96.squareRoot() * t) + error)"
    }
    try AtomicFile.write((["t,u"] + rows).joined(separator: "\n").utf8, to: path)
    return path
  }

  @Test func `an oscillator's coefficients are found to six digits and within their errors`() throws
  {
    let path = try measured(noise: 0)
    defer { try? FileSystem.remove(path) }
    let trainer = try Trainer(try recipe(data: path, steps: 300), threads: 2)
    _ = try trainer.run()
    let solution = trainer.solution
    for (coefficient, truth) in zip(solution.coefficients, [0.2, 2]) {
      let miss = abs(coefficient.value - truth)
      #expect(miss < 1e-6)
      // What is left of the residuals is smooth rather than independent: allow for twice the error.
      #expect(miss < 2 * (try #require(coefficient.standardError)))
      #expect(try #require(coefficient.standardError) < 1e-5)
    }
    #expect(solution.foundParameters["omega"] == solution.coefficients[1].value)
    // A stored network knows them.
    #expect(try TrainedNetwork(try solution.safetensors, path: "m") == solution)
    #expect(trainer.summary(.steps).coefficients == solution.coefficients)
    #expect(trainer.summary(.steps).json.text().contains("\"coefficients\":{\"delta\":{\"value\":"))
  }

  @Test func `the error grows with the data's`() throws {
    let errors = try [1e-3, 1e-2].map { noise -> Double in
      let path = try measured(noise: noise)
      defer { try? FileSystem.remove(path) }
      let trainer = try Trainer(try recipe(data: path, steps: 60), threads: 2)
      _ = try trainer.run()
      let coefficient = trainer.solution.coefficients[1]
      let error = try #require(coefficient.standardError)
      // Three standard errors are left out once in 400 cases.
      #expect(abs(coefficient.value - 2) < 3 * error)
      return error
    }
    #expect(errors[1] / errors[0] > 5 && errors[1] / errors[0] < 20)
  }

  @Test func `Adam trains coefficients as well`() throws {
    let recipe = try Recipe(
      parsing: """
        problem:
          variables: {x: [0, 1]}
          unknowns: [u]
          parameters: {k: {value: 1, trainable: true}}
          equations: ["u_x - k"]
          conditions: [{at: "x = 0", equation: "u"}, {at: "x = 1", equation: "u - 2"}]
        network: {hidden: [8]}
        training: {optimizer: adam, learning_rate: 0.02, steps: 1000, precision: single}
        """)
    let trainer = try Trainer(recipe, threads: 1)
    _ = try trainer.run()
    // Adam settles within a fraction of its step.
    #expect(abs(trainer.solution.coefficients[0].value - 2) < 0.02)
  }
}
