internal import Foundation
public import Tensors

/// Data whose features are known: sparse combinations of more directions than there are dimensions.
///
/// ```
/// x = Σ_j a_j g_j,   a_j = magnitude with probability p, else 0
/// ```
///
/// The setting of Elhage et al., Toy Models of Superposition (2022),
/// [doi:10.48550/arXiv.2209.10652](https://doi.org/10.48550/arXiv.2209.10652). A dictionary that is
/// learned from such data can be compared with the one that made it: ``FeatureRecovery``.
public struct SuperpositionModel: Sendable {
  /// The true features as unit rows, `[features, width]`.
  public let features: Matrix<Float>

  /// The probability that a feature is active in a sample, p.
  public let probability: Double

  /// How features of a group go together.
  public let correlation: Correlation

  /// How large an active feature is.
  public let magnitude: MagnitudeLaw

  /// The size of active features.
  public enum MagnitudeLaw: String, Sendable, Codable, CaseIterable {
    /// Uniform in (0, 1].
    case uniform

    /// Always one.
    case constant

    /// Exponential with mean one.
    case exponential

    /// Normal with mean zero and variance one, of either sign.
    case normal
  }

  /// Features in consecutive groups, any two of which are active together more often than chance has
  /// it: the correlation coefficient of their activity is ρ.
  ///
  /// A group draws its activity once; each of its features takes that draw with probability √ρ and
  /// one of its own otherwise.
  public struct Correlation: Sendable, Codable, Equatable {
    /// ρ, between zero and one.
    public var coefficient: Double

    /// Features in a group.
    public var groupSize: Int

    /// Independent features.
    public static let none = Correlation(coefficient: 0, groupSize: 1)

    /// Groups of correlated features.
    ///
    /// - Parameters:
    ///   - coefficient: ρ, between zero and one.
    ///   - groupSize: Features in a group.
    public init(coefficient: Double, groupSize: Int) {
      self.coefficient = coefficient
      self.groupSize = groupSize
    }
  }

  /// Draws random directions.
  ///
  /// - Parameters:
  ///   - featureCount: Number of features.
  ///   - width: Number of dimensions.
  ///   - probability: p, above zero and at most one.
  ///   - correlation: How features go together.
  ///   - magnitude: How large an active feature is.
  ///   - seed: Fixes the directions.
  public init(
    featureCount: Int, width: Int, probability: Double, correlation: Correlation = .none,
    magnitude: MagnitudeLaw = .uniform, seed: UInt64
  ) {
    precondition(featureCount > 0 && width > 0, "a model has features and dimensions")
    precondition(probability > 0 && probability <= 1, "a probability lies between 0 and 1")
    precondition(
      (0...1).contains(correlation.coefficient) && correlation.groupSize > 0,
      "a correlation lies between 0 and 1, and a group has features")
    var random = RandomStream(seed: seed)
    features = .randomUnitRows(featureCount, width: width, &random)
    self.probability = probability
    self.correlation = correlation
    self.magnitude = magnitude
  }

  /// Draws samples.
  ///
  /// - Parameters:
  ///   - samples: Receives a sample in each row; as wide as the features.
  ///   - activities: Receives the activity of each feature, `[samples, features]`, if wanted.
  ///   - random: Where the draws come from.
  public func draw(
    into samples: inout Matrix<Float>, activities: UnsafeMutablePointer<Float>? = nil,
    _ random: inout RandomStream
  ) {
    precondition(samples.columns == features.columns, "samples are as wide as features")
    let (rows, width, count) = (samples.rows, features.columns, features.rows)
    activities?.update(repeating: 0, count: rows * count)
    var active: [Active] = []
    samples.withUnsafeMutablePointer { samples in
      features.withUnsafePointer { features in
        samples.update(repeating: 0, count: rows * width)
        for row in 0..<rows {
          drawActive(&active, &random)
          let sample = samples + row * width
          for (feature, size) in active {
            let direction = features + feature * width
            for i in 0..<width { sample[i] += size * direction[i] }
            activities?[row * count + feature] = size
          }
        }
      }
    }
  }

  private typealias Active = (feature: Int, size: Float)

  private func drawActive(_ active: inout [Active], _ random: inout RandomStream) {
    active.removeAll(keepingCapacity: true)
    guard correlation.coefficient == 0 else { return drawGroups(&active, &random) }
    // The gaps between active features are geometric: one draw for each active feature is enough.
    let logInactive = log(1 - probability)
    var feature = -1
    while true {
      let gap = (log(1 - random.uniform()) / logInactive).rounded(.down)
      guard gap < Double(features.rows - 1 - feature) else { return }
      feature += 1 + Int(gap)
      active.append((feature, size(&random)))
    }
  }

  private func drawGroups(_ active: inout [Active], _ random: inout RandomStream) {
    let shared = correlation.coefficient.squareRoot()
    var isGroupActive = false
    for feature in 0..<features.rows {
      if feature % correlation.groupSize == 0 { isGroupActive = random.uniform() < probability }
      let follows = random.uniform() < shared
      let isActive = follows ? isGroupActive : random.uniform() < probability
      if isActive { active.append((feature, size(&random))) }
    }
  }

  private func size(_ random: inout RandomStream) -> Float {
    switch magnitude {
    case .uniform: Float(1 - random.uniform())
    case .constant: 1
    case .exponential: Float(-log(1 - random.uniform()))
    case .normal: Float(random.normal())
    }
  }
}
