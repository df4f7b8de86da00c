/// The functions that a text may call besides operators.
struct FunctionScope {
  /// Functions with a definition, by name.
  var definitions: [String: CustomOperator] = [:]

  /// Whether calls of unknown functions are kept as placeholders instead of being errors.
  var keepsUnknown = false

  /// The calls of unknown functions met so far, each with the name that stands for its value.
  private(set) var calls: [Grammar.Call] = []

  /// Whether a name may be called; nil arity means any number of arguments.
  func knows(_ name: String) -> Bool {
    definitions[name] != nil || keepsUnknown && ExpressionParser.arity(ofFunction: name) == nil
  }

  /// The formula that a call stands for.
  ///
  /// - Parameters:
  ///   - name: A function that ``knows(_:)`` knows.
  ///   - arguments: What it is applied to.
  /// - Returns: The definition's body, or a placeholder: the function's own name for its first
  ///   call, and names that no column can have for calls with other arguments.
  mutating func expand(_ name: String, _ arguments: [Expression]) -> Expression {
    if let definition = definitions[name] { return definition(arguments) }
    if let known = calls.first(where: { $0.function == name && $0.arguments == arguments }) {
      return Expression(known.placeholder)
    }
    let earlier = calls.count { $0.function == name }
    let placeholder = Symbol(earlier == 0 ? name : "\(name) \(earlier + 1)")
    calls.append(
      Grammar.Call(function: name, arguments: arguments, placeholder: placeholder))
    return Expression(placeholder)
  }
}
