internal import Foundation

/// Numbers that are stored as their bits: a matrix of a million weights takes a checkpoint eleven
/// bytes each and no time, and comes back exactly, whatever it holds.
///
/// The bytes are little-endian, as in safetensors.
@propertyWrapper
struct PackedNumbers: Sendable, Codable, Equatable {
  /// The numbers.
  var wrappedValue: [Double]

  init(wrappedValue: [Double]) {
    self.wrappedValue = wrappedValue
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let data = try container.decode(Data.self)
    guard data.count % 8 == 0 else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "no whole numbers")
    }
    wrappedValue = data.withUnsafeBytes { bytes in
      (0..<bytes.count / 8).map {
        Double(
          bitPattern: UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)))
      }
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    let bits = wrappedValue.map { $0.bitPattern.littleEndian }
    try container.encode(bits.withUnsafeBytes { Data($0) })
  }
}
