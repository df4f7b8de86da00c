#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Numbers as people read them; files and JSON carry all digits instead.
public enum NumberFormat {
  /// Three significant digits, with an exponent where the number is far from one: `3.21e-08`, `0.0523`.
  ///
  /// - Parameter value: Any number.
  /// - Returns: Its text.
  public static func short(_ value: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 32)
    _ = withVaList([value]) { vsnprintf(&buffer, buffer.count, "%.3g", $0) }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
