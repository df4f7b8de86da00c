#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Curves for TensorBoard: an event file of scalars, written while a search or a training runs.
///
/// The file is a sequence of TFRecords (length, checksum, contents, checksum; little-endian), whose
/// contents are messages in the wire format of Protocol Buffers:
///
/// ```
/// Event   { double wall_time = 1; int64 step = 2; string file_version = 3; Summary summary = 5; }
/// Summary { repeated Value value = 1; }
/// Value   { string tag = 1; float simple_value = 2; }
/// ```
public final class TensorBoardLog: Sendable {
  private let file: AppendedFile

  /// Starts an event file of its own in a directory, beside those of other runs.
  ///
  /// - Parameter directory: The directory, which is created if it is missing.
  /// - Throws: ``FileError/unwritable(path:reason:)``.
  public init(directory: String) throws(FileError) {
    try FileSystem.createDirectory(directory)
    // TensorBoard wants the word and reads files in the order of their names: seconds of ten digits.
    let name = "events.out.tfevents.\(Int(Self.now)).\(getpid())"
    file = try AppendedFile(PathText.join(directory, name), isContinued: false)
    var event = Message()
    event.add(1, double: Self.now)
    event.add(3, bytes: Array("brain.Event:2".utf8))
    try append(event)
  }

  /// Adds a point to each of several curves.
  ///
  /// - Parameters:
  ///   - step: The point's place, such as the number of evaluations.
  ///   - scalars: The names of the curves and the values.
  /// - Throws: ``FileError/unwritable(path:reason:)``, for example when the disk is full.
  public func append(step: Int, _ scalars: [(name: String, value: Double)]) throws(FileError) {
    var summary = Message()
    for (name, number) in scalars {
      var value = Message()
      value.add(1, bytes: Array(name.utf8))
      value.add(2, float: Float(number))
      summary.add(1, bytes: value.bytes)
    }
    var event = Message()
    event.add(1, double: Self.now)
    event.add(2, integer: UInt64(bitPattern: Int64(step)))
    event.add(5, bytes: summary.bytes)
    try append(event)
  }

  private func append(_ event: Message) throws(FileError) {
    let length = littleEndian(UInt64(event.bytes.count))
    try file.append(
      length + littleEndian(CRC32C.masked(length)) + event.bytes
        + littleEndian(CRC32C.masked(event.bytes)))
  }

  /// Seconds since 1970.
  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}

/// A message in the wire format of Protocol Buffers.
private struct Message {
  private(set) var bytes: [UInt8] = []

  /// How the bytes of a field end.
  private enum Wire: UInt64 {
    case variable = 0
    case eightBytes = 1
    case counted = 2
    case fourBytes = 5
  }

  mutating func add(_ field: UInt64, integer: UInt64) {
    addKey(field, .variable)
    addVariable(integer)
  }

  mutating func add(_ field: UInt64, double: Double) {
    addKey(field, .eightBytes)
    bytes += littleEndian(double.bitPattern)
  }

  mutating func add(_ field: UInt64, float: Float) {
    addKey(field, .fourBytes)
    bytes += littleEndian(float.bitPattern)
  }

  mutating func add(_ field: UInt64, bytes contents: [UInt8]) {
    addKey(field, .counted)
    addVariable(UInt64(contents.count))
    bytes += contents
  }

  private mutating func addKey(_ field: UInt64, _ wire: Wire) {
    addVariable(field << 3 | wire.rawValue)
  }

  /// Seven bits a byte, the lowest first; all but the last have the high bit set.
  private mutating func addVariable(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// The bytes of a number, the lowest first.
private func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian) { Array($0) }
}
