import Networks
import RunStore
import Symbolic

extension OptimizerPlan {
  /// The word that leaves the choice to the sizes.
  static let automaticWord = "auto"

  /// The word between two stages.
  private static let separator = "then"

  /// Reads a text such as `adam 500 then lm`.
  ///
  /// - Parameters:
  ///   - node: The value of `optimizer`.
  ///   - limit: The limits of a stage's steps.
  /// - Returns: The plan; nil for `auto`.
  /// - Throws: ``RecipeError`` if a method is unknown, or a stage but the last has no end.
  static func read(
    _ node: RecipeNode, steps limit: ClosedRange<Int>
  ) throws(RecipeError) -> OptimizerPlan? {
    let text = try node.text()
    if text == automaticWord { return nil }
    let words = text.split(separator: " ").map(String.init)
    var stages: [Stage] = []
    for part in words.split(separator: separator, omittingEmptySubsequences: false) {
      stages.append(try stage(Array(part), node, limit))
    }
    guard stages.dropLast().allSatisfy({ $0.steps != nil }) else {
      throw node.outOfRange(
        expected: "a number of steps for each method but the last, such as 'adam 500 then lm'")
    }
    return OptimizerPlan(stages)
  }

  private static func stage(
    _ words: [String], _ node: RecipeNode, _ limit: ClosedRange<Int>
  ) throws(RecipeError) -> Stage {
    guard let name = words.first, words.count <= 2 else {
      throw node.outOfRange(expected: "a method such as 'lm', or several as in 'adam 500 then lm'")
    }
    guard let method = TrainingSettings.OptimizerKind(rawValue: name) else {
      let known = TrainingSettings.OptimizerKind.allCases.map(\.rawValue) + [automaticWord]
      throw node.error(
        .unknownChoice(
          place: node.place, found: name,
          suggestion: Spelling.suggestion(for: name, among: known), known: known))
    }
    guard words.count == 2 else { return Stage(method) }
    guard let steps = Int(words[1].filter { $0 != "_" }), limit.contains(steps) else {
      throw node.outOfRange(
        expected: "a positive number of steps behind '\(name)', such as '\(name) 500'")
    }
    return Stage(method, steps: steps)
  }
}
