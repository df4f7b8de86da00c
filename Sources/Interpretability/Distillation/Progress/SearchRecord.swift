public import RunStore
internal import Symbolic

/// The written record of a search: each improvement as a line of JSON, and curves for TensorBoard.
public struct SearchRecord: Sendable {
  private let target: String
  private let trace: JSONLog?
  private let curves: TensorBoardLog?
  private var known: [Int: Double] = [:]

  /// Begins a record.
  ///
  /// - Parameters:
  ///   - target: What is searched for, which each line of the trace names.
  ///   - trace: The log of the improvements, which searches may share; nil for none.
  ///   - curves: The curves; nil for none.
  public init(of target: String, trace: JSONLog?, curves: TensorBoardLog?) {
    self.target = target
    self.trace = trace
    self.curves = curves
  }

  /// Writes what has changed.
  ///
  /// - Parameters:
  ///   - seconds: Seconds since the search began.
  ///   - evaluations: Formulas evaluated so far.
  ///   - front: The front; a formula is an improvement if it is better than what was known of its
  ///     complexity.
  /// - Throws: `FileError`, for example when the disk is full.
  public mutating func add(
    seconds: Double, evaluations: Int, front: [FrontLine]
  ) throws(FileError) {
    for line in front where line.loss < known[line.complexity] ?? .infinity {
      known[line.complexity] = line.loss
      try trace?.append(
        .object([
          .init("target", .string(target)),
          .init("seconds", .number(seconds)), .init("evaluations", .integer(evaluations)),
          .init("complexity", .integer(line.complexity)), .init("loss", .number(line.loss)),
          .init("residual", line.residual.map { .number($0) } ?? .null),
          .init("equation", .string(line.formula.description)),
        ]))
    }
    guard let curves, let least = front.last, let best = front.first(where: \.isBest) else {
      return
    }
    try curves.append(
      step: evaluations,
      [
        ("loss/least", least.loss), ("loss/best", best.loss),
        ("complexity/best", Double(best.complexity)), ("front/formulas", Double(front.count)),
        ("search/formulas per second", Double(evaluations) / max(seconds, 1e-9)),
      ])
  }
}
