import ArgumentParser

/// Seeds as the command line has them: `1...5` or `1,4,9`.
struct SeedList: ExpressibleByArgument, Equatable {
  /// The seeds in the order given, each once.
  let seeds: [Int]

  /// More runs than this are a slip of the finger.
  private static let limit = 1000

  init?(argument: String) {
    if let dots = argument.firstRange(of: "...") {
      guard let first = Int(argument[..<dots.lowerBound]),
        let last = Int(argument[dots.upperBound...]), 0 <= first, first <= last,
        last - first < Self.limit
      else { return nil }
      seeds = Array(first...last)
    } else {
      let words = argument.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = words.compactMap { Int($0) }
      guard numbers.count == words.count, numbers.allSatisfy({ $0 >= 0 }),
        Set(numbers).count == numbers.count
      else { return nil }
      seeds = numbers
    }
  }
}
