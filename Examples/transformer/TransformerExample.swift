import ArgumentParser
import Foundation
import Limbeck

/// Trains a small transformer to match brackets and looks inside: attention, neurons, ablations.
///
/// ```
/// swift run -c release transformer
/// swift run -c release transformer --model gpt2/model.safetensors --tokens 464,3290,318
/// ```
@main
struct TransformerExample: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transformer",
    abstract: "Train a small transformer, or read one, and study what is in it.",
    discussion: """
      Without a model, one is trained to say which bracket closes. With --model, a GPT-2 or BERT model \
      that the library transformers has written is studied on the tokens given.
      """)

  @Flag(help: "Train vocabulary 1000, width 256, 8 heads, 4 layers: minutes, not seconds.")
  var long = false

  @Option(help: ArgumentHelp("Steps of training.", valueName: "n"))
  var steps: Int?

  @Option(help: ArgumentHelp("Fixes the training.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: ArgumentHelp("A model's safetensors file, to study instead.", valueName: "file"))
  var model: String?

  @Option(help: ArgumentHelp("Heads of the model, if no config.json says.", valueName: "n"))
  var heads: Int?

  @Option(
    help: ArgumentHelp(
      "Tokens for the model: numbers, sequences separated by semicolons.", valueName: "n,n;n,n"))
  var tokens: String?

  @Option(help: ArgumentHelp("Where to draw attention and ablations.", valueName: "dir"))
  var figures: String?

  @Option(help: ArgumentHelp("Where to write the studies as JSON.", valueName: "file"))
  var json: String?

  @Option(help: ArgumentHelp("Threads.", valueName: "n"))
  var threads = defaultThreadCount

  func validate() throws {
    guard threads > 0 else { throw ValidationError("--threads is \(threads); give at least 1") }
    if let steps, steps < 1 { throw ValidationError("--steps is \(steps); give at least 1") }
    guard (model == nil) == (tokens == nil) else {
      throw ValidationError("--model and --tokens go together: the model reads the tokens")
    }
    guard model == nil || (steps == nil && !long) else {
      throw ValidationError("--steps and --long are for training; --model names a trained model")
    }
  }

  func run() throws {
    do {
      let studies = try model.map { try self.studies(of: $0) } ?? trained()
      studies.printTables()
      if let figures { try studies.draw(in: figures) }
      if let json { try studies.write(to: json) }
    } catch let error as any CustomStringConvertible & Error {
      throw ValidationError(error.description)
    }
  }

  // MARK: - A model of our own

  private var task: BracketMatching {
    long ? BracketMatching(kinds: 999, length: 20, depth: 4) : BracketMatching()
  }

  private var plan: TransformerPlan {
    long
      ? TransformerPlan(steps: steps ?? 600, batch: 32, rate: 1e-3, seed: seed)
      : TransformerPlan(steps: steps ?? 600, batch: 64, rate: 4e-3, seed: seed)
  }

  private var design: TransformerDesign {
    TransformerDesign(
      vocabulary: task.vocabulary, context: task.length, width: long ? 256 : 32,
      heads: long ? 8 : 4, layers: long ? 4 : 2)
  }

  private func trained() throws -> TransformerStudies {
    let (task, design) = (task, design)
    print(
      "Which bracket closes? \(task.kinds) kinds, \(task.length) tokens, depth \(task.depth)")
    print(
      "Transformer: vocabulary \(design.vocabulary), width \(design.width), "
        + "\(design.heads) heads, \(design.layers) layers, \(design.parameterCount) parameters")
    let trainer = try TransformerTrainer(
      design, on: task, plan: plan, heldOutCount: long ? 64 : 512, threads: threads)
    let clock = ContinuousClock()
    let start = clock.now
    let interval = max(1, plan.steps / 6)
    while !trainer.isFinished {
      let score = try trainer.advance()
      guard trainer.step % interval == 0 || trainer.isFinished else { continue }
      print(
        "step \(trainer.step): loss \(Text.number(score.loss, 3)), "
          + "right \(Text.percent(score.accuracy))")
    }
    let score = trainer.transformer.score(on: trainer.heldOut, threads: threads)
    let seconds = (clock.now - start) / .seconds(1)
    print(
      "held out: right \(Text.percent(score.accuracy)) of \(trainer.heldOut.targetCount) answers, "
        + "by chance \(Text.percent(1 / Double(task.kinds))); \(Text.number(seconds, 1)) s")
    let bracket = AttentionRelation("its bracket") { tokens, query in
      task.opening(closedAt: query, in: tokens)
    }
    return TransformerStudies(
      trainer.transformer, on: trainer.heldOut, relations: AttentionRelation.common + [bracket],
      threads: threads, name: task.name(of:))
  }

  // MARK: - Another's model

  private func studies(of path: String) throws -> TransformerStudies {
    let transformer = try Transformer(contentsOf: path, heads: heads)
    let design = transformer.design
    print(
      "\(path): vocabulary \(design.vocabulary), width \(design.width), \(design.heads) heads, "
        + "\(design.layers) layers, \(design.parameterCount) parameters")
    let sequences = try (tokens ?? "").split(separator: ";").map { text in
      try text.split(separator: ",").map { word in
        guard let token = Int(word.trimmingPrefix(" ")) else {
          throw ValidationError("--tokens has '\(word)', which is no number")
        }
        return token
      }
    }
    // Tokens are checked before they are targets as well: an error then names the right place.
    _ = try TokenBatch(sequences, in: design)
    // A decoder is asked for the next token, an encoder for the one that it sees.
    let targets: [[Int?]] = sequences.map {
      design.isCausal ? $0.dropFirst().map(Optional.init) + [nil] : $0
    }
    let batch = try TokenBatch(sequences, targets: targets, in: design)
    guard batch.targetCount > 0 else {
      throw ValidationError("--tokens has one token, after which nothing comes; give two or more")
    }
    return TransformerStudies(
      transformer, on: batch, relations: AttentionRelation.common, threads: threads,
      name: { "\($0)" })
  }
}
