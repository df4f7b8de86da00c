/// Where fields are sampled for a picture: a regular grid along one or two variables.
public struct SamplingGrid: Sendable, Equatable {
  /// A variable that the picture runs along.
  public struct Side: Sendable, Equatable {
    /// The variable.
    public let name: String

    /// The samples in ascending order.
    public let coordinates: [Double]

    /// Where it begins.
    public var lower: Double { coordinates[0] }

    /// Where it ends.
    public var upper: Double { coordinates[count - 1] }

    /// Number of samples.
    public var count: Int { coordinates.count }

    /// Places samples along a variable.
    ///
    /// - Parameters:
    ///   - name: The variable.
    ///   - coordinates: Two or more samples in ascending order.
    public init(name: String, coordinates: [Double]) {
      precondition(
        coordinates.count > 1 && zip(coordinates, coordinates.dropFirst()).allSatisfy { $0 < $1 },
        "a side has an extent")
      self.name = name
      self.coordinates = coordinates
    }

    /// Places samples at equal distances along a variable.
    ///
    /// - Parameters:
    ///   - name: The variable.
    ///   - lower: Where it begins.
    ///   - upper: Where it ends.
    ///   - count: Number of samples, ends included.
    public init(name: String, lower: Double, upper: Double, count: Int) {
      self.init(
        name: name,
        coordinates: (0..<count).map {
          // Exact at the upper end too, where conditions hold.
          $0 == count - 1 ? upper : lower + (upper - lower) * Double($0) / Double(count - 1)
        })
    }
  }

  /// A variable that stays where it is, because a picture has two directions.
  public struct Fixed: Sendable, Equatable {
    /// The variable.
    public let name: String

    /// Its value.
    public let value: Double

    /// Fixes a variable.
    ///
    /// - Parameters:
    ///   - name: The variable.
    ///   - value: Its value.
    public init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// One or two variables: the first runs from left to right, the second from bottom to top.
  public let sides: [Side]

  /// The other variables.
  public let fixed: [Fixed]

  /// Lays a grid.
  ///
  /// - Parameters:
  ///   - sides: One or two variables: the first runs from left to right, the second upwards.
  ///   - fixed: The other variables.
  public init(sides: [Side], fixed: [Fixed] = []) {
    precondition((1...2).contains(sides.count), "a picture has one or two directions")
    self.sides = sides
    self.fixed = fixed
  }

  /// Number of samples.
  public var count: Int { sides.reduce(1) { $0 * $1.count } }

  /// The coordinates of all samples along a variable; the first side varies fastest.
  ///
  /// - Parameter name: A variable of the grid.
  /// - Returns: One number for each sample, nil for an unknown name.
  public func column(_ name: String) -> [Double]? {
    if let variable = fixed.first(where: { $0.name == name }) {
      return Array(repeating: variable.value, count: count)
    }
    guard let index = sides.firstIndex(where: { $0.name == name }) else { return nil }
    let coordinates = sides[index].coordinates
    let width = sides[0].count
    return (0..<count).map { coordinates[index == 0 ? $0 % width : $0 / width] }
  }

  /// What the fixed variables are set to, as a title says it: `z = 0.5`.
  package var slice: MathText {
    fixed.reduce("") { text, variable in
      text + (text.runs.isEmpty ? "" : ", ") + MathText(formula: variable.name) + " = "
        + MathText(short: variable.value)
    }
  }
}
