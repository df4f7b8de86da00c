internal import CVectorMath
internal import Tensors

/// The element types that a transformer can compute in: `Float` to train, `Double` to look closely.
///
/// Beyond matrix products it needs a few functions of whole arrays, in place.
protocol TransformerScalar: TensorScalar {
  /// `x ← eˣ`.
  static func exponentials(_ x: UnsafeMutablePointer<Self>, count: Int)

  /// `x ← tanh x`.
  static func hyperbolicTangents(_ x: UnsafeMutablePointer<Self>, count: Int)

  /// `x ← erf x`.
  static func errorFunctions(_ x: UnsafeMutablePointer<Self>, count: Int)
}

private let singleFunctions = bound(limbeck_functions_f32_at(kernelLevel))
private let doubleFunctions = bound(limbeck_functions_f64_at(kernelLevel))

extension Float: TransformerScalar {
  static func exponentials(_ x: UnsafeMutablePointer<Float>, count: Int) {
    singleFunctions.exp(x, x, count)
  }

  static func hyperbolicTangents(_ x: UnsafeMutablePointer<Float>, count: Int) {
    singleFunctions.tanh(x, x, count)
  }

  static func errorFunctions(_ x: UnsafeMutablePointer<Float>, count: Int) {
    singleFunctions.erf(x, x, count)
  }
}

extension Double: TransformerScalar {
  static func exponentials(_ x: UnsafeMutablePointer<Double>, count: Int) {
    doubleFunctions.exp(x, x, count)
  }

  static func hyperbolicTangents(_ x: UnsafeMutablePointer<Double>, count: Int) {
    doubleFunctions.tanh(x, x, count)
  }

  static func errorFunctions(_ x: UnsafeMutablePointer<Double>, count: Int) {
    doubleFunctions.erf(x, x, count)
  }
}
