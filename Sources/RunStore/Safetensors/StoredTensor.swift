/// An array of numbers as it is stored in a file: a type, a shape, bytes in row-major order.
public struct StoredTensor: Sendable, Equatable {
  /// The type of the elements.
  public let elementType: ElementType

  /// The extents, outermost first; empty for a scalar.
  public let shape: [Int]

  /// The elements in row-major (C) order, each in little-endian byte order.
  public let bytes: [UInt8]

  /// Wraps bytes that the caller knows to fit the shape.
  init(elementType: ElementType, shape: [Int], bytes: [UInt8]) {
    precondition(elementType.byteCount(of: shape) == bytes.count, "the shape must fit the bytes")
    self.elementType = elementType
    self.shape = shape
    self.bytes = bytes
  }

  /// Stores numbers as 32-bit floating point.
  ///
  /// - Parameters:
  ///   - values: The elements in row-major order.
  ///   - shape: The extents; their product is the number of elements.
  public init(_ values: [Float], shape: [Int]) {
    self.init(elementType: .float32, shape: shape, bytes: LittleEndian.bytes(values))
  }

  /// Stores numbers as 64-bit floating point.
  ///
  /// - Parameters:
  ///   - values: The elements in row-major order.
  ///   - shape: The extents; their product is the number of elements.
  public init(_ values: [Double], shape: [Int]) {
    self.init(elementType: .float64, shape: shape, bytes: LittleEndian.bytes(values))
  }

  /// Stores 64-bit signed integers.
  ///
  /// - Parameters:
  ///   - values: The elements in row-major order.
  ///   - shape: The extents; their product is the number of elements.
  public init(_ values: [Int64], shape: [Int]) {
    self.init(elementType: .int64, shape: shape, bytes: LittleEndian.bytes(values))
  }

  /// Stores 64-bit unsigned integers, such as the state of a random stream.
  ///
  /// - Parameters:
  ///   - values: The elements in row-major order.
  ///   - shape: The extents; their product is the number of elements.
  public init(_ values: [UInt64], shape: [Int]) {
    self.init(elementType: .uint64, shape: shape, bytes: LittleEndian.bytes(values))
  }

  /// Stores 32-bit signed integers.
  ///
  /// - Parameters:
  ///   - values: The elements in row-major order.
  ///   - shape: The extents; their product is the number of elements.
  public init(_ values: [Int32], shape: [Int]) {
    self.init(elementType: .int32, shape: shape, bytes: LittleEndian.bytes(values))
  }

  /// Stores bytes.
  ///
  /// - Parameters:
  ///   - values: The elements in row-major order.
  ///   - shape: The extents; their product is the number of elements.
  public init(_ values: [UInt8], shape: [Int]) {
    self.init(elementType: .uint8, shape: shape, bytes: values)
  }

  /// The number of elements.
  public var count: Int { bytes.count / elementType.byteCount }

  /// The elements in row-major order, rounded where `Float` is too narrow.
  public var floats: [Float] {
    bytes.withUnsafeBytes { elementType.decode($0, order: .little, as: Float.self) }
  }

  /// The elements in row-major order; exact but for 64-bit integers beyond 2⁵³.
  public var doubles: [Double] {
    bytes.withUnsafeBytes { elementType.decode($0, order: .little, as: Double.self) }
  }

  /// The 64-bit words of an `int64` or `uint64` tensor, exactly; `nil` for other types.
  public var words: [UInt64]? {
    guard elementType == .uint64 || elementType == .int64 else { return nil }
    return (0..<count).map { LittleEndian.load(UInt64.self, from: bytes, at: $0 * 8) }
  }
}
