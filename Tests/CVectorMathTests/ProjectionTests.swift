import Testing

@Suite("Inner products and projections of columns")
struct ProjectionTests {
  /// Around the widths of vectors, of two vectors and of the block of 512 rows.
  private static let lengths =
    Array(1...35) + [63, 64, 65, 511, 512, 513, 527, 1023, 1025, 20_011]

  /// A sum of n ≤ 512 products goes through at most 512/4 + 8 roundings, each of half an ulp of
  /// `Σ |x y|`: that is the narrowest vector, two doubles, in two sums.
  private static func tolerance<Scalar: BinaryFloatingPoint>(_: Scalar.Type) -> Double {
    70 * Double(Scalar.ulpOfOne)
  }

  private func column<Scalar: BinaryFloatingPoint>(
    _ rows: Int, _ random: inout SplitMix, _: Scalar.Type
  ) -> [Scalar] {
    (0..<rows).map { _ in Scalar(random.uniform(-1, 3)) }
  }

  private func sum<Scalar: BinaryFloatingPoint>(_ x: [Scalar], _ y: [Scalar]) -> Double {
    zip(x, y).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }

  @Test("inner products against plain sums in Double", arguments: Level.available)
  func dot(level: Level) {
    checkDot(Float.self, level)
    checkDot(Double.self, level)
  }

  private func checkDot<Scalar: ProjectionKernels>(_: Scalar.Type, _ level: Level) {
    var random = SplitMix(seed: 21)
    for rows in Self.lengths {
      let x = column(rows, &random, Scalar.self)
      let y = column(rows, &random, Scalar.self)
      let size = sum(x.map(\.magnitude), y.map(\.magnitude))
      let found = Scalar.dot(x, y, level: level)
      #expect(abs(found - sum(x, y)) <= Self.tolerance(Scalar.self) * size, "\(rows) rows")
    }
    #expect(Scalar.dot([], [], level: level) == 0)
  }

  @Test("small integers are summed exactly", arguments: Level.available)
  func exactSums(level: Level) {
    // No rounding at all, so that a row that is left out or taken twice shows at once.
    for rows in Self.lengths {
      let x = (0..<rows).map { Float($0 % 7 - 3) }
      let y = (0..<rows).map { Float($0 % 5 + 1) }
      #expect(Float.dot(x, y, level: level) == sum(x, y))
      #expect(Double.dot(x.map(Double.init), y.map(Double.init), level: level) == sum(x, y))
    }
  }

  @Test("projections against Gram and Schmidt in Double", arguments: Level.available)
  func project(level: Level) {
    checkProject(Float.self, level)
    checkProject(Double.self, level)
  }

  private func checkProject<Scalar: ProjectionKernels>(_: Scalar.Type, _ level: Level) {
    var random = SplitMix(seed: 22)
    for rows in Self.lengths {
      for count in 0...min(3, rows) {
        let basis = orthonormal(count, rows, &random).map { $0.map { Scalar($0) } }
        // What lies between two columns must not be read, what lies behind x not be written.
        let stride = rows + 5
        let padded = basis.flatMap { $0 + [Scalar](repeating: .nan, count: stride - rows) }
        let x = column(rows, &random, Scalar.self)
        var found = x + [-77]
        let (before, left) = Scalar.project(
          &found, basis: padded, count: count, stride: stride, rows: rows, level: level)
        #expect(found.removeLast() == -77)

        var expected = x.map { Double($0) }
        for q in basis {
          let overlap = zip(expected, q).reduce(0) { $0 + $1.0 * Double($1.1) }
          for row in 0..<rows { expected[row] -= overlap * Double(q[row]) }
        }
        let tolerance = Self.tolerance(Scalar.self)
        let length = sum(x, x).squareRoot()
        // Each overlap is wrong by the tolerance times |x| |q| at most, twice that with the rounding of
        // the overlap and of the difference.
        let bound = 2 * tolerance * Double(count) * length
        for row in 0..<rows { #expect(abs(Double(found[row]) - expected[row]) <= bound) }
        #expect(abs(before - sum(x, x)) <= tolerance * before)
        #expect(abs(left - sum(found, found)) <= tolerance * left)
      }
    }
  }

  private func orthonormal(_ count: Int, _ rows: Int, _ random: inout SplitMix) -> [[Double]] {
    var basis: [[Double]] = []
    while basis.count < count {
      var q = column(rows, &random, Double.self)
      // The second pass removes what rounding left of the first.
      for _ in 0..<2 {
        for other in basis {
          let overlap = sum(other, q)
          for row in 0..<rows { q[row] -= overlap * other[row] }
        }
      }
      let length = sum(q, q).squareRoot()
      if length > 1e-3 { basis.append(q.map { $0 / length }) }
    }
    return basis
  }

  @Test("residuals against plain sums in Double", arguments: Level.available)
  func residual(level: Level) {
    checkResidual(Float.self, level)
    checkResidual(Double.self, level)
  }

  private func checkResidual<Scalar: ProjectionKernels>(_: Scalar.Type, _ level: Level) {
    var random = SplitMix(seed: 23)
    for rows in Self.lengths {
      for count in 1...3 {
        let y = column(rows, &random, Scalar.self)
        let columns = (0..<count).map { _ in column(rows, &random, Scalar.self) }
        let factors = (0..<count).map { _ in random.uniform(-2, 2) }
        let (found, squares) = Scalar.residual(y, columns, factors: factors, level: level)
        for row in 0..<rows {
          var expected = Double(y[row])
          var size = expected.magnitude
          for (column, factor) in zip(columns, factors) {
            expected -= factor * Double(column[row])
            size += (factor * Double(column[row])).magnitude
          }
          // The factor, the product and the difference are rounded for each column, by half an ulp.
          let bound = 1.5 * Double(count) * Double(Scalar.ulpOfOne) * size
          #expect(abs(Double(found[row]) - expected) <= bound)
        }
        #expect(abs(squares - sum(found, found)) <= Self.tolerance(Scalar.self) * squares)
      }
    }
  }
}
