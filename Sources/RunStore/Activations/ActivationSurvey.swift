/// What one pass over activations finds that whoever analyses them should know.
public struct ActivationSurvey: Sendable, Equatable {
  /// The columns that have one value in all rows, such as those of dead units.
  public let constantColumns: [Int]

  /// Number of rows.
  public let samples: Int

  /// Number of columns.
  public let width: Int

  /// Elements that are in memory at once.
  private static let blockCount = 1 << 20

  /// Reads all rows once, block by block.
  ///
  /// - Parameter activations: The activations.
  /// - Throws: ``ActivationError``, also for the first NaN or infinity, with its row and column.
  public init(of activations: ActivationMatrix) throws(ActivationError) {
    (samples, width) = (activations.samples, activations.width)
    let first = try activations.floats(rows: 0..<1)
    var isConstant = [Bool](repeating: true, count: width)
    let rows = max(1, Self.blockCount / width)
    for start in stride(from: 0, to: samples, by: rows) {
      let block = try activations.floats(rows: start..<min(start + rows, samples))
      for i in stride(from: 0, to: block.count, by: width) {
        for j in 0..<width where block[i + j] != first[j] { isConstant[j] = false }
      }
    }
    constantColumns = isConstant.indices.filter { isConstant[$0] }
  }

  /// One sentence for each thing to know; empty if all is well.
  public var notes: [String] {
    var notes: [String] = []
    if !constantColumns.isEmpty {
      let shown = constantColumns.prefix(8).map(String.init).joined(separator: ", ")
      notes.append(
        "\(constantColumns.count) of \(width) columns are constant (\(shown)"
          + (constantColumns.count > 8 ? ", …)" : ")"))
    }
    if samples < width {
      notes.append(
        (samples == 1 ? "1 sample is" : "\(samples) samples are")
          + " fewer than the \(width) columns; what is fitted to them says little about others")
    }
    return notes
  }
}
