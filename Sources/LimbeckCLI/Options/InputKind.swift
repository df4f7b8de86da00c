import ArgumentParser
import Foundation

/// What equations are to be found for.
enum InputKind {
  case run, table, recipe

  /// Looks at a path; what is not there counts as a table.
  init(_ path: String) {
    var isDirectory: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    if exists && isDirectory.boolValue {
      self = .run
    } else {
      self = path.hasSuffix(".yaml") || path.hasSuffix(".yml") ? .recipe : .table
    }
  }

  private var name: String {
    switch self {
    case .run: "run"
    case .table: "table"
    case .recipe: "recipe"
    }
  }

  /// Refuses options that say nothing about this kind of input.
  ///
  /// - Parameters:
  ///   - path: The input.
  ///   - options: The options, whether each is given, and the kinds that it is for.
  /// - Throws: `ValidationError` for the first such option.
  func check(_ path: String, _ options: [(name: String, isGiven: Bool, kinds: [InputKind])]) throws
  {
    for option in options where option.isGiven && !option.kinds.contains(self) {
      let kinds = option.kinds.map { $0.name + "s" }.joined(separator: " and ")
      throw ValidationError("'\(option.name)' is for \(kinds), and '\(path)' is a \(name).")
    }
  }
}
