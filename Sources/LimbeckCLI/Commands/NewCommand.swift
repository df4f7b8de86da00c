import ArgumentParser
import Foundation
import Limbeck

/// `limbeck new`: a commented recipe to begin with.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a commented recipe to begin with.",
    discussion: """
      Example: limbeck new my-problem && limbeck run my-problem.yaml
      """)

  @Argument(help: "The recipe's name; the file is NAME.yaml.")
  var name: String

  @Option(name: .long, help: "What kind of problem.")
  var kind = RecipeTemplate.equation

  @Flag(name: .long, help: "Replace an existing file.")
  var force = false

  func run() throws {
    let path = name.hasSuffix(".yaml") ? name : name + ".yaml"
    guard !URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent.hasPrefix("."),
      !name.isEmpty, !name.hasSuffix("/")
    else {
      throw ValidationError("'\(name)' is no name for a problem; give one such as my-problem.")
    }
    guard force || !FileSystem.exists(path) else { throw ExistingFile(path: path, option: "NAME") }
    let title = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    try AtomicFile.write(kind.text(named: title).utf8, to: path)
    print("\(path) is written; change it and try: \(next) \(path)")
  }

  /// The command that takes the recipe.
  private var next: String {
    switch kind {
    case .equation, .ode: "limbeck run"
    case .inverse, .table: "limbeck train"
    }
  }
}
