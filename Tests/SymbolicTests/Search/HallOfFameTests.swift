import Symbolic
import Testing

@Suite("Hall of fame")
struct HallOfFameTests {
  private func entry(_ complexity: Int, _ loss: Double) -> HallOfFame.Entry {
    HallOfFame.Entry(
      expression: Expression(Double(complexity)), complexity: complexity, loss: loss,
      rSquared: 1 - loss)
  }

  @Test("keeps the best of each complexity")
  func bestOfEach() {
    var hall = HallOfFame()
    let entered = [entry(3, 0.5), entry(1, 1), entry(3, 0.6), entry(3, 0.4), entry(2, .nan)].map {
      hall.insert($0)
    }
    #expect(entered == [true, true, false, true, false])
    #expect(hall.entries.map(\.complexity) == [1, 3])
    #expect(hall.entries.map(\.loss) == [1, 0.4])
    #expect(hall.leastLoss == 0.4)
  }

  @Test("the front drops what a simpler formula equals or beats")
  func dominated() {
    var hall = HallOfFame()
    for (complexity, loss) in [(1, 1.0), (3, 0.1), (4, 0.2), (5, 0.1), (7, 0.01)] {
      hall.insert(entry(complexity, loss))
    }
    #expect(hall.front.map(\.complexity) == [1, 3, 7])
  }

  @Test("scores are -Δ log loss / Δ complexity, and the best is close to the least loss")
  func scores() {
    var hall = HallOfFame()
    // Losses 1, e⁻⁴, e⁻¹⁰, e⁻¹⁰·², a worked example: gains 4/2, 6/2, 0.2/4.
    for (complexity, power) in [(1, 0.0), (3, -4), (5, -10), (9, -10.2)] {
      hall.insert(entry(complexity, Double.exp(power)))
    }
    let expected = [0, 2, 3, 0.05]
    for (score, value) in zip(hall.scores, expected) {
      // Two logarithms of rounded exponentials.
      #expect((score - value).magnitude < 1e-12)
    }
    // e^0.2 is below 1.5, so that the simpler of the last two may win, and it has the higher score.
    #expect(hall.best?.complexity == 5)
  }

  @Test("below the resolution no formula is better than a simpler one")
  func resolution() {
    var hall = HallOfFame(resolution: 1e-30)
    for (complexity, loss) in [(1, 1.0), (5, 1e-31), (9, 1e-33), (11, 0)] {
      hall.insert(entry(complexity, loss))
    }
    #expect(hall.front.map(\.complexity) == [1, 5])
    #expect(hall.best?.complexity == 5)
    #expect(HallOfFame().best == nil)
  }
}

extension Double {
  fileprivate static func exp(_ power: Double) -> Double {
    Expression(.exp, Expression(power)).evaluate()
  }
}
