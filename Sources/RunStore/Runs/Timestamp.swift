#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A moment in UTC to the second, as ISO 8601 writes it: `2026-11-22T08:30:00Z`.
public struct Timestamp: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let secondsSinceEpoch: Int

  /// Wraps a count of seconds.
  ///
  /// - Parameter secondsSinceEpoch: Seconds since 1970-01-01T00:00:00Z.
  public init(secondsSinceEpoch: Int) {
    self.secondsSinceEpoch = secondsSinceEpoch
  }

  /// The present moment.
  public static var now: Timestamp { Timestamp(secondsSinceEpoch: time(nil)) }

  /// Reads the form that ``description`` writes.
  ///
  /// - Parameter text: Such as `2026-11-22T08:30:00Z`.
  public init?(_ text: String) {
    let numbers = text.split { "-T:Z".contains($0) }.compactMap { Int32($0) }
    guard numbers.count == 6 else { return nil }
    var fields = tm()
    fields.tm_year = numbers[0] &- 1900
    fields.tm_mon = numbers[1] &- 1
    (fields.tm_mday, fields.tm_hour) = (numbers[2], numbers[3])
    (fields.tm_min, fields.tm_sec) = (numbers[4], numbers[5])
    self.init(secondsSinceEpoch: timegm(&fields))
    // Other separators and days such as February 30 do not come back as they went in.
    guard description == text else { return nil }
  }

  /// The moment as ISO 8601 writes it.
  public var description: String {
    var seconds = time_t(secondsSinceEpoch)
    var fields = tm()
    gmtime_r(&seconds, &fields)
    var buffer = [CChar](repeating: 0, count: 32)
    let count = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &fields)
    return String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Whether one moment is before another.
  ///
  /// - Parameters:
  ///   - left: A moment.
  ///   - right: Another.
  /// - Returns: Whether `left` is earlier.
  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    left.secondsSinceEpoch < right.secondsSinceEpoch
  }
}
