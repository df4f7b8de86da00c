/// What to train and what to find out: a differential equation as text, and settings.
///
/// A recipe is a YAML file; every setting but the problem has a default. ``yaml`` writes it with
/// every default filled in.
///
/// ```swift
/// let recipe = try Recipe(contentsOf: "Examples/heat/heat.yaml")
/// print(recipe.problem.equations)   // [u_t - alpha*u_xx]
/// ```
public struct Recipe: Sendable, Equatable {
  /// The differential equation with its domain and conditions.
  public var problem: Problem

  /// The architecture of the network.
  public var network: NetworkSettings

  /// How the network is trained.
  public var training: TrainingSettings

  /// The search for closed forms; `nil` if the recipe asks for none.
  public var distillation: DistillationSettings?

  /// The sparse autoencoder; `nil` if the recipe asks for none.
  public var sparseAutoencoder: SparseAutoencoderSettings?

  /// The probes; `nil` if the recipe asks for none.
  public var probe: ProbeSettings?

  /// Combines a problem with settings.
  ///
  /// - Parameters:
  ///   - problem: The differential equation with its domain and conditions.
  ///   - network: The architecture of the network.
  ///   - training: How the network is trained.
  ///   - distillation: The search for closed forms, if any.
  ///   - sparseAutoencoder: The sparse autoencoder, if any.
  ///   - probe: The probes, if any.
  public init(
    problem: Problem, network: NetworkSettings = .init(), training: TrainingSettings = .init(),
    distillation: DistillationSettings? = nil,
    sparseAutoencoder: SparseAutoencoderSettings? = nil, probe: ProbeSettings? = nil
  ) {
    self.problem = problem
    self.network = network
    self.training = training
    self.distillation = distillation
    self.sparseAutoencoder = sparseAutoencoder
    self.probe = probe
  }
}
