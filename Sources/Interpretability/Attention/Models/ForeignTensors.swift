internal import RunStore

/// The tensors of another program's file, asked for by shape.
struct ForeignTensors {
  let path: String
  private let tensors: [String: StoredTensor]

  /// What most names begin with: `transformer.`, `bert.` or nothing.
  private let prefix: String

  /// Reads a file.
  ///
  /// - Parameter path: A safetensors file.
  /// - Throws: ``TransformerFileError/tensors(_:)``.
  init(contentsOf path: String) throws(TransformerFileError) {
    self.path = path
    let tensors: [String: StoredTensor]
    do {
      tensors = try SafetensorsFile(contentsOf: path).tensors
    } catch {
      throw .tensors(error)
    }
    self.tensors = tensors
    prefix =
      ["transformer.", "bert."].first { prefix in
        tensors.keys.contains { $0.hasPrefix(prefix) }
      } ?? ""
  }

  /// The first name, for who wonders what is in the file.
  var firstName: String? { tensors.keys.min() }

  /// Whether there is a tensor.
  func has(_ name: String) -> Bool { tensor(name) != nil }

  /// A tensor with or without the prefix: heads stand outside of the model proper.
  private func tensor(_ name: String) -> StoredTensor? { tensors[prefix + name] ?? tensors[name] }

  private func fullName(_ name: String) -> String {
    tensors[prefix + name] == nil && tensors[name] != nil ? name : prefix + name
  }

  /// The two extents of a matrix.
  ///
  /// - Parameters:
  ///   - name: The matrix.
  ///   - meaning: What its axes are, for who gave something else.
  /// - Returns: Rows and columns, both positive.
  /// - Throws: ``TransformerFileError``.
  func extents(
    of name: String, _ meaning: String
  ) throws(TransformerFileError) -> (rows: Int, columns: Int) {
    guard let tensor = tensor(name) else {
      throw .missingTensor(path: path, name: prefix + name)
    }
    guard tensor.shape.count == 2, tensor.shape.allSatisfy({ $0 > 0 }) else {
      throw .wrongShape(
        path: path, name: fullName(name), found: tensor.shape, expected: meaning)
    }
    return (tensor.shape[0], tensor.shape[1])
  }

  /// The elements of a tensor.
  ///
  /// - Parameters:
  ///   - source: Where they come from.
  ///   - shape: The shape that they are to have.
  ///   - layer: What the source's names begin with.
  /// - Returns: As many numbers as the shape needs, row by row.
  /// - Throws: ``TransformerFileError``.
  func elements(
    _ source: ForeignSource, shape: [Int], layer: String
  ) throws(TransformerFileError) -> [Double] {
    switch source {
    case .same(let name):
      return try elements(layer + name, shape)
    case .transposed(let name):
      let stored = try elements(layer + name, shape.reversed())
      let (rows, columns) = (shape[0], shape[1])
      return (0..<rows * columns).map { stored[$0 % columns * rows + $0 / columns] }
    case .stacked(let names):
      let part = [shape[0] / names.count] + shape.dropFirst()
      var stacked: [Double] = []
      for name in names { stacked += try elements(layer + name, part) }
      return stacked
    case .shifted(let name, let other):
      let rows = try elements(name, shape)
      let (count, columns) = try extents(of: other, "[types, \(shape[1])]")
      let shift = try elements(other, [count, shape[1]])
      return rows.indices.map { rows[$0] + shift[$0 % columns] }
    case .zeros:
      return Array(repeating: 0, count: shape.reduce(1, *))
    }
  }

  private func elements(
    _ name: String, _ shape: [Int]
  ) throws(TransformerFileError) -> [Double] {
    guard let tensor = tensor(name) else {
      throw .missingTensor(path: path, name: prefix + name)
    }
    guard tensor.shape == shape else {
      throw .wrongShape(
        path: path, name: fullName(name), found: tensor.shape, expected: "\(shape)")
    }
    let elements = tensor.doubles
    guard elements.allSatisfy(\.isFinite) else {
      throw .notFinite(path: path, name: fullName(name))
    }
    return elements
  }
}
