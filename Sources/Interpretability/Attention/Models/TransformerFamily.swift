internal import Networks
internal import RunStore

/// A family of transformers whose files can be read: what its configuration and its tensors are called.
protocol TransformerFamily {
  /// The tensor that only this family has, its vectors of tokens.
  static var tokens: String { get }

  /// The vectors of positions.
  static var positions: String { get }

  /// What the names of the tensors of a layer begin with.
  static func layer(_ index: Int) -> String

  /// The tensor of each layer, named without ``layer(_:)``, whose shape tells the number of neurons.
  static var neurons: (name: String, axis: Int) { get }

  /// The fields of the configuration.
  static var fields: TransformerFields { get }

  /// Sets all that shapes do not tell.
  ///
  /// - Parameters:
  ///   - design: A causal transformer of the right sizes.
  ///   - file: The tensors at hand.
  static func complete(_ design: inout TransformerDesign, from file: ForeignTensors)

  /// Where the elements of a tensor come from.
  ///
  /// - Parameters:
  ///   - name: The name of a tensor of the design, without `layer<n>.` if it belongs to a layer.
  ///   - file: The tensors at hand.
  /// - Returns: The source, named without what all names of the layer or of the model begin with.
  static func source(of name: String, in file: ForeignTensors) -> ForeignSource?
}

/// The fields of a family's configuration.
struct TransformerFields {
  let heads: String
  let epsilon: String
  let activation: String

  /// Options that must have one value, if they are there at all.
  let fixed: [(name: String, value: JSONValue)]
}

/// Where the elements of a tensor come from in a file of another program.
enum ForeignSource {
  /// A tensor as it is.
  case same(String)

  /// A matrix with its axes exchanged.
  case transposed(String)

  /// Tensors one below the other.
  case stacked([String])

  /// A matrix, with the first row of another added to each of its rows.
  case shifted(String, byFirstRowOf: String)

  /// Nothing: zeros.
  case zeros
}
