import Foundation
import Networks
import Testing

@Suite("Optimisers as values")
struct OptimizerStateTests {
  @Test func `stored and read, an optimiser takes the same steps`() throws {
    try resumes(Adam(parameterCount: 6, learningRate: LearningRate(0.02, warmup: 5)))
    try resumes(
      SOAP(
        parameterCount: 6, matrices: [ParameterMatrix(offset: 1, rows: 2, columns: 2)],
        refreshInterval: 3))
    try resumes(LBFGS(memory: 4))
    try resumes(SelfScaledBroyden())
  }

  private func resumes(_ optimizer: some GradientOptimizer) throws {
    let objective = CountedObjective.rosenbrock(pairs: 3)
    var whole = optimizer
    var x = [-1.2, 1, 0.3, -0.4, 2, 2]
    for _ in 0..<7 { #expect(whole.step(&x, objective: objective) == .accepted) }
    var resumed = try JSONDecoder().decode(
      type(of: optimizer), from: try JSONEncoder().encode(whole))
    #expect(resumed == whole)
    #expect(resumed != optimizer)
    var y = x
    for _ in 0..<7 {
      _ = whole.step(&x, objective: objective)
      _ = resumed.step(&y, objective: objective)
    }
    #expect(x == y && whole == resumed && whole.pace == resumed.pace)
  }

  @Test func `a damaged state is refused`() throws {
    var optimizer = SelfScaledBroyden()
    var x = [-1.2, 1]
    let objective = CountedObjective.rosenbrock()
    for _ in 0..<3 { _ = optimizer.step(&x, objective: objective) }
    let text = String(decoding: try JSONEncoder().encode(optimizer), as: UTF8.self)
    #expect(text.contains("\"count\":2"))
    for (part, other) in [("\"count\":2", "\"count\":3"), ("\"upper\":\"", "\"upper\":\"AAAA")] {
      let damaged = Data(text.replacingOccurrences(of: part, with: other).utf8)
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(SelfScaledBroyden.self, from: damaged)
      }
    }
  }
}
