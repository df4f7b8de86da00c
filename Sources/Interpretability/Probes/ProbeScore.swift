internal import Foundation
public import Tensors

/// How well held-out values are read: R² with its confidence interval.
public struct ProbeScore: Sendable, Equatable {
  /// `1 − R² = Σ(y − ŷ)² / Σ(y − ȳ)²` over the held-out rows; nil where that is not defined.
  ///
  /// Kept beside R², which rounds to 1 where 16 digits are explained.
  public let unexplained: Double?

  /// Why R² is not defined; nil where it is.
  public let undefined: String?

  /// The central 95 % of R² when the held-out cells are drawn again with replacement; nil without
  /// resamples or where R² is not defined.
  public let interval: ClosedRange<Double>?

  /// R², nil where it is not defined.
  public var r2: Double? { unexplained.map { 1 - $0 } }

  /// `log10(1 − R²)`: the number of digits explained, with a minus sign.
  public var log10Unexplained: Double? {
    unexplained.flatMap { $0 > 0 ? log10($0) : nil }
  }

  /// Scores readings.
  ///
  /// Efron & Tibshirani (1993), [doi:10.1201/9780429246593](https://doi.org/10.1201/9780429246593);
  /// cells rather than samples are drawn, since neighbours are not independent.
  ///
  /// - Parameters:
  ///   - values: y of the held-out rows, cell by cell.
  ///   - readings: ŷ, likewise.
  ///   - resamples: How often the cells are drawn again.
  ///   - random: Where the randomness comes from.
  /// - Complexity: O(rows + resamples · cells).
  public init(
    values: [[Double]], readings: [[Double]], resamples: Int = 0, random: RandomStream
  ) {
    precondition(values.map(\.count) == readings.map(\.count), "each value has a reading")
    let flat = values.flatMap { $0 }
    let mean = Statistics.mean(flat) ?? 0
    let size = flat.reduce(0) { max($0, abs($1)) }
    // Centred about the mean of all, so that sums of squares keep their digits in every resample.
    let cells = zip(values, readings).map { y, read in
      Cell(
        count: Double(y.count), sum: Statistics.sum(y.lazy.map { $0 - mean }),
        squares: Statistics.sum(y.lazy.map { ($0 - mean) * ($0 - mean) }),
        errors: Statistics.sum(zip(y, read).lazy.map { ($0 - $1) * ($0 - $1) }))
    }
    // A spread of a few roundings of the values is that of a constant.
    let least = Double(flat.count) * (8 * Double.ulpOfOne * size) * (8 * Double.ulpOfOne * size)
    func unexplained(_ total: Cell) -> Double? {
      let variation = total.squares - total.sum * total.sum / total.count
      return variation > least ? total.errors / variation : nil
    }
    let total = cells.reduce(Cell(), +)
    let isFinite = total.squares.isFinite && total.errors.isFinite
    self.unexplained = isFinite && !cells.isEmpty ? unexplained(total) : nil
    undefined =
      if self.unexplained != nil {
        nil
      } else if cells.isEmpty {
        "no samples were held out: all lie in one cell"
      } else if !isFinite {
        "the squares of the target or of its readings are too large; scale it"
      } else {
        "the target is constant on the held-out samples"
      }
    guard self.unexplained != nil, resamples > 0, cells.count > 1 else {
      interval = nil
      return
    }
    var random = random
    var drawn: [Double] = []
    for _ in 0..<resamples {
      var total = Cell()
      for _ in cells.indices { total = total + cells[random.below(cells.count)] }
      if let value = unexplained(total) { drawn.append(1 - value) }
    }
    let bounds = (Statistics.quantile(drawn, 0.025), Statistics.quantile(drawn, 0.975))
    if case (let lower?, let upper?) = bounds { interval = lower...upper } else { interval = nil }
  }

  /// The sums of a cell's rows.
  private struct Cell {
    var count = 0.0
    var sum = 0.0
    var squares = 0.0
    var errors = 0.0

    static func + (left: Cell, right: Cell) -> Cell {
      Cell(
        count: left.count + right.count, sum: left.sum + right.sum,
        squares: left.squares + right.squares, errors: left.errors + right.errors)
    }
  }
}
