/// How parts of a text are set off: by the terminal's attributes (ECMA-48, SGR), or not at all.
enum TextStyle {
  case plain, colored

  /// What matters.
  func bold(_ text: String) -> String { with("1", text) }

  /// What is there to be looked up.
  func dim(_ text: String) -> String { with("2", text) }

  /// What is done.
  func green(_ text: String) -> String { with("32", text) }

  /// What went wrong.
  func red(_ text: String) -> String { with("31", text) }

  private func with(_ attribute: String, _ text: String) -> String {
    switch self {
    case .plain: text
    case .colored: "\u{1B}[\(attribute)m\(text)\u{1B}[0m"
    }
  }
}
