/// The checksum CRC-32C (Castagnoli; RFC 3720, appendix B.4) of a sequence of bytes.
package enum CRC32C {
  /// The polynomial 0x1EDC6F41 with its bits reversed, as bytes enter from their low end.
  private static let polynomial: UInt32 = 0x82F6_3B78

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in
      rest & 1 == 1 ? rest >> 1 ^ polynomial : rest >> 1
    }
  }

  /// The checksum.
  ///
  /// - Parameter bytes: Any bytes.
  /// - Returns: 0 for none.
  package static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { rest, byte in
      table[Int(UInt8(truncatingIfNeeded: rest) ^ byte)] ^ rest >> 8
    }
  }

  /// The checksum as TFRecord files store it: a checksum over bytes that contain checksums is weak,
  /// so that it is rotated by 15 bits and shifted by a constant.
  ///
  /// - Parameter bytes: Any bytes.
  /// - Returns: The masked checksum.
  static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let sum = checksum(bytes)
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }
}
