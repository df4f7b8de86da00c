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
    let results = BatchResults(count: distillers.count)
    parallelFor(count: distillers.count, threads: threads) { index in
      let result = Result { () throws(SearchError) in
        try distillers[index].run(shouldStop: shouldStop) { report(index, $0) }
      }
      if case .success(let distillation) = result { finished(index, distillation) }
      results.set(result, at: index)
    }
    var distillations: [Distillation] = []
    for index in distillers.indices {
      if let result = results[index] { distillations.append(try result.get()) }
    }
    return distillations
  }
}

/// One place for the result of each search; workers write different places.
private final class BatchResults: @unchecked Sendable {
  private let storage: UnsafeMutableBufferPointer<Result<Distillation, SearchError>?>

  init(count: Int) {
    storage = .allocate(capacity: count)
    storage.initialize(repeating: nil)
  }

  deinit {
    storage.deinitialize()
    storage.deallocate()
  }

  func set(_ result: Result<Distillation, SearchError>, at index: Int) { storage[index] = result }

  subscript(index: Int) -> Result<Distillation, SearchError>? { storage[index] }
}
