import ArgumentParser
import Foundation
import Limbeck

/// Looks for known laws in tables made from them, and counts how many it finds.
///
/// ```
/// swift run -c release feynman
/// swift run -c release feynman --problems nguyen --seeds 1...5 --json nguyen.jsonl --check
/// ```
@main
struct FeynmanBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "feynman",
    abstract: "Look for known laws in tables made from them, and count those found.",
    discussion: """
      The verdict of the table is our own: proved by algebra, or equal on a wider range. The judge \
      of record is SymPy: write the results with --json and judge them with --check.
      """)

  @Option(
    help: ArgumentHelp(
      "What to look for, separated by commas: "
        + "\(ShippedProblems.allCases.map(\.rawValue).joined(separator: ", ")), or a file.",
      valueName: "name|file"))
  var problems = "feynman"

  @Option(help: ArgumentHelp("Only these problems.", valueName: "id,id"))
  var only: String?

  @Option(help: ArgumentHelp("Seeds of rows and search: 3, 1...5 or 1,4,9.", valueName: "seeds"))
  var seeds = SeedList(seeds: [1])

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Random rows, where the literature leaves it open.", valueName: "n"))
  var rows = 10_000

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Noise in units of the target's standard deviation.", valueName: "fraction"))
  var noise: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Columns that the law does not depend on.", valueName: "n"))
  var irrelevant = 0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Seconds of search for each problem.", valueName: "seconds"))
  var seconds = 30.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Formulas to evaluate for each problem.", valueName: "n"))
  var evaluations: Int?

  @Option(help: ArgumentHelp("The search space.", valueName: "name|file"))
  var grammar = "feynman"

  @Option(
    name: .customLong("without"),
    help: ArgumentHelp("An idea of the search to leave out; may be repeated.", valueName: "idea"))
  var ablations: [Ablation] = []

  @Option(parsing: .unconditional, help: ArgumentHelp("Threads.", valueName: "n"))
  var threads = defaultThreadCount

  @Option(help: ArgumentHelp("Where to write the results, one JSON a line.", valueName: "file"))
  var json: String?

  @Flag(help: "Judge the results with SymPy, by check.py.")
  var check = false

  @Option(
    help: ArgumentHelp(
      "Write the tables here for other programs, and do not search.", valueName: "dir"))
  var tables: String?

  func validate() throws {
    guard rows >= 4 else { throw ValidationError("'--rows' must be at least 4.") }
    guard noise ?? 0 >= 0 else { throw ValidationError("'--noise' must not be negative.") }
    guard irrelevant >= 0 else { throw ValidationError("'--irrelevant' must not be negative.") }
    guard seconds > 0 else { throw ValidationError("'--seconds' must be positive.") }
    guard evaluations ?? 1 > 0 else { throw ValidationError("'--evaluations' must be positive.") }
    guard threads > 0 else { throw ValidationError("'--threads' must be positive.") }
    if check && json == nil {
      throw ValidationError("'--check' judges a file of results; name one with '--json'.")
    }
  }

  func run() throws {
    let chosen = try choose(
      from: problems.split(separator: ",").flatMap { try ProblemFile.problems(of: String($0)) })
    let conditions = Conditions(rows: rows, noise: noise, irrelevant: irrelevant)
    if let tables {
      try TableDirectory(path: tables)
        .write(chosen, under: conditions, seeds: seeds.seeds)
      return
    }
    let limits = Trial.Limits(
      grammar: try Grammar(nameOrPath: grammar), ablations: ablations, seconds: seconds,
      evaluations: evaluations, threads: threads)
    let file = try json.map { try ResultFile(path: $0) }
    var table = TrialTable(ids: chosen.map(\.id))
    show(table.header)
    for seed in seeds.seeds {
      for problem in chosen {
        let trial = try Trial(of: problem, under: conditions, limits: limits, seed: seed)
        show(table.append(trial))
        try file?.append(trial.json)
      }
    }
    for line in table.summary { show(line) }
    if check, let json { try Judge.run(results: json) }
  }

  /// The problems that were asked for, in the file's order.
  private func choose(from problems: [BenchmarkProblem]) throws -> [BenchmarkProblem] {
    guard let only else { return problems }
    let ids = only.split(separator: ",").map(String.init)
    let known = problems.map(\.id)
    for id in ids where !known.contains(id) {
      throw ProblemFileError.unknownProblem(
        id, suggestion: Spelling.suggestion(for: id, among: known))
    }
    return problems.filter { ids.contains($0.id) }
  }

  /// Prints a line at once: a benchmark is watched, and its output often goes to a file.
  private func show(_ line: String) {
    FileHandle.standardOutput.write(Data((line + "\n").utf8))
  }
}
