/// How the parts of the loss are weighed against each other while a network is trained.
public struct LossWeights: Sendable, Equatable {
  /// Where the weights come from.
  public var method: Method

  /// Number of steps after which they are determined anew.
  public var interval: Int

  /// How strongly later times wait for earlier ones; for ``Method/causal`` alone.
  public var causality: Double

  /// The ways to weigh.
  public enum Method: String, Sendable, CaseIterable {
    /// Each equation and condition so that its gradient is as long as the others': Wang, Sankaran,
    /// Wang & Perdikaris (2023),
    /// [doi:10.48550/arXiv.2308.08468](https://doi.org/10.48550/arXiv.2308.08468).
    case gradientNorm = "gradient-norm"

    /// Each equation and condition so that the traces of their neural tangent kernels are equal:
    /// Wang, Yu & Perdikaris (2022),
    /// [doi:10.1016/j.jcp.2021.110768](https://doi.org/10.1016/j.jcp.2021.110768).
    case tangentKernel = "ntk"

    /// Each point the more the longer its residual has been large: McClenny & Braga-Neto (2023),
    /// [doi:10.1016/j.jcp.2022.111722](https://doi.org/10.1016/j.jcp.2022.111722).
    case selfAdaptive = "self-adaptive"

    /// Each point of the equations the less the larger the residuals at earlier times are: Wang,
    /// Sankaran & Perdikaris (2024),
    /// [doi:10.1016/j.cma.2024.116813](https://doi.org/10.1016/j.cma.2024.116813).
    case causal
  }

  /// Chooses weights.
  ///
  /// - Parameters:
  ///   - method: Where the weights come from.
  ///   - interval: Number of steps after which they are determined anew.
  ///   - causality: How strongly later times wait for earlier ones.
  public init(_ method: Method, interval: Int = 10, causality: Double = 1) {
    self.method = method
    self.interval = interval
    self.causality = causality
  }
}

/// How points for the equations are chosen by the residuals that a network has left: Wu, Zhu, Tan,
/// Kartha & Lu (2023), [doi:10.1016/j.cma.2022.115671](https://doi.org/10.1016/j.cma.2022.115671).
public enum PointRefinement: String, Sendable, CaseIterable {
  /// All points are drawn anew, the more densely the larger the residual is.
  case distribution = "rad"

  /// A tenth more points are added each time, where the residual is largest.
  case greedy = "rar"
}
