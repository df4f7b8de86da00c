/// An array of numbers in NumPy's `.npy` format.
///
/// Layout of a file: the magic bytes `\x93NUMPY`, a version, a header length, a Python dictionary
/// such as `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`, the elements.
/// Specification: [numpy.lib.format](https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
public struct NumpyArray: Sendable, Equatable {
  /// The elements in row-major order, whatever the file's order was.
  public let tensor: StoredTensor

  /// The extents, outermost first; empty for a scalar.
  public var shape: [Int] { tensor.shape }

  /// The type of the elements in the file.
  public var elementType: ElementType { tensor.elementType }

  /// The elements in row-major order as 64-bit floating point.
  public var doubles: [Double] { tensor.doubles }

  /// The elements in row-major order as 32-bit floating point.
  public var floats: [Float] { tensor.floats }

  /// Wraps a tensor for writing.
  ///
  /// - Parameter tensor: Type, shape and elements.
  public init(_ tensor: StoredTensor) {
    self.tensor = tensor
  }
}

// MARK: - Writing

extension NumpyArray {
  /// Writes a `.npy` file (version 1, C order, little-endian) atomically.
  ///
  /// - Parameter path: The destination; its directory must exist.
  /// - Throws: ``FileError/unwritable(path:reason:)``; an earlier file then is untouched.
  public func write(to path: String) throws(FileError) {
    var file = try AtomicFile(replacing: path)
    try file.append(header)
    try file.append(tensor.bytes)
    try file.commit()
  }

  /// The whole file in memory.
  public var serialized: [UInt8] { header + tensor.bytes }

  private var header: [UInt8] {
    // A bfloat16 has no NumPy name: widening it is exact.
    precondition(elementType != .bfloat16, "NumPy has no bfloat16; store floats")
    // Python writes a tuple of one element as (3,).
    let tuple = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text =
      "{'descr': '\(elementType.numpyName)', 'fortran_order': False, 'shape': (\(tuple)), }"
    // Magic, version, length, text and final line break fill a multiple of 64 bytes.
    let padding = (64 - (NumpyHeader.magic.count + 2 + 2 + text.utf8.count + 1) % 64) % 64
    text += String(repeating: " ", count: padding) + "\n"
    return NumpyHeader.magic + [1, 0] + LittleEndian.bytes([UInt16(text.utf8.count)]) + text.utf8
  }
}

// MARK: - Reading

extension NumpyArray {
  /// Reads a `.npy` file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limit: The largest accepted file in bytes.
  /// - Throws: ``NumpyError`` with the path and, for malformed contents, the byte offset.
  public init(
    contentsOf path: String, limit: Int = FileContents.defaultLimit
  ) throws(NumpyError) {
    let bytes: [UInt8]
    do {
      bytes = try FileContents.read(path, limit: limit)
    } catch {
      throw .file(error)
    }
    try self.init(parsing: bytes, path: path)
  }

  /// Reads the contents of a `.npy` file.
  ///
  /// - Parameters:
  ///   - bytes: The contents.
  ///   - path: The name that errors give the contents.
  /// - Throws: ``NumpyError/malformed(path:offset:problem:)``.
  public init(parsing bytes: [UInt8], path: String) throws(NumpyError) {
    let header: NumpyHeader
    do {
      header = try NumpyHeader(parsing: bytes)
      try header.checkSize(of: bytes.count)
    } catch {
      throw error.located(in: path)
    }
    tensor = StoredTensor(
      elementType: header.elementType, shape: header.shape,
      bytes: Self.rowMajorLittleEndian(bytes[header.dataStart...], header))
  }

  /// The elements' bytes, moved from the file's order to ours.
  private static func rowMajorLittleEndian(
    _ bytes: ArraySlice<UInt8>, _ header: NumpyHeader
  ) -> [UInt8] {
    var elements = Array(bytes)
    let size = header.elementType.byteCount
    if header.byteOrder == .big && size > 1 {
      for start in stride(from: 0, to: elements.count, by: size) {
        elements[start..<start + size].reverse()
      }
    }
    // Without elements the other extents may be absurd, and have never been checked.
    guard header.isColumnMajor, header.shape.count > 1, !elements.isEmpty else { return elements }

    // Walk the row-major positions; `index` counts like an odometer, `source` follows it.
    let shape = header.shape
    var strides: [Int] = []
    var stride = 1
    for extent in shape {
      strides.append(stride)
      stride *= extent
    }
    var index = [Int](repeating: 0, count: shape.count)
    var result: [UInt8] = []
    result.reserveCapacity(elements.count)
    var source = 0
    for _ in 0..<elements.count / size {
      result += elements[source * size..<(source + 1) * size]
      for axis in shape.indices.reversed() {
        index[axis] += 1
        source += strides[axis]
        if index[axis] < shape[axis] { break }
        source -= strides[axis] * shape[axis]
        index[axis] = 0
      }
    }
    return result
  }
}

extension ElementType {
  /// The name of the type in a `.npy` header, little-endian.
  var numpyName: String {
    switch self {
    case .bool: "|b1"
    case .int8: "|i1"
    case .int16: "<i2"
    case .int32: "<i4"
    case .int64: "<i8"
    case .uint8: "|u1"
    case .uint16: "<u2"
    case .uint32: "<u4"
    case .uint64: "<u8"
    case .float16, .bfloat16: "<f2"
    case .float32: "<f4"
    case .float64: "<f8"
    }
  }
}
