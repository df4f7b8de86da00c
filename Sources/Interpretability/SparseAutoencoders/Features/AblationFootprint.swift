internal import Networks
internal import PINN
internal import Tensors

/// Where the solution changes when one feature is taken out of a layer.
public struct AblationFootprint: Sendable, Equatable {
  /// `‖Δu‖₂ / ‖u‖₂`, over several unknowns the root of the mean square.
  public let change: Double

  /// The share of `Σ Δu²` in the tenth of the points where Δu is largest: 0.1 for a change that is the
  /// same everywhere, 1 for one that is local; nil where nothing changes.
  public let concentration: Double?

  /// The share of points in which the concentration is measured.
  public static let share = 0.1

  /// Changes below this are roundings and have no place.
  private static let least = 1e-9

  /// Measures a change.
  ///
  /// - Parameter squares: Δu² at each point, in the units of the mean of u².
  init(squares: [Double]) {
    let total = Statistics.sum(squares)
    change = (total / Double(max(1, squares.count))).squareRoot()
    let count = Int((Self.share * Double(squares.count)).rounded(.up))
    concentration =
      change > Self.least && total.isFinite
      ? Statistics.sum(squares.sorted(by: >).prefix(count)) / total : nil
  }
}

/// Takes features out of a layer, one at a time.
struct AblationStudy: Sendable {
  private let solution: TrainedNetwork
  private let site: ActivationSite
  private let problem: Problem
  private let points: [[Double]]
  private let values: [[Double]]
  private let threads: Int

  /// About how many points show where a change is.
  private static let rows = 2500

  /// Evaluates the network as it is.
  init(
    _ solution: TrainedNetwork, at site: ActivationSite, solving problem: Problem,
    part: TablePart?, threads: Int
  ) throws {
    self.solution = solution
    self.site = site
    self.problem = problem
    self.threads = threads
    points = try SamplePoints(
      showing: problem, rows: Self.rows, part: part, threads: threads
    ).coordinates
    values = Self.values(of: solution, problem, points, threads: threads)
  }

  /// The footprints of features.
  ///
  /// - Parameters:
  ///   - count: How many there are.
  ///   - map: What each contributes to the activations.
  /// - Returns: One footprint for each.
  func footprints(
    count: Int, map: @Sendable (Int) -> FeatureMap
  ) -> [AblationFootprint] {
    let samples = points[0].count
    let squares = AlignedBuffer<Double>(count: count * samples, repeating: 0)
    let scales = values.map { column in
      let mean = Statistics.sum(column.lazy.map { $0 * $0 }) / Double(samples)
      return mean > 0 ? mean * Double(values.count) : 1
    }
    parallelFor(count: count, threads: threads) { feature in
      let changed = Self.values(
        of: solution.intervened([.takeOut(map(feature), at: site)]), problem, points, threads: 1)
      for ((new, old), scale) in zip(zip(changed, values), scales) {
        for i in 0..<samples {
          let difference = new[i] - old[i]
          squares.pointer[feature * samples + i] += difference * difference / scale
        }
      }
    }
    return (0..<count).map { feature in
      AblationFootprint(
        squares: Array(
          UnsafeBufferPointer(start: squares.pointer + feature * samples, count: samples)))
    }
  }

  private static func values(
    of solution: TrainedNetwork, _ problem: Problem, _ points: [[Double]], threads: Int
  ) -> [[Double]] {
    let evaluator = FieldEvaluator(solution, points: points, threads: threads)
    return problem.unknowns.indices.map {
      evaluator.values(of: .value(of: $0, in: problem), parameters: solution.parameters)
    }
  }
}
