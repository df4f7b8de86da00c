import ArgumentParser

/// Seeds as the command line has them: `1...5` or `1,4,9`.
struct SeedList: Equatable {
  /// The seeds in the order given, each once.
  let seeds: [Int]

  /// More runs than this are a slip of the finger.
  private static let limit = 1000

  /// Reads a list.
  ///
  /// - Parameter argument: The text.
  /// - Throws: `ValidationError` that says what a list looks like.
  init(_ argument: String) throws {
    guard let seeds = Self.parse(argument), seeds.count <= Self.limit else {
      throw ValidationError(
        "give seeds such as 1...5 or 1,4,9, each once and at most \(Self.limit) of them")
    }
    self.seeds = seeds
  }

  private static func parse(_ text: String) -> [Int]? {
    if let dots = text.firstRange(of: "...") {
      guard let first = Int(text[..<dots.lowerBound]), let last = Int(text[dots.upperBound...]),
        0 <= first, first <= last
      else { return nil }
      // One more than is allowed tells that there are too many.
      return Array((first...last).prefix(limit + 1))
    }
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    let numbers = words.compactMap { Int($0) }
    guard numbers.count == words.count, numbers.allSatisfy({ $0 >= 0 }),
      Set(numbers).count == numbers.count
    else { return nil }
    return numbers
  }
}
