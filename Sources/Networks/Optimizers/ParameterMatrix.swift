/// A matrix among the flat parameters: a layer's weights, row by row.
public struct ParameterMatrix: Sendable, Codable, Equatable {
  /// Where it begins.
  public let offset: Int

  /// Number of rows, the layer's outputs.
  public let rows: Int

  /// Number of columns, the layer's inputs.
  public let columns: Int

  /// Describes a matrix.
  ///
  /// - Parameters:
  ///   - offset: Where it begins.
  ///   - rows: Number of rows.
  ///   - columns: Number of columns.
  public init(offset: Int, rows: Int, columns: Int) {
    self.offset = offset
    self.rows = rows
    self.columns = columns
  }

  /// Where it lies.
  var range: Range<Int> { offset..<offset + rows * columns }
}

extension Network {
  /// The tensors that are matrices: each layer's weights.
  public var matrices: [ParameterMatrix] {
    tensors.filter { $0.shape.count == 2 }.map { tensor in
      ParameterMatrix(
        offset: tensor.range.lowerBound, rows: tensor.shape[0], columns: tensor.shape[1])
    }
  }
}
