import ArgumentParser
import Foundation
import Limbeck

/// The options that every command takes.
struct SharedOptions: ParsableArguments {
  @Option(name: .long, help: "Directory for the results.")
  var out: String?

  @Option(name: .long, help: "Seed of every random draw; overrides the recipe's.")
  var seed: Int?

  @Option(name: .long, help: "Number of threads; no result depends on it.")
  var threads: Int?

  @Flag(name: .long, help: "Print one JSON document instead of a table.")
  var json = false

  @Flag(name: .long, help: "Say nothing but results and errors.")
  var quiet = false

  @Flag(name: .long, help: "Say more.")
  var verbose = false

  @Flag(name: .long, help: "Replace an existing run.")
  var force = false

  func validate() throws {
    if let threads, threads < 1 {
      throw ValidationError("'--threads \(threads)' is not a number of threads; use 1 or more.")
    }
    if quiet && verbose {
      throw ValidationError("'--quiet' and '--verbose' contradict each other; use one of them.")
    }
  }

  /// The threads to use.
  var threadCount: Int { threads ?? defaultThreadCount }

  /// Where progress goes.
  var console: Console { Console(quiet ? .quiet : verbose ? .verbose : .normal) }
}
