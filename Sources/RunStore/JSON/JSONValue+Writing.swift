extension JSONValue {
  /// How a document is laid out.
  public enum Layout: Sendable {
    /// One line without spaces.
    case compact

    /// One member or element a line, indented by two spaces; arrays of scalars stay on one line.
    case indented
  }

  /// The document as text, without a final line break.
  ///
  /// - Parameter layout: How the document is laid out.
  /// - Returns: The text, the same for equal values.
  public func text(_ layout: Layout = .compact) -> String {
    var output = ""
    write(to: &output, indent: layout == .indented ? 0 : nil)
    return output
  }

  private func write(to output: inout String, indent: Int?) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .integer(let value): output += value.description
    // Swift prints the shortest digits that round-trip, in a form that JSON accepts.
    case .number(let value): output += value.isFinite ? value.description : "null"
    case .string(let text): Self.writeQuoted(text, to: &output)
    case .array(let elements):
      let inner = elements.allSatisfy(\.isScalar) ? nil : indent
      Self.writeList(elements, brackets: ("[", "]"), indent: inner, to: &output) {
        $0.write(to: &$1, indent: inner.map { $0 + 2 })
      }
    case .object(let members):
      Self.writeList(members, brackets: ("{", "}"), indent: indent, to: &output) {
        Self.writeQuoted($0.name, to: &$1)
        $1 += indent == nil ? ":" : ": "
        $0.value.write(to: &$1, indent: indent.map { $0 + 2 })
      }
    }
  }

  private var isScalar: Bool {
    switch self {
    case .array, .object: false
    default: true
    }
  }

  private static func writeList<Item>(
    _ items: [Item], brackets: (String, String), indent: Int?, to output: inout String,
    item write: (Item, inout String) -> Void
  ) {
    output += brackets.0
    for (index, item) in items.enumerated() {
      if index > 0 { output += "," }
      if let indent { output += "\n" + String(repeating: " ", count: indent + 2) }
      write(item, &output)
    }
    if let indent, !items.isEmpty { output += "\n" + String(repeating: " ", count: indent) }
    output += brackets.1
  }

  private static func writeQuoted(_ text: String, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case "\u{0}"..<"\u{20}", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }
}
