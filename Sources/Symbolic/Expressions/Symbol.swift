import Synchronization

/// A name in an expression: a variable, an unknown, a derivative such as `u_xx`, or a parameter.
///
/// Names are interned once per process, so that a symbol is four bytes and comparing two symbols
/// compares integers. Symbols are *ordered by name*: no result depends on the order in which names
/// were first met.
public struct Symbol: Hashable, Sendable {
  /// The index of the name in the process-wide table; meaningless outside this process.
  public let id: Int32

  /// The symbol with a name; the same name always gives the same symbol.
  ///
  /// - Parameter name: Any text; the parser produces `[A-Za-z_][A-Za-z0-9_]*`.
  public init(_ name: String) {
    id = Symbol.table.withLock { $0.intern(name) }
  }

  /// The symbol whose index was taken from ``id`` earlier in this process.
  init(id: Int32) {
    self.id = id
  }

  /// The interned text.
  public var name: String {
    Symbol.table.withLock { $0.names[Int(id)] }
  }

  private struct Table {
    var names: [String] = []
    var ids: [String: Int32] = [:]

    mutating func intern(_ name: String) -> Int32 {
      if let id = ids[name] { return id }
      let id = Int32(names.count)
      names.append(name)
      ids[name] = id
      return id
    }
  }

  private static let table = Mutex(Table())
}

extension Symbol: Comparable {
  /// Orders symbols by name.
  public static func < (left: Symbol, right: Symbol) -> Bool {
    left.id != right.id && left.name < right.name
  }
}

extension Symbol: CustomStringConvertible {
  /// The name.
  public var description: String { name }
}

extension Symbol: ExpressibleByStringLiteral {
  /// The symbol with a literal name.
  public init(stringLiteral name: String) {
    self.init(name)
  }
}

extension Symbol: Codable {
  /// Reads a name.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the name, never the process-local index.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
