public import Tensors

/// A transformer with its parameters: a function from sequences of tokens to logits.
///
/// ```swift
/// let record = transformer.record(try TokenBatch([[3, 1, 4]], in: transformer.design))
/// let attention = record.pattern(sequence: 0, layer: 1, head: 2)   // [queries, keys]
/// ```
public struct Transformer: Sendable, Equatable {
  /// What it is like.
  public let design: TransformerDesign

  /// The flat parameters, in the order of the design's tensors.
  public let parameters: [Double]

  /// Joins a design with parameters.
  ///
  /// - Parameters:
  ///   - design: Sizes that make sense.
  ///   - parameters: As many numbers as the design asks for.
  public init(_ design: TransformerDesign, parameters: [Double]) {
    precondition(
      parameters.count == design.parameterCount, "the parameters are those of the design")
    self.design = design
    self.parameters = parameters
  }

  /// Draws a transformer to train.
  ///
  /// Dense layers start from normal weights of variance 1 / inputs, those that add to the residual
  /// stream smaller by √(2 layers); tokens and positions from deviations of 0.02.
  ///
  /// - Parameters:
  ///   - design: Sizes that make sense.
  ///   - random: Where the randomness comes from.
  public init(_ design: TransformerDesign, random: inout RandomStream) {
    self.init(design, parameters: design.tensors.flatMap { $0.initialValues(random: &random) })
  }

  /// The parameters of a tensor.
  ///
  /// - Parameter name: One of the names of the design's tensors.
  /// - Returns: Its elements, the last index fastest; nil if there is no such tensor.
  public func parameters(named name: String) -> ArraySlice<Double>? {
    design.tensors.first { $0.name == name }.map { parameters[$0.range] }
  }
}

extension ParameterTensor {
  /// Numbers to start from.
  fileprivate func initialValues(random: inout RandomStream) -> [Double] {
    switch initial {
    case .normal(let deviation): range.map { _ in deviation * random.normal() }
    case .constant(let value): Array(repeating: value, count: range.count)
    case .uniform, .rowScales: preconditionFailure("transformers start from normal weights")
    }
  }
}
