internal import Tensors

extension LinearDictionary {
  /// The activations themselves: one feature for each neuron.
  ///
  /// - Parameter width: Number of neurons.
  /// - Returns: A dictionary that changes nothing.
  public static func neurons(width: Int) -> LinearDictionary {
    var identity = Matrix<Double>(rows: width, columns: width)
    for i in 0..<width { identity[i, i] = 1 }
    return LinearDictionary(
      projection: identity, directions: identity, mean: Array(repeating: 0, count: width))
  }
}
