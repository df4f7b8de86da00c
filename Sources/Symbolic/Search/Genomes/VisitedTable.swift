internal import Foundation

/// Which skeletons an island has tried, and how often.
///
/// Between 38 and 55 of 100 offspring repeat a skeleton. A repetition is worth an evaluation only
/// while it brings new starts for the constants, and small formulas deserve more of them. The table
/// forgets: a newer skeleton takes the place of an older one with the same low bits.
struct VisitedTable: Sendable, Equatable {
  private static let bits = 15

  // The upper 56 bits of the hash and 8 bits of count.
  private var entries: [UInt64]

  /// An empty table.
  init() {
    entries = Array(repeating: 0, count: 1 << Self.bits)
  }

  /// How a skeleton has been met before.
  enum Visit {
    /// Never, as far as the table remembers.
    case first
    /// Before; new constants are worth a try.
    case again
    /// As often as it deserves.
    case exhausted
  }

  /// Counts a visit.
  ///
  /// - Parameters:
  ///   - hash: The hash of the skeleton.
  ///   - size: The number of its genes.
  ///   - hasFreeConstants: Whether another visit could end elsewhere.
  /// - Returns: What to do with it.
  mutating func visit(_ hash: UInt64, size: Int, hasFreeConstants: Bool) -> Visit {
    let index = Int(hash & UInt64(entries.count - 1))
    let entry = entries[index]
    guard entry >> 8 == hash >> 8 else {
      entries[index] = hash & ~0xFF | 1
      return .first
    }
    let limit = hasFreeConstants ? (size <= 7 ? 64 : size <= 10 ? 32 : size <= 13 ? 12 : 4) : 1
    guard entry & 0xFF < limit else { return .exhausted }
    entries[index] = entry + 1
    return .again
  }
}

extension VisitedTable: Codable {
  /// Reads the table from its bytes.
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let bytes = try container.decode(Data.self)
    guard bytes.count == 8 << Self.bits else {
      throw DecodingError.dataCorruptedError(
        in: container,
        debugDescription: "the visited table has \(bytes.count) bytes, expected \(8 << Self.bits)")
    }
    entries = bytes.withUnsafeBytes { raw in
      (0..<1 << Self.bits).map {
        UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self))
      }
    }
  }

  /// Writes the table as bytes, least significant first.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(
      entries.reduce(into: Data(capacity: 8 << Self.bits)) { data, entry in
        withUnsafeBytes(of: entry.littleEndian) { data.append(contentsOf: $0) }
      })
  }
}
