internal import Tensors

extension ConstantRefiner {
  /// Fits a formula by the loss of the rows, where that is none of squares.
  ///
  /// Each step solves the least-squares problem that stands in for the loss (``RowLoss``), damped until
  /// the loss itself is less. The fit of least squares and the constants as they came are both tried as
  /// the start: outliers may have spoilt either.
  ///
  /// - Parameters:
  ///   - genes: The formula with constants to start from.
  ///   - rowLoss: The loss.
  ///   - steps: The most steps to take.
  ///   - tolerance: The relative gain of a step below which the fit ends.
  /// - Returns: The fit, or nil if the formula has no loss on some row or too many constants.
  func minimise(
    _ genes: [Gene], _ rowLoss: RowLoss, steps: Int, tolerance: Double
  ) -> Outcome? {
    var genes = genes
    let tape = Tape<Double>(capacity: genes.count, functions: rows.functions)
    let fits = genes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { tape.compile($0, genes.count, fitsConstants: true) } ?? false
    }
    guard fits else { return nil }
    let n = tape.parameterCount
    let fitted = (0..<n).map { Int(tape.parameters[$0].gene) }
    let scratch = AlignedBuffer<Double>(
      count: Double.scratchSize(instructions: tape.count, parameters: n), repeating: 0)
    let predictions = AlignedBuffer<Double>(count: rows.count, repeating: 0)
    func loss(_ values: [Double]) -> Double {
      tape.setParameters(values)
      Double.evaluate(
        tape.code, tape.count, rows.columnPointers, rows: rows.count, scratch: scratch.pointer,
        result: predictions.pointer)
      let sum = rowLoss.value(predictions.pointer)
      return sum.isFinite ? sum : .infinity
    }

    var parameters = fitted.map { genes[$0].value }
    var least = loss(parameters)
    if n > 0, let start = leastSquares(genes, steps: 10, tolerance: 0.03, settles: false) {
      let values = fitted.map { start.genes[$0].value }
      let sum = loss(values)
      if sum < least { (parameters, least) = (values, sum) }
    }
    guard least.isFinite else { return nil }

    let system = DampedSystem(capacity: max(1, n))
    system.order = n
    var gram = [Double](repeating: 0, count: n * n)
    var descent = [Double](repeating: 0, count: n)
    func linearise() {
      least = loss(parameters)
      rowLoss.touch(predictions.pointer)
      _ = Double.normalEquations(
        tape.code, tape.count, parameters: n, rows: rows, target: rowLoss.targets,
        weights: rowLoss.curvatures, scratch: scratch.pointer, gram: &gram, descent: &descent)
    }
    linearise()
    var damping = 1e-6
    for _ in 0..<(n == 0 ? 0 : steps) {
      system.matrix.update(from: gram, count: n * n)
      system.right.update(from: descent, count: n)
      var gain = 0.0
      for _ in 0..<8 where gain <= 0 {
        if system.solve(damping: damping, pivot: 0) {
          let trial = (0..<n).map { parameters[$0] + system.solution[$0] }
          let sum = loss(trial)
          if sum < least {
            gain = least - sum
            parameters = trial
            damping = max(0.1 * damping, 1e-12)
            break
          }
        }
        damping *= 10
      }
      if gain <= max(tolerance, 1e-10) * least { break }
      linearise()
    }
    least = loss(parameters)
    for (index, gene) in fitted.enumerated() { genes[gene].value = parameters[index] }
    return Outcome(
      genes: genes, squares: least, fitted: fitted,
      gram: Matrix(rows: n, columns: n, elements: gram))
  }

  /// `JᵀWJ` of a formula's constants.
  ///
  /// - Parameters:
  ///   - genes: The formula.
  ///   - weights: One for each row.
  /// - Returns: Shape `[fitted, fitted]`, or nil if there are too many.
  func gram(of genes: [Gene], weights: [Double]) -> Matrix<Double>? {
    let tape = Tape<Double>(capacity: genes.count, functions: rows.functions)
    let fits = genes.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { tape.compile($0, genes.count, fitsConstants: true) } ?? false
    }
    guard fits else { return nil }
    let n = tape.parameterCount
    let scratch = AlignedBuffer<Double>(
      count: Double.scratchSize(instructions: tape.count, parameters: n), repeating: 0)
    let buffer = AlignedBuffer<Double>(count: rows.count, repeating: 0)
    buffer.pointer.update(from: weights, count: rows.count)
    var gram = [Double](repeating: 0, count: n * n)
    var descent = [Double](repeating: 0, count: n)
    _ = Double.normalEquations(
      tape.code, tape.count, parameters: n, rows: rows, weights: buffer,
      scratch: scratch.pointer, gram: &gram, descent: &descent)
    return Matrix(rows: n, columns: n, elements: gram)
  }
}
