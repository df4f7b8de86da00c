public import Tensors

/// Which samples a probe is fitted to, and which it is judged by.
///
/// Neighbouring points of a grid are nearly copies of each other: a random split asks for
/// interpolation alone. The *blocked* split holds out whole cells of the domain.
public struct ProbeSplit: Sendable, Equatable {
  /// How samples are held out.
  public enum Kind: String, Sendable, CaseIterable {
    /// Samples drawn at random.
    case random

    /// Cells of the domain drawn at random, every sample in them.
    case blocked
  }

  /// How samples were held out.
  public let kind: Kind

  /// The rows that probes are fitted to, ascending.
  public let training: [Int]

  /// The rows held out, cell by cell: neighbours stay together when intervals are bootstrapped.
  public let heldOut: [[Int]]

  /// The part of the samples that is held out.
  public static let heldOutShare = 0.3

  /// The most variables along which the domain is divided into cells: 243 of them.
  private static let mostDivided = 5

  /// Splits samples.
  ///
  /// - Parameters:
  ///   - kind: How samples are held out.
  ///   - samples: Number of samples; at least four.
  ///   - coordinates: Where the samples lie, one array for each variable; without any, the order of
  ///     the samples takes their place.
  ///   - random: Where the randomness comes from.
  public init(_ kind: Kind, samples: Int, coordinates: [[Double]] = [], random: RandomStream) {
    precondition(samples > 3, "a split needs samples on both sides")
    self.kind = kind
    var random = random
    let cells = Self.cells(samples: samples, coordinates: coordinates)
    let wanted = max(2, Int((Double(samples) * Self.heldOutShare).rounded()))
    var isHeldOut = [Bool](repeating: false, count: samples)
    switch kind {
    case .random:
      for row in random.permutation(samples).prefix(wanted) { isHeldOut[row] = true }
    case .blocked:
      var count = 0
      for cell in random.permutation(cells.count) where count < wanted {
        // The cell that would leave nothing to fit stays.
        guard count + cells[cell].count < samples - 1 else { continue }
        for row in cells[cell] { isHeldOut[row] = true }
        count += cells[cell].count
      }
    }
    training = (0..<samples).filter { !isHeldOut[$0] }
    heldOut = cells.map { $0.filter { isHeldOut[$0] } }.filter { !$0.isEmpty }
  }

  /// Number of rows held out.
  public var heldOutCount: Int { heldOut.reduce(0) { $0 + $1.count } }

  /// Cells of equal size in the coordinates' box, about a hundred; the empty ones are left out.
  private static func cells(samples: Int, coordinates: [[Double]]) -> [[Int]] {
    // Many variables would make more cells than there are samples: the first ones divide the domain.
    let coordinates =
      coordinates.isEmpty
      ? [(0..<samples).map(Double.init)] : Array(coordinates.prefix(Self.mostDivided))
    let sides = [1: 40, 2: 10, 3: 5][coordinates.count] ?? 3
    var labels = [Int](repeating: 0, count: samples)
    for values in coordinates {
      let lower = values.min() ?? 0
      let width = (values.max() ?? 0) - lower
      for row in 0..<samples {
        let position = width > 0 ? (values[row] - lower) / width : 0
        labels[row] = labels[row] * sides + min(sides - 1, Int(position * Double(sides)))
      }
    }
    var cells: [Int: [Int]] = [:]
    for row in 0..<samples { cells[labels[row], default: []].append(row) }
    return cells.keys.sorted().compactMap { cells[$0] }
  }
}
