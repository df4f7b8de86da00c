internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A named part of a network's flat parameters, as files store it.
public struct ParameterTensor: Sendable, Equatable {
  /// The name: `layer0.weight`, ….
  public let name: String

  /// The shape; the last index runs fastest.
  public let shape: [Int]

  /// Its place in the flat parameters.
  public let range: Range<Int>

  /// What it starts from.
  let initial: InitialValues
}

/// What a tensor starts from.
enum InitialValues: Sendable, Equatable {
  /// Equal numbers.
  case constant(Double)

  /// Normal numbers of mean 0.
  case normal(deviation: Double)

  /// Numbers equally probable in (−bound, bound).
  case uniform(bound: Double)

  /// Normal numbers s by whose exponentials the rows of the tensor before are divided, so that a
  /// factorised layer starts from the weights of a plain one.
  case rowScales(mean: Double, deviation: Double)

  /// Glorot's normal weights, of variance `2 / (in + out)`.
  ///
  /// Glorot & Bengio (2010), [PMLR 9:249](https://proceedings.mlr.press/v9/glorot10a.html).
  static func glorot(inputs: Int, outputs: Int) -> InitialValues {
    .normal(deviation: (2 / Double(inputs + outputs)).squareRoot())
  }
}

extension LayerGraph {
  /// Parameters to start from.
  ///
  /// - Parameter random: Where the randomness comes from.
  /// - Returns: `parameterCount` numbers.
  func initialParameters(random: inout RandomStream) -> [Double] {
    var parameters: [Double] = []
    parameters.reserveCapacity(parameterCount)
    for (index, tensor) in tensors.enumerated() {
      switch tensor.initial {
      case .constant(let value):
        parameters += Array(repeating: value, count: tensor.range.count)
      case .normal(let deviation):
        for _ in tensor.range { parameters.append(deviation * random.normal()) }
      case .uniform(let bound):
        for _ in tensor.range { parameters.append(random.uniform(-bound, bound)) }
      case .rowScales(let mean, let deviation):
        let weights = tensors[index - 1]
        let columns = weights.range.count / tensor.range.count
        for row in 0..<tensor.range.count {
          let scale = mean + deviation * random.normal()
          parameters.append(scale)
          let first = weights.range.lowerBound + row * columns
          for i in first..<first + columns { parameters[i] /= exp(scale) }
        }
      }
    }
    return parameters
  }
}
