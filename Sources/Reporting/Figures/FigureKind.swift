/// The figures that a run can be asked for by name.
public enum FigureKind: String, Sendable, CaseIterable {
  /// Every term of the loss, the error and the damping over the training.
  case history

  /// Network, true solution and their difference.
  case solution

  /// Cross-sections of the solution.
  case sections

  /// Prediction against truth.
  case agreement

  /// The Pareto front of the equations found.
  case front

  /// Network, chosen equation and their difference.
  case equation

  /// What the neurons of a layer do over the domain.
  case activations

  /// What the solution loses without each neuron of a layer.
  case ablation

  /// The spectra of the solution, of its error and of a layer's neurons.
  case spectrum

  /// Sparse features over the domain, with their equations.
  case features

  /// How often sparse features are active.
  case density

  /// How sparse features go with physical fields.
  case correlation

  /// The cosines between the directions of sparse features.
  case cosines

  /// The directions of sparse features in the plane that holds most of them.
  case superposition

  /// What linear probes read from each layer, beside their controls.
  case probes

  /// The part of the network that does what the whole network does.
  case circuit

  /// Which frequencies of the error training takes away when.
  case learning

  /// The eigenvalues of the neural tangent kernel.
  case kernel
}
