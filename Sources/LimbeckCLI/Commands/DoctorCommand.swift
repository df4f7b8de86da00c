import ArgumentParser
import Foundation
import Limbeck

/// `limbeck doctor`: what the machine has, and whether the main job works on it.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say what this machine has and try the main job in small.",
    discussion: """
      limbeck doctor

      Trains a small network, compares one thread with two, and searches a table, a second or two each. \
      Ends with 70 if something does not work.
      """)

  @Flag(name: .long, help: "Print one JSON document instead of a table.")
  var json = false

  func run() throws {
    let facts = Self.facts
    var outcomes: [SelfCheck.Outcome] = []
    if !json { for (name, value) in facts { print("\(name.padded(to: 15))\(value)") } }
    for check in SelfCheck.all {
      let outcome = check.run()
      outcomes.append(outcome)
      guard !json else { continue }
      let time = NumberFormat.short(outcome.seconds)
      print(
        outcome.failure.map { "FAILED  \(check.name): \($0)" } ?? "ok  \(check.name) (\(time) s)")
    }
    if json { try Output.write(Self.json(facts, outcomes), asJSON: true) { "" } }
    if outcomes.contains(where: { $0.failure != nil }) { throw ExitCode(Failure.computation) }
    if !json { print("everything works; a recipe to begin with: limbeck new my-problem") }
  }

  /// What there is, by name.
  private static var facts: [(name: String, value: String)] {
    let memory = Double(ProcessInfo.processInfo.physicalMemory) * 1e-9
    let others = InstructionSet.allCases.filter { $0.isAvailable && $0 != .current }.map(\.name)
    return [
      ("limbeck", limbeckVersion),
      (
        "instructions",
        InstructionSet.current.name
          + (others.isEmpty ? "" : " (also \(others.joined(separator: ", ")))")
      ),
      ("threads", "\(defaultThreadCount)"),
      ("memory", "\(NumberFormat.short(memory)) GB"),
      ("linear algebra", LinearAlgebraLibrary.description),
      ("arrays", ArrayStorageLibrary.description),
    ]
  }

  private static func json(
    _ facts: [(name: String, value: String)], _ outcomes: [SelfCheck.Outcome]
  ) -> JSONValue {
    .object([
      .init("machine", .object(facts.map { .init($0.name, .string($0.value)) })),
      .init(
        "checks",
        .array(
          outcomes.map { outcome in
            .object([
              .init("name", .string(outcome.name)), .init("ok", .bool(outcome.failure == nil)),
              .init("failure", outcome.failure.map { .string($0) } ?? .null),
              .init("seconds", .number(outcome.seconds)),
            ])
          })),
    ])
  }
}

extension String {
  /// The text with spaces after it up to a length.
  fileprivate func padded(to length: Int) -> String {
    self + String(repeating: " ", count: max(1, length - count))
  }
}
