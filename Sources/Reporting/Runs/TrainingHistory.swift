internal import RunStore

/// The history of a training, as `history.csv` holds it.
public struct TrainingHistory: Sendable, Equatable {
  /// A logged quantity.
  public struct Curve: Sendable, Equatable {
    /// The name as people read it: `condition 1`.
    public let name: String

    /// One number for each row; NaN where the log has none.
    public let values: [Double]
  }

  /// Number of optimiser steps at each row.
  public let steps: [Double]

  /// Seconds of training at each row.
  public let seconds: [Double]

  /// The loss on the points trained on.
  public let loss: Curve

  /// The loss on points that are not trained on.
  public let heldOutLoss: Curve?

  /// Each equation's and condition's share of the loss.
  public let terms: [Curve]

  /// The damping λ, the learning rate or the length of the last line search.
  public let pace: Curve?

  /// Relative L2 error of each unknown whose true solution is known.
  public let errors: [Curve]

  private static let errorPrefix = "relative_l2_"

  /// Reads a log; a last row that is still being written is left out.
  ///
  /// - Parameters:
  ///   - bytes: The contents of `history.csv`.
  ///   - path: The file's name for errors.
  /// - Throws: ``ReportingError/malformed(path:detail:)``.
  public init(parsing bytes: [UInt8], path: String) throws(ReportingError) {
    var lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    // What follows the last end of line is empty, or a row that is not whole yet.
    lines.removeLast()
    guard let header = lines.first?.split(separator: ",", omittingEmptySubsequences: false) else {
      throw .malformed(path: path, detail: "no header")
    }
    var columns = [[Double]](repeating: [], count: header.count)
    for (index, line) in lines.dropFirst().enumerated() {
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      guard fields.count == header.count else {
        throw .malformed(
          path: path,
          detail: "line \(index + 2) has \(fields.count) fields, the header \(header.count)")
      }
      for (column, field) in fields.enumerated() {
        guard let value = field.isEmpty ? .nan : Double(field) else {
          throw .malformed(
            path: path, detail: "'\(field)' in line \(index + 2) is no number")
        }
        columns[column].append(value)
      }
    }
    var named = zip(header.map(String.init), columns).map { (name: $0, values: $1) }
    func take(_ name: String) -> [Double]? {
      named.firstIndex { $0.name == name }.map { named.remove(at: $0).values }
    }
    guard let steps = take("step"), let loss = take("loss"), !steps.isEmpty else {
      throw .malformed(path: path, detail: "no rows with 'step' and 'loss'")
    }
    self.steps = steps
    self.loss = Curve(name: "loss", values: loss)
    seconds = take("seconds") ?? []
    heldOutLoss = take("held_out_loss").map { Curve(name: "held-out loss", values: $0) }
    pace = take("damping_or_rate").map { Curve(name: "damping or rate", values: $0) }
    errors = named.filter { $0.name.hasPrefix(Self.errorPrefix) }.map {
      Curve(name: String($0.name.dropFirst(Self.errorPrefix.count)), values: $0.values)
    }.filter { $0.values.contains { $0.isFinite } }
    terms = named.filter { !$0.name.hasPrefix(Self.errorPrefix) }.map {
      Curve(name: $0.name.replacing("_", with: " "), values: $0.values)
    }
  }
}
