public import RunStore
internal import Tensors

/// What an extraction has written.
public struct ActivationSummary: Sendable {
  /// What the points are.
  public let points: String

  /// Number of points.
  public let samples: Int

  /// Number of points outside the problem's domain.
  public let outsideCount: Int

  /// The names of the inputs.
  public let variables: [String]

  /// The arrays.
  public let arrays: [ActivationArray]

  private var squares: [Double]
  private var counts: [Int]
  private var undefined: [Int]

  /// Begins a summary.
  init(points: SamplePoints, variables: [String], arrays: [ActivationArray]) {
    self.points = points.description
    samples = points.count
    outsideCount = points.outsideCount
    self.variables = variables
    self.arrays = arrays
    squares = arrays.map { _ in 0 }
    counts = arrays.map { _ in 0 }
    undefined = arrays.map { _ in 0 }
  }

  /// Takes notice of elements.
  mutating func add(_ values: [Double], to array: Int) {
    for value in values where value.isFinite { squares[array] += value * value }
    let missing = values.count { !$0.isFinite }
    undefined[array] += missing
    counts[array] += values.count - missing
  }

  /// Root mean square of an array's elements, nil where none is defined.
  ///
  /// - Parameter array: The array's index in ``arrays``.
  /// - Returns: The root mean square.
  public func rms(of array: Int) -> Double? {
    counts[array] == 0 ? nil : (squares[array] / Double(counts[array])).squareRoot()
  }

  /// Number of an array's elements that are not finite, such as those of an exact solution at a
  /// singularity.
  ///
  /// - Parameter array: The array's index in ``arrays``.
  /// - Returns: The number.
  public func undefinedCount(of array: Int) -> Int { undefined[array] }

  /// The document for scripts.
  public var json: JSONValue {
    func entries(_ isWanted: (ActivationArray.Content) -> Bool) -> JSONValue {
      .array(
        arrays.indices.filter { isWanted(arrays[$0].content) }.map { index in
          var members: [JSONValue.Member] = [.init("name", .string(arrays[index].name))]
          if case .layer(let width) = arrays[index].content {
            members.append(.init("width", .integer(width)))
          }
          members += [
            .init("units", .string(arrays[index].units)),
            .init("rms", rms(of: index).map(JSONValue.number) ?? .null),
            .init("undefined", .integer(undefined[index])),
          ]
          return .object(members)
        })
    }
    return [
      "points": .string(points), "samples": .integer(samples),
      "outside": .integer(outsideCount),
      "variables": .array(variables.map(JSONValue.string)),
      "layers": entries { if case .layer = $0 { true } else { false } },
      "fields": entries { $0 == .field }, "exact": entries { $0 == .exactField },
    ]
  }
}
