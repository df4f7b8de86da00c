import ArgumentParser
import Foundation
import Limbeck

/// `limbeck new`: a commented recipe to begin with.
struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Write a commented recipe to begin with.",
    discussion: """
      limbeck new my-problem && limbeck run my-problem.yaml
      limbeck new studies/pendulum --kind ode
      """)

  @Argument(help: "The recipe's name; the file is NAME.yaml.")
  var name: String

  @Option(name: .long, help: "What kind of problem.")
  var kind = RecipeTemplate.equation

  @Flag(name: .long, help: "Replace an existing file.")
  var force = false

  func validate() throws {
    guard !name.isEmpty, !name.hasSuffix("/"), !title.hasPrefix(".") else {
      throw ValidationError("'\(name)' is no name for a problem; give one such as my-problem.")
    }
  }

  /// The recipe's file.
  private var path: String { name.hasSuffix(".yaml") ? name : name + ".yaml" }

  private var title: String {
    URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
  }

  func run() throws {
    guard force || !FileSystem.exists(path) else { throw ExistingFile(path: path, option: "NAME") }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    try FileSystem.createDirectory(folder)
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
