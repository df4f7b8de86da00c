internal import CVectorMath
internal import Tensors

/// The products of a batch's samples with the encoder's rows.
///
/// Both factors are packed into panels, the encoder once a step and the samples block by block. A BLAS
/// would pack the encoder again for each block, and OpenBLAS does not use the widest vectors of every
/// processor that has them.
final class EncoderProduct: @unchecked Sendable {
  private let layout: ParameterLayout
  private let encoder: AlignedBuffer<Float>

  private static let lanes = Int(LIMBECK_PANEL_BYTES) / MemoryLayout<Float>.stride

  /// Features whose products are made at once.
  private static let width = Int(LIMBECK_PANELS_AT_ONCE) * lanes

  /// Inputs that are used up before the next ones: a panel of them fits a first-level cache.
  private static let depth = 256

  /// Makes room for a packed encoder.
  init(_ layout: ParameterLayout) {
    self.layout = layout
    encoder = AlignedBuffer(
      count: Self.padded(layout.featureCount) * layout.inputStride, repeating: 0)
  }

  /// Room for some packed samples.
  func samples(_ rows: Int) -> AlignedBuffer<Float> {
    AlignedBuffer(count: Self.padded(rows) * layout.inputStride, repeating: 0)
  }

  private static func padded(_ rows: Int) -> Int { (rows + lanes - 1) / lanes * lanes }

  /// Packs the encoder of a step.
  func pack(_ parameters: ParameterArray, threads: Int) {
    let (count, stride) = (layout.featureCount, layout.inputStride)
    parallelFor(count: (count + Self.width - 1) / Self.width, threads: threads) { strip in
      let first = strip * Self.width
      panelKernels.pack_rows(
        min(Self.width, count - first), stride, parameters.encoder + first * stride, stride,
        stride * Self.lanes, encoder.pointer + first * stride)
    }
  }

  /// Adds the products of some samples with all rows of the encoder.
  ///
  /// - Parameters:
  ///   - rows: Number of samples.
  ///   - inputs: `[rows, inputStride]`.
  ///   - packed: Room for them.
  ///   - target: `[rows, featureStride]`.
  func add(
    rows: Int, of inputs: UnsafePointer<Float>, packedIn packed: AlignedBuffer<Float>,
    to target: UnsafeMutablePointer<Float>
  ) {
    let (count, stride) = (layout.featureCount, layout.inputStride)
    panelKernels.pack_rows(rows, stride, inputs, stride, stride * Self.lanes, packed.pointer)
    for begin in Swift.stride(from: 0, to: stride, by: Self.depth) {
      let offset = begin * Self.lanes
      for feature in Swift.stride(from: 0, to: count, by: Self.width) {
        for row in Swift.stride(from: 0, to: rows, by: Self.lanes) {
          panelKernels.multiply(
            min(Self.lanes, rows - row), min(Self.width, count - feature),
            min(Self.depth, stride - begin), packed.pointer + row * stride + offset,
            encoder.pointer + feature * stride + offset, stride * Self.lanes,
            target + row * layout.featureStride + feature, layout.featureStride)
        }
      }
    }
  }
}
