/// The search for closed forms of what the network has learnt.
public struct DistillationSettings: Sendable, Equatable {
  /// The name of a shipped grammar, or the path of a file.
  public var grammar = "general"

  /// The limit of search time in seconds; `nil` for none.
  public var time: Double? = Self.defaultTime

  /// The limit of evaluated candidates, which unlike time makes runs repeatable; `nil` for none.
  public var evaluations: Int?

  /// The number of samples of the network on which candidates are compared.
  public var rows = 2500

  /// What is distilled: an unknown, or a site such as `layer2.neuron5`; `nil` means the first
  /// unknown.
  public var target: String?

  /// How much the residual of the problem's equations and conditions counts in the search beside the
  /// data; 0 leaves it to the ranking of what was found.
  public var residualWeight = 10.0

  /// The limit of time where a recipe gives neither time nor evaluations, in seconds.
  public static let defaultTime = 30.0

  /// The defaults.
  public init() {}
}
