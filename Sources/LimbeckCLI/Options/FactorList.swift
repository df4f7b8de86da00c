import ArgumentParser

/// Positive factors as the command line has them: `0.5,1,2,4`.
struct FactorList: ExpressibleByArgument, Equatable {
  /// The factors in the order given.
  let factors: [Double]

  init?(argument: String) {
    let words = argument.split(separator: ",", omittingEmptySubsequences: false)
    factors = words.compactMap { Double($0) }
    guard factors.count == words.count, factors.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      return nil
    }
  }
}
