internal import Tensors

/// An unknown on a grid as the network, the truth and the found equation have it.
///
/// Reporting knows no network: whoever does evaluates it and hands over the numbers. NaN stands where
/// there is none, such as outside the domain.
public struct SampledField: Sendable, Equatable {
  /// The name of the unknown.
  public let unknown: String

  /// Where the values were taken.
  public let grid: SamplingGrid

  /// The network's values, one for each sample.
  public let network: [Double]

  /// The true values, if they are known.
  public let reference: [Double]?

  /// The values of the equation that the network was distilled into, if there is one.
  public let equation: [Double]?

  /// Gathers the values of an unknown.
  ///
  /// - Parameters:
  ///   - unknown: The name.
  ///   - grid: Where the values were taken.
  ///   - network: The network's values, one for each sample.
  ///   - reference: The true values, if they are known.
  ///   - equation: The values of the found equation, if there is one.
  public init(
    unknown: String, grid: SamplingGrid, network: [Double], reference: [Double]? = nil,
    equation: [Double]? = nil
  ) {
    precondition(
      [network, reference, equation].compactMap { $0 }.allSatisfy { $0.count == grid.count },
      "one value a sample")
    self.unknown = unknown
    self.grid = grid
    self.network = network
    self.reference = reference
    self.equation = equation
  }

  /// What the network can be compared with.
  public enum Counterpart: String, Sendable, CaseIterable {
    /// The true solution.
    case reference

    /// The equation it was distilled into.
    case equation
  }

  /// The values to compare the network with.
  ///
  /// - Parameter counterpart: Which ones.
  /// - Returns: One number for each sample; nil if they are not known.
  public func values(of counterpart: Counterpart) -> [Double]? {
    switch counterpart {
    case .reference: reference
    case .equation: equation
    }
  }

  /// Relative L2 distance of the network from a counterpart where both are numbers.
  ///
  /// - Parameter counterpart: What to compare with.
  /// - Returns: ‖network − counterpart‖ / ‖counterpart‖; nil if there is none or it is zero.
  public func relativeL2(to counterpart: Counterpart) -> Double? {
    guard let others = values(of: counterpart) else { return nil }
    let pairs = zip(network, others).filter { $0.isFinite && $1.isFinite }
    return Statistics.relativeL2(pairs.map(\.0), reference: pairs.map(\.1))
  }

  /// `u(x, t)`.
  var name: MathText {
    MathText(formula: unknown) + "("
      + grid.sides.enumerated().reduce("") {
        $0 + ($1.offset == 0 ? "" : ", ") + MathText(formula: $1.element.name)
      } + ")"
  }
}
