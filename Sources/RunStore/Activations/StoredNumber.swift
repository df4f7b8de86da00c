/// The number types that activations are read as.
protocol StoredNumber: BinaryFloatingPoint, BitwiseCopyable, Sendable {
  /// The type in files whose elements need no conversion.
  static var elementType: ElementType { get }

  /// The type as the HDF5 library is asked for it.
  static var hdf5: HDF5Dataset.Number { get }

  /// The bits of a number without its sign, which grow with its magnitude; NaN is the largest.
  var magnitudeBits: UInt64 { get }
}

extension Float: StoredNumber {
  static var elementType: ElementType { .float32 }
  static var hdf5: HDF5Dataset.Number { .float }
  var magnitudeBits: UInt64 { UInt64(magnitude.bitPattern) }
}

extension Double: StoredNumber {
  static var elementType: ElementType { .float64 }
  static var hdf5: HDF5Dataset.Number { .double }
  var magnitudeBits: UInt64 { magnitude.bitPattern }
}

extension UnsafeMutableBufferPointer where Element: StoredNumber {
  /// The index of the first NaN or infinity, nil if there is none.
  @inline(__always)
  func firstNonFinite() -> Int? {
    // A maximum without branches becomes vector instructions; the place is looked for only if needed.
    var largest: UInt64 = 0
    for value in self { largest = Swift.max(largest, value.magnitudeBits) }
    guard largest >= Element.infinity.magnitudeBits else { return nil }
    return firstIndex { !$0.isFinite }
  }
}
