/// An array of a file before it becomes columns: what the readers of `.npz` and `.h5` share.
struct NamedArray {
  /// The name in the file, or `nil` if the format has none.
  let name: String?

  /// The extents, outermost first.
  let shape: [Int]

  /// The elements in row-major order.
  let values: [Double]
}
