/// Under what conditions a law is to be found again.
package struct Conditions: Sendable, Equatable {
  /// Random rows, where the literature does not fix their number.
  package var rows: Int

  /// Standard deviation of the noise in units of the target's; nil for what the literature says.
  package var noise: Double?

  /// Columns of random numbers that the law does not depend on.
  package var irrelevant: Int

  /// Sets conditions.
  ///
  /// - Parameters:
  ///   - rows: Random rows, where the literature does not fix their number.
  ///   - noise: Standard deviation of the noise in units of the target's; nil for what the
  ///     literature says.
  ///   - irrelevant: Columns of random numbers that the law does not depend on.
  package init(rows: Int = 10_000, noise: Double? = nil, irrelevant: Int = 0) {
    self.rows = rows
    self.noise = noise
    self.irrelevant = irrelevant
  }
}
