import Foundation
import Limbeck

/// What figures cost: network, reference and error on 256 x 256 points in every format.
enum DrawingBenchmark {
  /// Prints the median time and the size of each file.
  static func print() throws {
    let figure = ComparisonFigure([field], with: .reference)
    for format in ImageFormat.allCases {
      let bytes = try figure.rendered(as: format).count
      let seconds = (0..<rounds).map { _ in
        Stopwatch.seconds { _ = try? figure.rendered(as: format) }
      }
      let median = NumberFormat.short(1e3 * (Statistics.median(seconds) ?? .nan))
      Swift.print("three maps of 256 x 256 as \(format.rawValue)  \(median) ms  \(bytes) bytes")
    }
  }

  /// A decaying half wave with an error of many periods, which compresses badly.
  private static var field: SampledField {
    let grid = SamplingGrid(
      sides: ["x", "t"].map { .init(name: $0, lower: 0, upper: 1, count: 256) })
    let truth = zip(grid.column("x") ?? [], grid.column("t") ?? []).map { x, t in
      sin(.pi * x) * exp(-t)
    }
    return SampledField(
      unknown: "u", grid: grid, network: truth.map { $0 + 1e-6 * sin(40 * $0) },
      reference: truth)
  }

  private static let rounds = 9
}
