import ArgumentParser
import Foundation
import Limbeck

/// The options that every command takes.
struct SharedOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("Directory for the results.", valueName: "dir"))
  var out: String?

  // Numbers are parsed unconditionally, so that -1 is a wrong number and not an unknown option.
  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp("Seed of every random draw; overrides the recipe's.", valueName: "n"))
  var seed: Int?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "Number of threads, all cores unless given; no result depends on it.", valueName: "n"))
  var threads: Int?

  @Flag(name: .long, help: "Print one JSON document instead of a table.")
  var json = false

  @Flag(name: .long, help: "Say nothing but results and errors.")
  var quiet = false

  @Flag(name: .long, help: "Say more.")
  var verbose = false

  @Flag(name: .long, help: "Replace existing results.")
  var force = false

  func validate() throws {
    try LimitCheck.atLeast(1, threads, "--threads")
    try LimitCheck.atLeast(0, seed, "--seed")
    if quiet && verbose {
      throw ValidationError("'--quiet' and '--verbose' contradict each other; use one of them.")
    }
  }

  /// The directory for the results of a recipe: `--out`, or one of the recipe's name.
  func directory(for recipe: String) -> String {
    out ?? "runs/\(URL(fileURLWithPath: recipe).deletingPathExtension().lastPathComponent)"
  }

  /// The threads to use.
  var threadCount: Int { threads ?? defaultThreadCount }

  /// Where progress goes.
  var console: Console { Console(quiet ? .quiet : verbose ? .verbose : .normal) }
}
