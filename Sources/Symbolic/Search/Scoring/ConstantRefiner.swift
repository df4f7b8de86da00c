internal import Tensors

/// Fits the free constants of a formula in Double until nothing more is gained.
///
/// The search looks at few rows in single precision; whether a formula is exact or a look-alike shows
/// only here: exact forms reach 1e-28 of the target's variation, look-alikes stop far above.
final class ConstantRefiner {
  /// What a fit found.
  struct Outcome {
    /// The formula with its best constants.
    var genes: [Gene]

    /// The weighted sum of squared residuals, or of another loss.
    var squares: Double

    /// Which genes are constants that were fitted, in the order of ``gram``.
    var fitted: [Int]

    /// `JᵀWJ` at the solution, of shape `[fitted, fitted]`.
    var gram: Matrix<Double>
  }

  let rows: RowBlock<Double>

  // The loss, where it is none of squares.
  let rowLoss: RowLoss?

  /// The normalised loss below which a fit may be on its way to an exact one.
  private static let exactness = 1e-10

  /// Prepares for rows of a table.
  init(_ rows: RowBlock<Double>) {
    self.rows = rows
    rowLoss = rows.loss.isLeastSquares ? nil : RowLoss(rows)
  }

  /// The values of a tree on the rows, its constants as they are.
  func values(of genes: [Gene]) -> [Double] {
    let tape = Tape<Double>(capacity: genes.count, functions: rows.functions)
    let fits = genes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { tape.compile($0, genes.count, fitsConstants: false) } ?? false
    }
    guard fits else { return Array(repeating: .nan, count: rows.count) }
    let scratch = AlignedBuffer<Double>(
      count: Double.scratchSize(instructions: tape.count, parameters: 0), repeating: 0)
    return [Double](unsafeUninitializedCapacity: rows.count) { buffer, count in
      count = rows.count
      guard let result = buffer.baseAddress else { return }
      Double.evaluate(
        tape.code, tape.count, rows.columnPointers, rows: rows.count, scratch: scratch.pointer,
        result: result)
    }
  }

  /// Fits a formula.
  ///
  /// - Parameters:
  ///   - genes: The formula with constants to start from.
  ///   - steps: The most steps to take.
  ///   - tolerance: The relative gain of a step below which a fit that is no exact one is left alone.
  ///   - settles: Whether to go on to the last digits of the constants.
  /// - Returns: The fit, or nil if the formula is not finite on all rows or has too many constants.
  func callAsFunction(
    _ genes: [Gene], steps: Int = 60, tolerance: Double = 0, settles: Bool = true
  ) -> Outcome? {
    if let rowLoss { return minimise(genes, rowLoss, steps: steps, tolerance: tolerance) }
    return leastSquares(genes, steps: steps, tolerance: tolerance, settles: settles)
  }

  /// Fits a formula by least squares, by Levenberg and Marquardt's method.
  func leastSquares(
    _ genes: [Gene], steps: Int, tolerance: Double, settles: Bool
  ) -> Outcome? {
    var genes = genes
    let tape = Tape<Double>(capacity: genes.count, functions: rows.functions)
    let fits = genes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { tape.compile($0, genes.count, fitsConstants: true) } ?? false
    }
    guard fits else { return nil }
    let n = tape.parameterCount
    let system = DampedSystem(capacity: max(1, n))
    system.order = n
    let scratch = AlignedBuffer<Double>(
      count: Double.scratchSize(instructions: tape.count, parameters: n), repeating: 0)
    let fitted = (0..<n).map { Int(tape.parameters[$0].gene) }
    var parameters = fitted.map { genes[$0].value }

    func evaluate(_ values: [Double], _ gram: inout [Double], _ descent: inout [Double]) -> Double {
      tape.setParameters(values)
      return Double.normalEquations(
        tape.code, tape.count, parameters: n, rows: rows, scratch: scratch.pointer, gram: &gram,
        descent: &descent)
    }

    var gram = [Double](repeating: 0, count: n * n)
    var descent = [Double](repeating: 0, count: n)
    var squares = evaluate(parameters, &gram, &descent)
    guard squares.isFinite else { return nil }
    var trialGram = gram
    var trialDescent = descent
    var damping = 1e-3
    var stalled = 0
    for _ in 0..<(n == 0 ? 0 : steps) {
      system.matrix.update(from: gram, count: n * n)
      system.right.update(from: descent, count: n)
      guard system.solve(damping: damping, pivot: 0) else {
        damping *= 10
        if damping > 1e8 { break }
        continue
      }
      let trial = (0..<n).map { parameters[$0] + system.solution[$0] }
      if trial == parameters { break }
      let trialSquares = evaluate(trial, &trialGram, &trialDescent)
      if trialSquares < squares {
        // Near the minimum the sum of squares no longer shows what the constants still gain.
        stalled = squares - trialSquares < 1e-14 * squares ? stalled + 1 : 0
        let isGoodEnough =
          squares - trialSquares < tolerance * squares
          && trialSquares > Self.exactness * rows.variation
        squares = trialSquares
        parameters = trial
        swap(&gram, &trialGram)
        swap(&descent, &trialDescent)
        damping = max(0.1 * damping, 1e-15)
        if stalled > 2 || squares == 0 || isGoodEnough { break }
      } else {
        stalled += 1
        damping *= 10
        if stalled > 6 { break }
      }
    }
    // The sum of squares is flat at its minimum: there it tells constants apart to half of the digits
    // only, and the step length takes over.
    var previous = Double.infinity
    for _ in 0..<(n == 0 || squares == 0 || !settles ? 0 : 8) {
      system.matrix.update(from: gram, count: n * n)
      system.right.update(from: descent, count: n)
      guard system.solve(damping: 0, pivot: 1e-14) else { break }
      let trial = (0..<n).map { parameters[$0] + system.solution[$0] }
      let length = (0..<n).reduce(0.0) {
        max($0, (system.solution[$1] / max(trial[$1].magnitude, 1e-12)).magnitude)
      }
      guard length < 0.5 * previous else { break }
      let trialSquares = evaluate(trial, &trialGram, &trialDescent)
      guard trialSquares <= squares * (1 + 1e-10) else { break }
      previous = length
      squares = trialSquares
      parameters = trial
      swap(&gram, &trialGram)
      swap(&descent, &trialDescent)
    }
    for (index, gene) in fitted.enumerated() { genes[gene].value = parameters[index] }
    return Outcome(
      genes: genes, squares: squares, fitted: fitted,
      gram: Matrix(rows: n, columns: n, elements: gram))
  }
}
