import Testing

@Suite("Lengths, alignments and places of the vector functions")
struct ArrayShapeTests {
  @Test("any length, any alignment, in place: same bits", arguments: VectorFunction.allCases)
  func shapes(function: VectorFunction) {
    for level in Level.available {
      check(function.floatKernel(at: level), argument: { 0.01 + 0.37 * Float($0) })
      check(function.doubleKernel(at: level), argument: { 0.01 + 0.37 * Double($0) })
    }
  }

  /// Compares every length 0...70 at every offset within a vector with elements computed alone, and
  /// looks for writes outside the result.
  private func check<Scalar: BinaryFloatingPoint>(
    _ kernel: (UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>, Int) -> Void,
    argument: (Int) -> Scalar
  ) {
    let alone = (0..<70).map { i in
      var value = argument(i)
      var result = Scalar.nan
      kernel(&value, &result, 1)
      return result
    }
    let guardValue: Scalar = -7
    let capacity = 70 + 2 * 17
    let x = UnsafeMutablePointer<Scalar>.allocate(capacity: capacity)
    let y = UnsafeMutablePointer<Scalar>.allocate(capacity: capacity)
    defer {
      x.deallocate()
      y.deallocate()
    }
    // Arguments run past the domains of some functions.
    func same(_ x: Scalar, _ y: Scalar) -> Bool { x == y || x.isNaN && y.isNaN }
    for count in 0...70 {
      for offset in 0..<17 {
        x.initialize(repeating: guardValue, count: capacity)
        y.initialize(repeating: guardValue, count: capacity)
        for i in 0..<count { x[offset + i] = argument(i) }
        kernel(x + offset, y + 16 - offset, count)
        // In place, after the input has been used.
        kernel(x + offset, x + offset, count)
        var isRight = true
        for i in 0..<capacity {
          let inX = i - offset
          let inY = i - (16 - offset)
          isRight = isRight && same(x[i], 0..<count ~= inX ? alone[inX] : guardValue)
          isRight = isRight && same(y[i], 0..<count ~= inY ? alone[inY] : guardValue)
        }
        #expect(isRight, "count \(count), offset \(offset)")
      }
    }
  }
}
