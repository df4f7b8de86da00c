#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A trainable layer: `z = ω (W x + b)`.
///
/// W is a tensor of its own, or factorised: `W = diag(exp s) V` with trainable s and V, which gives every
/// neuron a learning rate of its own. Wang, Wang, Seidman & Perdikaris (2022),
/// [doi:10.48550/arXiv.2210.01274](https://doi.org/10.48550/arXiv.2210.01274).
struct DenseStep: LayerStep {
  let input: LayerSlice
  let output: LayerSlice

  /// Where W or V `[out, in]` begins in the flat parameters.
  let weights: Int

  /// Where b `[out]` begins.
  let biases: Int

  /// Where s `[out]` begins, if the layer is factorised.
  let scales: Int?

  /// The constant factor ω.
  let gain: Double

  /// Where the working memory of a layer begins whose weights are not parameters as they stand.
  let scratch: Int?

  var inputs: [LayerSlice] { [input] }
  var isTrained: Bool { true }

  private var weightCount: Int { input.units * output.units }

  // Looking up generic types at run time would take as long as a small layer's arithmetic.
  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  func forward<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    direction: UnsafePointer<Scalar>?
  ) {
    let (row, sum) = (memory.row, memory.values(output))
    let (w, b) = effective(memory, parameters)
    add(w, to: sum, memory, first: 0, columns: row, accumulate: false)
    Scalar.addToRows(
      rows: output.units, columns: memory.points, stride: row, biases: b, to: sum)
    guard let direction else { return }
    // (W₀ + h W₁ + h² W₂)(x₀ + h x₁ + h² x₂): W₁ carries the blocks 0 and 1 into the blocks 1 and 2,
    // W₂ the block 0 into the block 2.
    let block = row / 3
    let along = derivatives(memory, parameters, direction)
    add(along.first, to: sum + block, memory, first: 0, columns: 2 * block, accumulate: true)
    if let second = along.second {
      add(second, to: sum + 2 * block, memory, first: 0, columns: block, accumulate: true)
    }
    Scalar.addToRows(
      rows: output.units, columns: memory.points, stride: row, biases: along.biases,
      to: sum + block)
  }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  func reverse<Scalar>(
    _ memory: JetMemory<Scalar>, parameters: UnsafePointer<Scalar>,
    derivatives: ParameterDerivatives<Scalar>
  ) {
    let adjoint = memory.adjoints(output)
    switch derivatives {
    case .gradient(let gradient):
      addGradient(memory, adjoint, parameters, to: gradient)
    case .rows(let rows, let stride):
      Scalar.layerJacobian(
        channels: memory.plan.channelCount, outputs: output.units, inputs: input.units,
        points: memory.points, adjoint: adjoint, input: memory.values(input),
        weights: rows + weights * stride, biases: rows + biases * stride, stride: stride)
      rescale(rows, stride: stride, memory, parameters)
    }
    guard memory.isTrained(input) else { return }
    let w = scratch.map { UnsafePointer(memory.scratch + $0) } ?? parameters + weights
    memory.addTransposedProduct(w, from: adjoint, output.units, to: input)
  }

  private func add<Scalar>(
    _ w: UnsafePointer<Scalar>, to sum: UnsafeMutablePointer<Scalar>, _ memory: JetMemory<Scalar>,
    first: Int, columns: Int, accumulate: Bool
  ) {
    Scalar.multiply(
      rows: output.units, columns: columns, inner: input.units, a: w, rowStep: input.units,
      columnStep: 1, b: memory.values(input) + first, bStride: memory.row,
      accumulate: accumulate, c: sum, cStride: memory.row)
  }

  private func addGradient<Scalar>(
    _ memory: JetMemory<Scalar>, _ adjoint: UnsafeMutablePointer<Scalar>,
    _ parameters: UnsafePointer<Scalar>, to gradient: UnsafeMutablePointer<Scalar>
  ) {
    var (w, b) = (gradient + weights, gradient + biases)
    if let scratch {
      // By the effective weights first; working memory behind them holds the result.
      w = memory.scratch + scratch + weightCount + 2 * output.units
      b = w + weightCount
      w.clear(count: weightCount + output.units)
    }
    Scalar.multiplyTransposed(
      rows: output.units, others: input.units, columns: memory.row, a: adjoint,
      b: memory.values(input), c: w)
    Scalar.addRowSums(
      rows: output.units, columns: memory.points, stride: memory.row, a: adjoint, to: b)
    guard let scratch else { return }
    let factors = memory.scratch + scratch + weightCount + output.units
    Scalar.scaleRows(
      rows: output.units, columns: input.units, factors: factors, source: w, accumulate: true,
      to: gradient + weights)
    for o in 0..<output.units { gradient[biases + o] += Scalar(gain) * b[o] }
    guard let scales else { return }
    Scalar.addRowDots(
      rows: output.units, columns: input.units, memory.scratch + scratch, w, to: gradient + scales)
  }
}

// MARK: - Weights that are functions of parameters

extension DenseStep {
  // The working memory holds, with n = out · in: the weights (n), the biases (out), the rows' factors
  // (out), and n + out numbers twice, for derivatives.

  /// Numbers of working memory that a layer needs.
  static func scratchCount(inputs: Int, outputs: Int) -> Int { 3 * inputs * outputs + 4 * outputs }

  /// The weights and biases that multiply: the parameters themselves, or computed.
  private func effective<Scalar>(
    _ memory: JetMemory<Scalar>, _ parameters: UnsafePointer<Scalar>
  ) -> (UnsafePointer<Scalar>, UnsafePointer<Scalar>) {
    guard let scratch else { return (parameters + weights, parameters + biases) }
    let w = memory.scratch + scratch
    let b = w + weightCount
    let factors = b + output.units
    for o in 0..<output.units {
      factors[o] = Scalar(gain * (scales.map { exp(Double(parameters[$0 + o])) } ?? 1))
      b[o] = Scalar(gain) * parameters[biases + o]
    }
    Scalar.scaleRows(
      rows: output.units, columns: input.units, factors: factors, source: parameters + weights,
      accumulate: false, to: w)
    return (UnsafePointer(w), UnsafePointer(b))
  }

  /// The coefficients of h and h² in `ω diag(exp(s + h σ)) (V + h D)`, and that of h in the biases.
  private func derivatives<Scalar>(
    _ memory: JetMemory<Scalar>, _ parameters: UnsafePointer<Scalar>,
    _ direction: UnsafePointer<Scalar>
  ) -> (
    first: UnsafePointer<Scalar>, second: UnsafePointer<Scalar>?, biases: UnsafePointer<Scalar>
  ) {
    guard let scratch else { return (direction + weights, nil, direction + biases) }
    let factors = memory.scratch + scratch + weightCount + output.units
    let first = factors + output.units
    let b = first + weightCount
    let second = b + output.units
    let slopes = second + weightCount
    for o in 0..<output.units { b[o] = Scalar(gain) * direction[biases + o] }
    func scale(
      _ factors: UnsafePointer<Scalar>, _ source: UnsafePointer<Scalar>, _ accumulate: Bool,
      to target: UnsafeMutablePointer<Scalar>
    ) {
      Scalar.scaleRows(
        rows: output.units, columns: input.units, factors: factors, source: source,
        accumulate: accumulate, to: target)
    }
    // exp(s + h σ) = exp(s) (1 + h σ + h² σ²/2)
    scale(factors, direction + weights, false, to: first)
    guard let scales else { return (UnsafePointer(first), nil, UnsafePointer(b)) }
    for o in 0..<output.units { slopes[o] = factors[o] * direction[scales + o] }
    scale(slopes, parameters + weights, true, to: first)
    scale(slopes, direction + weights, false, to: second)
    for o in 0..<output.units { slopes[o] *= direction[scales + o] / 2 }
    scale(slopes, parameters + weights, true, to: second)
    return (UnsafePointer(first), UnsafePointer(second), UnsafePointer(b))
  }

  /// Turns rows of the Jacobian by effective weights into rows by parameters.
  private func rescale<Scalar>(
    _ rows: UnsafeMutablePointer<Scalar>, stride: Int, _ memory: JetMemory<Scalar>,
    _ parameters: UnsafePointer<Scalar>
  ) {
    guard let scratch else { return }
    let (w, points) = (memory.scratch + scratch, memory.points)
    let factors = w + weightCount + output.units
    for o in 0..<output.units {
      let own = rows + (weights + o * input.units) * stride
      if let scales {
        Scalar.multiply(
          rows: 1, columns: points, inner: input.units, a: w + o * input.units, rowStep: 1,
          columnStep: 1, b: own, bStride: stride, accumulate: false,
          c: rows + (scales + o) * stride, cStride: stride)
      }
      for i in 0..<input.units { memory.scale(own + i * stride, by: factors[o]) }
      memory.scale(rows + (biases + o) * stride, by: Scalar(gain))
    }
  }
}
