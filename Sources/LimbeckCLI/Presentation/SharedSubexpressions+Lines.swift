import Limbeck

extension SharedSubexpressions {
  /// One line for each part that several equations share.
  var lines: [String] {
    entries.map { "shared by \($0.targets.joined(separator: ", ")): \($0.expression)" }
  }
}
