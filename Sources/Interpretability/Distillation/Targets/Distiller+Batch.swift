public import Symbolic
internal import Tensors

extension Distiller {
  /// Searches for several targets side by side, each with its own budget.
  ///
  /// - Parameters:
  ///   - distillers: The searches; each runs on the number of threads that it was made with.
  ///   - threads: How many run at a time.
  ///   - shouldStop: Asked at every barrier of every search.
  ///   - report: Receives the index of a search and its progress at each barrier, on any thread.
  ///   - finished: Receives the index of a search that ends and what it found, on any thread.
  /// - Returns: What was found, in the order of the searches.
  /// - Throws: The first `SearchError` in that order.
  public static func run(
    _ distillers: [Distiller], threads: Int, shouldStop: @Sendable () -> Bool = { false },
    report: @Sendable (Int, Progress) -> Void = { _, _ in },
    finished: @Sendable (Int, Distillation) -> Void = { _, _ in }
  ) throws(SearchError) -> [Distillation] {
    let results = parallelMap(count: distillers.count, threads: threads) { index in
      let result = Result { () throws(SearchError) in
        try distillers[index].run(shouldStop: shouldStop) { report(index, $0) }
      }
      if case .success(let distillation) = result { finished(index, distillation) }
      return result
    }
    var distillations: [Distillation] = []
    for result in results { distillations.append(try result.get()) }
    return distillations
  }
}
