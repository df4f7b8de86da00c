import Foundation
import RunStore
import Testing

/// A directory that is removed, with all that is in it, when the value goes away.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "limbeck-\(UUID().uuidString)"
    try FileSystem.createDirectory(path)
  }

  deinit {
    try? FileSystem.remove(path)
  }

  /// The path of an entry.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  /// Writes an entry and returns its path.
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let path = self(name)
    try AtomicFile.write(bytes, to: path)
    return path
  }

  /// The names in a directory below, hidden ones included, sorted.
  func entries(_ name: String = ".") throws -> [String] {
    try FileSystem.entries(of: self(name))
  }
}

/// A small generator of test inputs (SplitMix64), so that each run tests the same ones.
struct TestRandom: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

/// Feeds a reader every truncation and many single-byte changes of a valid file.
///
/// Each must end in a value or in the reader's own typed error; a trap ends the test run.
///
/// - Returns: How many truncations the reader refused.
func damage(_ bytes: [UInt8], seed: UInt64, changes: Int = 2000, _ read: ([UInt8]) -> Bool) -> Int {
  var refused = 0
  for count in 0..<bytes.count where !read(Array(bytes.prefix(count))) { refused += 1 }
  var random = TestRandom(state: seed)
  for _ in 0..<changes {
    var changed = bytes
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let index = Int.random(in: 0..<bytes.count, using: &random)
      changed[index] =
        [0, 0xFF, 0x7F, 0x80, changed[index] ^ 1, UInt8.random(in: 0...255, using: &random)]
        .randomElement(using: &random) ?? 0
    }
    _ = read(changed)
  }
  return refused
}
