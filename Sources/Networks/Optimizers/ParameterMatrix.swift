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

extension MultilayerPerceptron {
  /// The weights of each layer.
  public var matrices: [ParameterMatrix] {
    zip(layers, offsets).map { layer, offset in
      ParameterMatrix(offset: offset.weights, rows: layer.outputs, columns: layer.inputs)
    }
  }
}
