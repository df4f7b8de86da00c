internal import Tensors

/// The entries of a batch ordered by feature: what the gradient of each feature's rows sums over.
///
/// Within a feature the entries keep the order of the blocks and of the rows in them, so that sums do
/// not depend on which thread filled a block.
final class FeatureEntries: @unchecked Sendable {
  private let featureCount: Int
  private let blockCount: Int

  /// First the number of each block's entries of each feature, then where those lie; `[block][feature]`.
  private let offsets: AlignedBuffer<Int>

  /// Where each feature's entries begin, and after the last feature where they end.
  private let starts: AlignedBuffer<Int>

  /// Rows of the batch.
  private(set) var rows: AlignedBuffer<UInt32>

  /// Rows of the residuals.
  private(set) var residualRows: AlignedBuffer<UInt32>

  /// Activations.
  private(set) var values: AlignedBuffer<Float>

  /// Slopes with respect to the preactivation.
  private(set) var slopes: AlignedBuffer<Float>

  /// Slopes with respect to each vector after the encoder's bias.
  private(set) var vectorSlopes: [AlignedBuffer<Float>]

  /// Makes room for the counts.
  init(featureCount: Int, blockCount: Int, extraVectors: Int) {
    self.featureCount = featureCount
    self.blockCount = blockCount
    offsets = AlignedBuffer(count: blockCount * featureCount, repeating: 0)
    starts = AlignedBuffer(count: featureCount + 1, repeating: 0)
    rows = AlignedBuffer(count: 0, repeating: 0)
    residualRows = rows
    values = AlignedBuffer(count: 0, repeating: 0)
    slopes = values
    vectorSlopes = Array(repeating: values, count: extraVectors)
  }

  /// Counts a block's entries; blocks may be counted at the same time.
  func count(_ blocks: [EntryBlock], asBlock index: Int) {
    let counts = offsets.pointer + index * featureCount
    counts.update(repeating: 0, count: featureCount)
    for block in blocks {
      for entry in 0..<block.count { counts[Int(block.features.pointer[entry])] += 1 }
    }
  }

  /// Turns the counts of all blocks into places.
  func arrange() {
    var place = 0
    for feature in 0..<featureCount {
      starts.pointer[feature] = place
      for block in 0..<blockCount {
        let index = block * featureCount + feature
        let count = offsets.pointer[index]
        offsets.pointer[index] = place
        place += count
      }
    }
    starts.pointer[featureCount] = place
    guard place > rows.count else { return }
    let capacity = max(place, 2 * rows.count)
    rows = AlignedBuffer(count: capacity, repeating: 0)
    residualRows = AlignedBuffer(count: capacity, repeating: 0)
    values = AlignedBuffer(count: capacity, repeating: 0)
    slopes = AlignedBuffer(count: capacity, repeating: 0)
    vectorSlopes = vectorSlopes.map { _ in AlignedBuffer(count: capacity, repeating: 0) }
  }

  /// Puts a block's entries in their places; blocks may be placed at the same time.
  func place(_ blocks: [EntryBlock], asBlock index: Int, firstRow: Int) {
    let next = offsets.pointer + index * featureCount
    for block in blocks {
      for row in 0..<block.rowCount {
        for entry in block.entries(ofRow: row) {
          let feature = Int(block.features.pointer[entry])
          let place = next[feature]
          next[feature] = place + 1
          rows.pointer[place] = UInt32(firstRow + row)
          residualRows.pointer[place] = block.residualRows.pointer[entry]
          values.pointer[place] = block.values.pointer[entry]
          slopes.pointer[place] = block.slopes.pointer[entry]
          for vector in vectorSlopes.indices {
            vectorSlopes[vector].pointer[place] = block.vectorSlopes[vector].pointer[entry]
          }
        }
      }
    }
  }

  /// Where a feature's entries lie.
  func entries(of feature: Int) -> Range<Int> {
    starts.pointer[feature]..<starts.pointer[feature + 1]
  }
}
