internal import Tensors

/// The bases in which ``SOAP`` sees the weights of a layer.
///
/// Matrices lie among the flat parameters; the methods change that part of a vector and no other.
struct EigenbasisLayer: Sendable, Codable, Equatable {
  private let place: ParameterMatrix
  private var left: Eigenbasis
  private var right: Eigenbasis

  /// Starts without a basis.
  init(_ place: ParameterMatrix) {
    self.place = place
    left = Eigenbasis(size: place.rows)
    right = Eigenbasis(size: place.columns)
  }

  /// Takes the eigenvectors of the first gradient's products as bases.
  mutating func begin(_ gradient: [Double]) {
    let (g, transposed) = matrices(gradient)
    left.begin(g * transposed)
    right.begin(transposed * g)
  }

  /// Adds a gradient to the running means.
  mutating func learn(_ gradient: [Double]) {
    let (g, transposed) = matrices(gradient)
    left.learn(g * transposed)
    right.learn(transposed * g)
  }

  /// Brings the bases nearer to the eigenvectors of the means.
  mutating func refresh() {
    left.refresh()
    right.refresh()
  }

  /// `G ← Q_Lᵀ G Q_R`.
  func turn(_ vector: inout [Double]) {
    replace(&vector, left.matrix.transposed * matrices(vector).matrix * right.matrix)
  }

  /// `G ← Q_L G Q_Rᵀ`.
  func turnBack(_ vector: inout [Double]) {
    replace(&vector, left.matrix * matrices(vector).matrix * right.matrix.transposed)
  }

  private func matrices(_ vector: [Double]) -> (matrix: Matrix<Double>, transposed: Matrix<Double>)
  {
    let matrix = Matrix(
      rows: place.rows, columns: place.columns, elements: Array(vector[place.range]))
    return (matrix, matrix.transposed)
  }

  private func replace(_ vector: inout [Double], _ matrix: Matrix<Double>) {
    vector.replaceSubrange(place.range, with: matrix.elements)
  }
}
