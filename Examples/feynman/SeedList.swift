import ArgumentParser

/// Seeds as the command line has them: `3`, `1...5` or `1,4,9`.
package struct SeedList: ExpressibleByArgument, Equatable {
  /// The seeds in the order given.
  package let seeds: [Int]

  /// Takes seeds.
  ///
  /// - Parameter seeds: The seeds.
  package init(seeds: [Int]) {
    self.seeds = seeds
  }

  /// The list as the help shows it.
  package var defaultValueDescription: String { seeds.map(String.init).joined(separator: ",") }

  /// Reads seeds.
  ///
  /// - Parameter argument: The text; nil is returned if it is no list of seeds.
  package init?(argument: String) {
    if let dots = argument.firstRange(of: "...") {
      guard let first = Int(argument[..<dots.lowerBound]),
        let last = Int(argument[dots.upperBound...]), 0 <= first, first <= last,
        last - first < 10_000
      else { return nil }
      seeds = Array(first...last)
    } else {
      let words = argument.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = words.compactMap { Int($0) }
      guard numbers.count == words.count, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
      seeds = numbers
    }
  }
}
