internal import Tensors

/// The active entries of a block of rows: which feature, its value, and the slope of the loss.
///
/// The entries of row r lie at `starts[r] ..< starts[r + 1]`, in order of their feature. One thread
/// fills a block.
final class EntryBlock: @unchecked Sendable {
  /// Where each row's entries begin, and after the last row where they end.
  let starts: AlignedBuffer<Int>

  /// The features.
  private(set) var features: AlignedBuffer<UInt32>

  /// The activations.
  private(set) var values: AlignedBuffer<Float>

  /// First the slope of the loss with respect to the value, then that with respect to the
  /// preactivation.
  private(set) var slopes: AlignedBuffer<Float>

  /// Slopes with respect to the feature's number in each vector after the encoder's bias.
  private(set) var vectorSlopes: [AlignedBuffer<Float>]

  /// Row of the residuals that each entry's reconstruction belongs to.
  private(set) var residualRows: AlignedBuffer<UInt32>

  /// Room for selections.
  let scratch: AlignedBuffer<Float>

  /// Room for a row of preactivations weighted by the decoder's norms.
  let weighted: AlignedBuffer<Float>

  private var extraRoom = AlignedBuffer<Float>(count: 0, repeating: 0)

  /// Number of entries.
  private(set) var count = 0

  /// Number of finished rows.
  private(set) var rowCount = 0

  /// Kernels write whole vectors past the end of a list.
  private static let slack = 16

  /// Makes room.
  ///
  /// - Parameters:
  ///   - rows: Most rows.
  ///   - featureCount: Features that a row may activate.
  ///   - extraVectors: Vectors after the encoder's bias.
  init(rows: Int, featureCount: Int, extraVectors: Int) {
    starts = AlignedBuffer(count: rows + 1, repeating: 0)
    scratch = AlignedBuffer(count: featureCount + Self.slack, repeating: 0)
    weighted = AlignedBuffer(count: featureCount, repeating: 0)
    let capacity = featureCount + Self.slack
    features = AlignedBuffer(count: capacity, repeating: 0)
    values = AlignedBuffer(count: capacity, repeating: 0)
    slopes = AlignedBuffer(count: capacity, repeating: 0)
    residualRows = AlignedBuffer(count: capacity, repeating: 0)
    vectorSlopes = (0..<extraVectors).map { _ in AlignedBuffer(count: capacity, repeating: 0) }
  }

  /// Forgets all rows.
  func removeAll() {
    count = 0
    rowCount = 0
  }

  /// Appends a row's entries.
  ///
  /// - Parameters:
  ///   - limit: Most entries the row can have.
  ///   - fill: Writes features and values, and returns how many there are.
  func appendRow(
    limit: Int, _ fill: (UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<Float>) -> Int
  ) {
    reserve(count + limit + Self.slack)
    count += fill(features.pointer + count, values.pointer + count)
    rowCount += 1
    starts.pointer[rowCount] = count
  }

  /// Keeps the entries for which a test holds, in order.
  func filter(_ isKept: (_ entry: Int) -> Bool) {
    var kept = 0
    for row in 0..<rowCount {
      let entries = entries(ofRow: row)
      starts.pointer[row] = kept
      for entry in entries where isKept(entry) {
        features.pointer[kept] = features.pointer[entry]
        values.pointer[kept] = values.pointer[entry]
        kept += 1
      }
    }
    starts.pointer[rowCount] = kept
    count = kept
  }

  /// Memory for so many numbers, until it is asked for again.
  func room(for count: Int) -> UnsafeMutablePointer<Float> {
    if extraRoom.count < count { extraRoom = AlignedBuffer(count: 2 * count, repeating: 0) }
    return extraRoom.pointer
  }

  /// Where a row's entries lie.
  func entries(ofRow row: Int) -> Range<Int> { starts.pointer[row]..<starts.pointer[row + 1] }

  private func reserve(_ wanted: Int) {
    guard wanted > features.count else { return }
    let capacity = max(wanted, 2 * features.count)
    features = Self.grown(features, to: capacity, 0)
    values = Self.grown(values, to: capacity, 0)
    slopes = Self.grown(slopes, to: capacity, 0)
    residualRows = Self.grown(residualRows, to: capacity, 0)
    vectorSlopes = vectorSlopes.map { Self.grown($0, to: capacity, 0) }
  }

  private static func grown<Element: BitwiseCopyable>(
    _ buffer: AlignedBuffer<Element>, to capacity: Int, _ zero: Element
  ) -> AlignedBuffer<Element> {
    let larger = AlignedBuffer(count: capacity, repeating: zero)
    larger.pointer.update(from: buffer.pointer, count: buffer.count)
    return larger
  }
}
