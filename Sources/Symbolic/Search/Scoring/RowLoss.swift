internal import Tensors

/// A loss summed over rows, and the least-squares problem that stands in for it near a prediction.
///
/// With the slope `ρ'` of the loss at a prediction `p` and the residual `r = p − t`, the parabola of
/// curvature `h = |ρ'/r|` around `z = p − ρ'/h` touches the loss there. For losses that grow more slowly
/// than squares it lies above them everywhere, so that its minimum lowers the loss: iteratively
/// reweighted least squares, Holland & Welsch (1977),
/// [doi:10.1080/03610927708827533](https://doi.org/10.1080/03610927708827533). For the deviance of
/// Poisson this is Fisher's scoring.
final class RowLoss {
  /// The centres `z` of the parabolas.
  let targets: AlignedBuffer<Double>

  /// Their curvatures `h`.
  let curvatures: AlignedBuffer<Double>

  private let loss: Loss
  let rows: RowBlock<Double>
  private let weights: AlignedBuffer<Double>

  // Residuals below count as this: the curvature of |r| has no bound.
  let smallest: Double

  // A loss of one's own as code over prediction, target and weight.
  private let formula: CompiledLoss?

  /// Prepares for some rows and their loss.
  init(_ rows: RowBlock<Double>) {
    self.rows = rows
    loss = rows.loss
    let n = rows.count
    weights = rows.weights ?? AlignedBuffer(count: n, repeating: 1)
    targets = AlignedBuffer(count: n, repeating: 0)
    curvatures = AlignedBuffer(count: n, repeating: 0)
    smallest = max(
      1e-8 * (rows.squares / Double(n)).squareRoot(), .leastNormalMagnitude.squareRoot())
    if case .custom(let custom) = rows.loss {
      formula = CompiledLoss(custom, rows: n)
    } else {
      formula = nil
    }
  }

  /// The sum of the losses; not finite where a prediction has none.
  func value(_ predictions: UnsafePointer<Double>) -> Double {
    if let formula { return formula.value(predictions, rows.target.pointer, weights.pointer) }
    var sum = 0.0
    for row in 0..<rows.count {
      sum += loss.value(
        prediction: predictions[row], target: rows.target.pointer[row],
        weight: weights.pointer[row])
    }
    return sum
  }

  /// Puts the parabolas that touch the losses into ``targets`` and ``curvatures``.
  func touch(_ predictions: UnsafePointer<Double>) {
    // Away from the kink that many losses have at the target.
    for row in 0..<rows.count {
      let target = rows.target.pointer[row]
      let residual = predictions[row] - target
      targets.pointer[row] =
        residual.magnitude > smallest
        ? predictions[row] : target + (residual < 0 ? -smallest : smallest)
    }
    slope(targets.pointer, into: curvatures.pointer)
    for row in 0..<rows.count {
      let slope = curvatures.pointer[row]
      let residual = (targets.pointer[row] - rows.target.pointer[row]).magnitude
      let curvature = max(slope.magnitude / max(residual, smallest), 1e-12)
      curvatures.pointer[row] = curvature
      targets.pointer[row] -= slope / curvature
    }
  }

  /// The slopes of the rows' losses by the prediction, weights included.
  func slopes(at predictions: [Double]) -> [Double] {
    [Double](unsafeUninitializedCapacity: rows.count) { buffer, count in
      count = rows.count
      guard let result = buffer.baseAddress else { return }
      predictions.withUnsafeBufferPointer { values in
        if let start = values.baseAddress { slope(start, into: result) }
      }
    }
  }

  private func slope(
    _ predictions: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    if let formula {
      formula.slope(predictions, rows.target.pointer, weights.pointer, into: result)
      return
    }
    for row in 0..<rows.count {
      result[row] = loss.derivative(
        prediction: predictions[row], target: rows.target.pointer[row],
        weight: weights.pointer[row])
    }
  }

  /// The least loss that the same prediction for all rows has.
  func leastOfConstants() -> Double {
    let n = rows.count
    let predictions = AlignedBuffer<Double>(count: n, repeating: 0)
    var constant = rows.mean
    var least = Double.infinity
    for _ in 0..<60 {
      predictions.pointer.update(repeating: constant, count: n)
      let sum = value(predictions.pointer)
      guard sum.isFinite, sum < least else { break }
      let gain = least - sum
      least = sum
      if gain < 1e-12 * sum { break }
      touch(predictions.pointer)
      var (centre, total) = (0.0, 0.0)
      for row in 0..<n {
        centre += curvatures.pointer[row] * targets.pointer[row]
        total += curvatures.pointer[row]
      }
      constant = centre / total
    }
    return least
  }
}

/// A loss given by a formula, and its slope along the prediction, as code for many rows.
private final class CompiledLoss {
  private let rows: Int
  private let loss: Tape<Double>
  private let derivative: Tape<Double>
  private let scratch: AlignedBuffer<Double>
  private let values: AlignedBuffer<Double>

  init(_ custom: CustomLoss, rows: Int) {
    self.rows = rows
    let names = CustomLoss.names.map { Symbol($0) }
    func compile(_ expression: Expression) -> Tape<Double> {
      let genes = expression.genes(variables: names) ?? [Gene(constant: .nan)]
      let tape = Tape<Double>(capacity: genes.count)
      genes.withUnsafeBufferPointer { buffer in
        if let start = buffer.baseAddress {
          _ = tape.compile(start, buffer.count, fitsConstants: false)
        }
      }
      return tape
    }
    loss = compile(custom.formula)
    derivative = compile(custom.derivative)
    scratch = AlignedBuffer(
      count: Double.scratchSize(
        instructions: max(loss.count, derivative.count), parameters: 0), repeating: 0)
    values = AlignedBuffer(count: rows, repeating: 0)
  }

  func value(
    _ predictions: UnsafePointer<Double>, _ targets: UnsafePointer<Double>,
    _ weights: UnsafePointer<Double>
  ) -> Double {
    run(loss, [predictions, targets, weights], into: values.pointer)
    return (0..<rows).reduce(0) { $0 + values.pointer[$1] }
  }

  func slope(
    _ predictions: UnsafePointer<Double>, _ targets: UnsafePointer<Double>,
    _ weights: UnsafePointer<Double>, into result: UnsafeMutablePointer<Double>
  ) {
    run(derivative, [predictions, targets, weights], into: result)
  }

  private func run(
    _ tape: Tape<Double>, _ columns: [UnsafePointer<Double>],
    into result: UnsafeMutablePointer<Double>
  ) {
    columns.withUnsafeBufferPointer { columns in
      guard let start = columns.baseAddress else { return }
      Double.evaluate(
        tape.code, tape.count, start, rows: rows, scratch: scratch.pointer, result: result)
    }
  }
}
