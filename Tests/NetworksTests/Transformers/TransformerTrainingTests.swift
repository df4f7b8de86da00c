import Networks
import Tensors
import Testing

@Suite("Training transformers")
struct TransformerTrainingTests {
  @Test("brackets are matched in words that training never saw")
  func brackets() throws {
    let task = BracketMatching(kinds: 3, length: 10, depth: 3)
    let design = TransformerDesign(
      vocabulary: task.vocabulary, context: task.length, width: 32, heads: 4, layers: 2)
    let trainer = try TransformerTrainer(
      design, on: task, plan: TransformerPlan(steps: 250, batch: 64, rate: 5e-3), threads: 2)
    let before = trainer.transformer.score(on: trainer.heldOut)
    while !trainer.isFinished { try trainer.advance() }
    let after = trainer.transformer.score(on: trainer.heldOut)
    // One in three by chance.
    #expect(before.accuracy < 0.6)
    #expect(after.accuracy > 0.97)
    #expect(after.loss < before.loss / 5)
  }

  @Test("the number of threads changes no bit")
  func determinism() throws {
    let task = BracketMatching(kinds: 2, length: 8, depth: 2)
    let design = TransformerDesign(
      vocabulary: task.vocabulary, context: task.length, width: 8, heads: 2, layers: 1)
    func trained(_ threads: Int, seed: UInt64 = 1) throws -> Transformer {
      let trainer = try TransformerTrainer(
        design, on: task, plan: TransformerPlan(steps: 5, batch: 20, seed: seed),
        heldOutCount: 8, threads: threads)
      while !trainer.isFinished { try trainer.advance() }
      return trainer.transformer
    }
    let one = try trained(1)
    #expect(try trained(2) == one)
    #expect(try trained(4) == one)
    #expect(try trained(1, seed: 2) != one)
  }

  @Test("each answer is the last bracket opened at its depth")
  func answers() {
    let task = BracketMatching(kinds: 5, length: 20, depth: 3)
    var random = RandomStream(seed: 7)
    for _ in 0..<200 {
      let word = task.example(.training, random: &random)
      // The depth of each bracket: how many are open with it, or were open before it closed.
      var (depth, depths) = (0, [Int]())
      for token in word.tokens {
        if token != task.closing { depth += 1 }
        depths.append(depth)
        if token == task.closing { depth -= 1 }
      }
      #expect(depth == 0 && depths.allSatisfy { (1...3).contains($0) })
      for (i, target) in word.targets.enumerated() {
        let opening = (0..<i).last { depths[$0] == depths[i] && word.tokens[$0] != task.closing }
        if word.tokens[i] == task.closing {
          #expect(task.opening(closedAt: i, in: word.tokens) == opening)
        }
        #expect(
          target == (word.tokens[i] == task.closing ? opening.map { word.tokens[$0] } : nil))
      }
    }
  }

  @Test("no word is both for training and held out")
  func parts() {
    let task = BracketMatching(kinds: 2, length: 6, depth: 3)
    var random = RandomStream(seed: 1)
    func words(_ part: TaskPart) -> Set<[Int]> {
      Set((0..<2000).map { _ in task.example(part, random: &random).tokens })
    }
    let (training, heldOut) = (words(.training), words(.heldOut))
    #expect(training.isDisjoint(with: heldOut))
    // Catalan's 5 shapes of 3 pairs with 2³ kinds, all drawn.
    #expect(training.count + heldOut.count == 40)
  }

  @Test("a task that does not fit says why")
  func unfit() {
    let design = TransformerDesign(vocabulary: 3, context: 8, width: 8, heads: 2, layers: 1)
    #expect(throws: TransformerTrainingError.unfit(.tooLong(length: 16, context: 8))) {
      try TransformerTrainer(design, on: BracketMatching(), plan: TransformerPlan(steps: 1))
    }
  }
}
