/// Names of variables in the text of programs.
enum SourceName {
  // Words that physics uses for quantities and a language for itself.
  private static let python: Set<String> = [
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
    "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
  ]
  private static let c: Set<String> = [
    "auto", "break", "case", "char", "const", "continue", "default", "do", "double", "else", "enum",
    "extern", "float", "for", "goto", "if", "inline", "int", "long", "register", "restrict",
    "return", "short", "signed", "sizeof", "static", "struct", "switch", "typedef", "union",
    "unsigned", "void", "volatile", "while",
  ]
  private static let swift: Set<String> = [
    "as", "associatedtype", "break", "case", "catch", "class", "continue", "default", "defer",
    "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "for", "func", "guard",
    "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "private",
    "protocol", "public", "repeat", "return", "self", "static", "struct", "subscript", "super",
    "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
  ]

  /// The name, with an underscore after it where the language has taken it: `lambda_`.
  static func format(_ name: String, _ style: ExpressionStyle) -> String {
    let taken =
      switch style {
      case .text, .latex: false
      case .sympy, .numpy, .torch, .jax: python.contains(name)
      case .swift: swift.contains(name)
      case .c: c.contains(name)
      }
    return taken ? name + "_" : name
  }
}
