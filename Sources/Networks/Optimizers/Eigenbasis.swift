internal import Tensors

/// The eigenvectors of a running mean of symmetric matrices, followed as the mean changes.
struct Eigenbasis: Sendable, Codable, Equatable {
  /// Order of the matrices.
  let size: Int

  @PackedNumbers private var mean: [Double]
  @PackedNumbers private var basis: [Double]

  /// Starts without anything.
  init(size: Int) {
    self.size = size
    mean = Array(repeating: 0, count: size * size)
    basis = Array(repeating: 0, count: size * size)
  }

  /// The basis as columns, `[size, size]`.
  var matrix: Matrix<Double> {
    Matrix(rows: size, columns: size, elements: basis)
  }

  /// Takes the eigenvectors of a first matrix, which enters the mean later.
  mutating func begin(_ product: Matrix<Double>) {
    // For a symmetric matrix without negative eigenvalues singular vectors are eigenvectors. Should
    // the iteration fail, every basis is as good as any: that of Adam.
    let vectors = (try? SingularValueDecomposition(product))?.left
    for i in 0..<size {
      for j in 0..<size { basis[i * size + j] = vectors?[i, j] ?? (i == j ? 1 : 0) }
    }
  }

  /// Adds a matrix to the mean.
  mutating func learn(_ product: Matrix<Double>) {
    let elements = product.elements
    for i in mean.indices { mean[i] += (1 - SOAP.secondDecay) * (elements[i] - mean[i]) }
  }

  /// Comes nearer to the eigenvectors of the mean by one step of orthogonal iteration, the Q of
  /// `mean · basis`.
  mutating func refresh() {
    let product = Matrix(rows: size, columns: size, elements: mean) * matrix
    let vectors = QRDecomposition(product).orthogonal.elements
    // Where the mean is not finite any more, the old basis is kept.
    if vectors.allSatisfy(\.isFinite) { basis = vectors }
  }
}
