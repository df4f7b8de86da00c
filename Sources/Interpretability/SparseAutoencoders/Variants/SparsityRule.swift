/// What tells one variant of sparse autoencoder from another: which features a row activates, what
/// the loss adds for it, and how slopes travel back to the preactivations.
///
/// The preactivation of feature j is `a_j = (x − b) · e_j + c_j` with the encoder's row e, its bias c
/// and the output's bias b. All else (products, reconstruction, gradient of the matrices) is common.
protocol SparsityRule: Sendable {
  /// Vectors with a number for each feature; the first is the encoder's bias.
  var vectorCount: Int { get }

  /// Where nested dictionaries end, the last at the number of features; nil for a single one.
  var prefixes: [Int]? { get }

  /// Entries for each row of a batch that the largest of the whole batch compete for; nil where each
  /// row is on its own.
  var batchBudget: Int? { get }

  /// Whether the features' sizes are compared with one another, so that the decoder's norms matter.
  var ranksFeatures: Bool { get }

  /// The coefficient of the penalty that a controller may adapt; nil without a penalty.
  var penalty: SparsityPenalty? { get }

  /// What a vector starts as.
  ///
  /// - Parameters:
  ///   - vector: Zero for the encoder's bias.
  ///   - bound: The preactivation above which features would be active as often as the penalty's target
  ///     wants; nil without a target.
  /// - Returns: The same number for all features.
  func initialValue(ofVector vector: Int, bound: Float?) -> Float

  /// The coefficient of the penalty that a training starts with.
  func initialCoefficient(bound: Float?) -> Double

  /// What makes fewer features active when it is added to all numbers of a vector; nil without a penalty.
  ///
  /// - Parameter bound: As for ``initialValue(ofVector:bound:)``.
  /// - Returns: The vector, and an amount that is about as large as the bound.
  func restraint(bound: Float) -> (vector: Int, amount: Float)?

  /// How preactivations become features once training is over; nil where a threshold replaces the
  /// choice from a batch.
  func activation(_ parameters: ParameterArray) -> SparseAutoencoder.Activation?

  /// Computes once for each step what rows need for each feature: ``RuleStep/derived``.
  func prepare(_ parameters: ParameterArray, _ derived: UnsafeMutablePointer<Float>)

  /// The slope of a row's penalty along the norm of a decoder row, where norms are free.
  func normSlope(_ value: Float, norm: Float, strength: Float) -> Float

  /// Appends a row's active entries.
  ///
  /// - Parameters:
  ///   - preactivations: a, one for each feature.
  ///   - step: The parameters and the strength of the penalty.
  ///   - entries: Where they are appended.
  func activate(
    _ preactivations: UnsafePointer<Float>, _ step: RuleStep, into entries: EntryBlock)

  /// Turns slopes with respect to activations into slopes with respect to preactivations and vectors.
  ///
  /// - Parameters:
  ///   - row: The row's entries, whose slopes are those of the squared error.
  ///   - step: The parameters and the strength of the penalty.
  /// - Returns: What the row adds to the loss beside its squared error, times the number of rows.
  func differentiate(_ row: RowSlopes, _ step: RuleStep) -> Double
}

extension SparsityRule {
  var vectorCount: Int { 1 }
  var prefixes: [Int]? { nil }
  var batchBudget: Int? { nil }
  var ranksFeatures: Bool { false }
  var penalty: SparsityPenalty? { nil }
  func initialValue(ofVector vector: Int, bound: Float?) -> Float { 0 }
  func initialCoefficient(bound: Float?) -> Double { 0 }
  func restraint(bound: Float) -> (vector: Int, amount: Float)? { nil }
  func activation(_ parameters: ParameterArray) -> SparseAutoencoder.Activation? { nil }
  func prepare(_ parameters: ParameterArray, _ derived: UnsafeMutablePointer<Float>) {}
  func normSlope(_ value: Float, norm: Float, strength: Float) -> Float { 0 }
  func differentiate(_ row: RowSlopes, _ step: RuleStep) -> Double { 0 }
}

/// What a rule knows of the present step.
struct RuleStep: @unchecked Sendable {
  /// The parameters.
  let parameters: ParameterArray

  /// The norms of the decoder's rows; nil where all are one.
  let norms: UnsafePointer<Float>?

  /// The coefficient of the penalty.
  let strength: Float

  /// What the rule prepared for each feature.
  let derived: UnsafePointer<Float>

  /// Preactivations at or below it cannot be among the batch's largest, as far as anyone guesses.
  let candidateBound: Float

  /// Number of features.
  var featureCount: Int { parameters.layout.featureCount }
}

/// The entries of one row, and what their slopes follow from.
struct RowSlopes {
  /// The block with the row's entries.
  let block: EntryBlock

  /// Where they lie.
  let entries: Range<Int>

  /// The row's preactivations.
  let preactivations: UnsafePointer<Float>

  /// What the row should be decoded to.
  let target: UnsafePointer<Float>

  /// Two over the number of rows: the slope of the mean squared error along a residual.
  let scale: Float
}
