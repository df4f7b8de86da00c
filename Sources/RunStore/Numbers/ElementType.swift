/// The number types that weight and array files store.
public enum ElementType: String, Sendable, CaseIterable {
  /// A truth value of one byte, 0 or 1.
  case bool

  /// Signed integers of 8, 16, 32 and 64 bits.
  case int8, int16, int32, int64

  /// Unsigned integers of 8, 16, 32 and 64 bits.
  case uint8, uint16, uint32, uint64

  /// IEEE 754 binary16, binary32 and binary64.
  case float16, float32, float64

  /// The upper half of a binary32.
  case bfloat16

  /// The size of one element in bytes.
  public var byteCount: Int {
    switch self {
    case .bool, .int8, .uint8: 1
    case .int16, .uint16, .float16, .bfloat16: 2
    case .int32, .uint32, .float32: 4
    case .int64, .uint64, .float64: 8
    }
  }

  /// The product of a shape's extents and this type's size, unless it overflows.
  ///
  /// - Parameter shape: Extents; each must be at least 0.
  /// - Returns: The size in bytes, or `nil` if it does not fit an `Int`.
  func byteCount(of shape: [Int]) -> Int? {
    var product = byteCount
    // A zero extent makes the product zero whatever the others are.
    if shape.contains(0) { return 0 }
    for extent in shape {
      let (next, overflow) = product.multipliedReportingOverflow(by: extent)
      if overflow { return nil }
      product = next
    }
    return product
  }
}

/// The order of the bytes of one element.
enum ByteOrder: Sendable {
  case little, big
}

// MARK: - Decoding

extension ElementType {
  /// The elements in `bytes` as floating-point numbers.
  ///
  /// 64-bit integers beyond 2⁵³ (beyond 2²⁴ for `Float`) are rounded to the nearest.
  func decode<Number: BinaryFloatingPoint>(
    _ bytes: UnsafeRawBufferPointer, order: ByteOrder, as type: Number.Type
  ) -> [Number] {
    switch self {
    case .bool: integers(bytes, order) { (bits: UInt8) in bits == 0 ? 0 : 1 }
    case .int8: integers(bytes, order) { (bits: Int8) in Number(bits) }
    case .int16: integers(bytes, order) { (bits: Int16) in Number(bits) }
    case .int32: integers(bytes, order) { (bits: Int32) in Number(bits) }
    case .int64: integers(bytes, order) { (bits: Int64) in Number(bits) }
    case .uint8: integers(bytes, order) { (bits: UInt8) in Number(bits) }
    case .uint16: integers(bytes, order) { (bits: UInt16) in Number(bits) }
    case .uint32: integers(bytes, order) { (bits: UInt32) in Number(bits) }
    case .uint64: integers(bytes, order) { (bits: UInt64) in Number(bits) }
    case .float16: integers(bytes, order) { Number(Float(Float16(bitPattern: $0))) }
    case .bfloat16:
      integers(bytes, order) { (bits: UInt16) in Number(Float(bitPattern: UInt32(bits) << 16)) }
    case .float32: integers(bytes, order) { Number(Float(bitPattern: $0)) }
    case .float64: integers(bytes, order) { Number(Double(bitPattern: $0)) }
    }
  }

  @inline(__always)
  private func integers<Bits: FixedWidthInteger, Number>(
    _ bytes: UnsafeRawBufferPointer, _ order: ByteOrder, _ convert: (Bits) -> Number
  ) -> [Number] {
    let size = MemoryLayout<Bits>.size
    return (0..<bytes.count / size).map { index in
      let bits = bytes.loadUnaligned(fromByteOffset: index * size, as: Bits.self)
      return convert(order == .little ? Bits(littleEndian: bits) : Bits(bigEndian: bits))
    }
  }
}

// MARK: - Encoding

/// The bytes of numbers in little-endian order.
enum LittleEndian {
  static func bytes(_ values: [Float]) -> [UInt8] { bytes(values) { $0.bitPattern } }
  static func bytes(_ values: [Double]) -> [UInt8] { bytes(values) { $0.bitPattern } }

  static func bytes<Bits: FixedWidthInteger>(_ values: [Bits]) -> [UInt8] {
    bytes(values) { $0 }
  }

  private static func bytes<Value, Bits: FixedWidthInteger>(
    _ values: [Value], _ bits: (Value) -> Bits
  ) -> [UInt8] {
    let size = MemoryLayout<Bits>.size
    return [UInt8](unsafeUninitializedCapacity: values.count * size) { buffer, count in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      for (index, value) in values.enumerated() {
        raw.storeBytes(
          of: bits(value).littleEndian, toByteOffset: index * size, as: Bits.self)
      }
      count = values.count * size
    }
  }

  /// Reads an unsigned integer; the caller has checked the bounds.
  static func load<Bits: FixedWidthInteger>(
    _ type: Bits.Type, from bytes: [UInt8], at offset: Int
  ) -> Bits {
    bytes.withUnsafeBytes {
      Bits(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Bits.self))
    }
  }
}
