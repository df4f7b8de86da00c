public import PINN
internal import Tensors

/// The error's spectrum over training: which frequencies are learned when.
public struct TrainingSpectrum: Sendable, Equatable, Codable {
  /// The moments, in the order of training.
  public let moments: [Moment]

  /// The amplitude of the true solution at each frequency, in periods along the domain.
  public let reference: [Double]

  /// Whether the true solution is the exact one; otherwise it is the network at the end.
  public let isExact: Bool

  /// One moment of training.
  public struct Moment: Sendable, Equatable, Codable {
    /// Number of optimiser steps taken.
    public let step: Int

    /// Seconds of training.
    public let seconds: Double

    /// The amplitude of the error at each frequency.
    public let errors: [Double]
  }

  /// A frequency counts as learned below this share of what there is to learn.
  static let threshold = 0.1

  /// Transforms the errors.
  ///
  /// - Parameters:
  ///   - solution: The network at the end.
  ///   - snapshots: Its weights over training.
  ///   - problem: The problem, whose domain is a box.
  ///   - rows: About how many points to take.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``SpectrumError``, or `ProgramError` if the exact solution cannot be compiled.
  public init(
    _ solution: TrainedNetwork, _ snapshots: WeightSnapshots, solving problem: Problem,
    rows: Int = 4096, threads: Int
  ) throws {
    let grid = try SpectrumGrid(problem, rows: rows)
    let exact = try grid.exact(of: problem)
    isExact = exact != nil
    let truth = exact ?? grid.solution(solution, in: problem, threads: threads)
    let count = grid.frequencyCount
    reference = grid.amplitudes(truth, count: count)
    moments = try snapshots.snapshots.map { snapshot in
      let values = grid.solution(try solution.at(snapshot), in: problem, threads: threads)
      return Moment(
        step: snapshot.step, seconds: snapshot.seconds,
        errors: grid.amplitudes(zip(values, truth).map { $0 - $1 }, count: count))
    }
  }

  /// The frequencies that hold at least a thousandth of the true solution's variance.
  public var frequencies: [Int] {
    let total = reference.reduce(0) { $0 + $1 * $1 }
    return reference.indices.filter { reference[$0] * reference[$0] >= 1e-3 * total && total > 0 }
  }

  /// The step from which on the error at a frequency stays below a tenth of the true solution there.
  ///
  /// - Parameter frequency: In periods along the domain.
  /// - Returns: The step; nil if it does not.
  public func learned(_ frequency: Int) -> Int? {
    let limit = Self.threshold * reference[frequency]
    guard let last = moments.lastIndex(where: { !($0.errors[frequency] <= limit) }) else {
      return moments.first?.step
    }
    return last + 1 < moments.count ? moments[last + 1].step : nil
  }
}
