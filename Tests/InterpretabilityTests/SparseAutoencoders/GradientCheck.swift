@testable import Interpretability
import Tensors

/// Compares a fused gradient with central differences of a plain loss in Double.
struct GradientCheck {
  static let (width, features, rows) = (5, 12, 40)

  /// The loss is a sum of some hundred products in single precision.
  static let lossTolerance = 1e-5

  /// Single precision against differences whose own error is about h² = 1e-10.
  static let gradientTolerance = 2e-5

  /// What a comparison found.
  struct Deviation {
    /// Of the loss, relative to one and itself.
    let loss: Double

    /// The largest of any slope, relative to the largest slope; not a number for a gradient that vanishes.
    let gradient: Double
  }

  let layout: ParameterLayout
  let parameters: ParameterArray
  let inputs: Matrix<Float>
  let targets: Matrix<Float>

  init(
    _ rule: any SparsityRule, isTied: Bool = false, outputWidth: Int? = nil, seed: UInt64 = 1
  ) {
    var random = RandomStream(seed: seed)
    layout = ParameterLayout(
      inputWidth: Self.width, outputWidth: outputWidth ?? Self.width, featureCount: Self.features,
      vectorCount: rule.vectorCount, isTied: isTied, centresInput: outputWidth == nil)
    parameters = ParameterArray(layout)
    for j in 0..<Self.features {
      for i in 0..<layout.inputWidth {
        parameters.encoderRow(j)[i] = Float(0.5 * random.normal())
      }
      if !isTied {
        for i in 0..<layout.outputWidth {
          parameters.decoderRow(j)[i] = Float(0.5 * random.normal())
        }
      }
      for v in 0..<layout.vectorCount {
        parameters.vector(v)[j] =
          rule.initialValue(ofVector: v, bound: nil) + Float(0.1 * random.normal())
      }
    }
    for i in 0..<layout.outputWidth { parameters.outputBias[i] = Float(0.1 * random.normal()) }
    var inputs = Matrix<Float>(rows: Self.rows, columns: Self.width)
    for row in 0..<Self.rows { for i in 0..<Self.width { inputs[row, i] = Float(random.normal()) } }
    self.inputs = inputs
    if let outputWidth {
      var targets = Matrix<Float>(rows: Self.rows, columns: outputWidth)
      for row in 0..<Self.rows {
        for i in 0..<outputWidth { targets[row, i] = Float(random.normal()) }
      }
      self.targets = targets
    } else {
      targets = inputs
    }
  }

  /// Compares the loss, and its slope along every parameter.
  ///
  /// - Parameters:
  ///   - rule: The variant.
  ///   - strength: The coefficient of the penalty.
  ///   - revival: Dead features.
  ///   - norms: Whether the decoder's norms take part.
  ///   - loss: The mean over rows of the loss in Double. What is chosen, or held fixed, may be taken from
  ///     the unmoved parameters, the second argument.
  /// - Returns: How far the fused kernels are from it.
  func deviation(
    _ rule: any SparsityRule, strength: Float = 0, revival: AuxiliaryLoss? = nil,
    norms: Bool = false,
    _ loss: (_ moved: PlainAutoencoder, _ unmoved: PlainAutoencoder) -> Double
  ) -> Deviation {
    let gradient = BatchGradient(
      layout: layout, rule: rule, rows: Self.rows, staysOnSphere: false, threads: 2)
    let table = AlignedBuffer<Float>(count: Self.features, repeating: 0)
    for j in 0..<Self.features { table.pointer[j] = parameters.decoderNorm(j) }
    let result = gradient.evaluate(
      inputs: inputs, targets: targets, parameters: parameters, norms: norms ? table : nil,
      strength: strength, revival: revival)
    let unmoved = PlainAutoencoder(parameters)
    let h = 1e-5
    var worst = 0.0
    var scale = 0.0
    func compare(_ value: Float, _ move: (inout PlainAutoencoder, Double) -> Void) {
      var (up, down) = (unmoved, unmoved)
      move(&up, h)
      move(&down, -h)
      let slope = (loss(up, unmoved) - loss(down, unmoved)) / (2 * h)
      worst = max(worst, abs(Double(value) - slope))
      scale = max(scale, abs(slope))
    }
    for j in 0..<Self.features {
      for i in 0..<layout.inputWidth where !layout.isTied {
        compare(gradient.gradient.encoderRow(j)[i]) { $0.encoder[j][i] += $1 }
      }
      for i in 0..<layout.outputWidth {
        compare(gradient.gradient.decoderRow(j)[i]) {
          $0.decoder[j][i] += $1
          if layout.isTied { $0.encoder[j][i] += $1 }
        }
      }
      for v in 0..<layout.vectorCount {
        compare(gradient.gradient.vector(v)[j]) { $0.vectors[v][j] += $1 }
      }
    }
    for i in 0..<layout.outputWidth {
      compare(gradient.gradient.outputBias[i]) { $0.bias[i] += $1 }
    }
    let expected = loss(unmoved, unmoved)
    return Deviation(
      loss: abs(result.total - expected) / (1 + abs(expected)), gradient: worst / scale)
  }

  /// The rows in Double.
  func samples() -> [(x: [Double], y: [Double])] {
    (0..<Self.rows).map { (inputs.row($0).map(Double.init), targets.row($0).map(Double.init)) }
  }

  /// The mean over rows.
  func mean(_ loss: (_ x: [Double], _ y: [Double]) -> Double) -> Double {
    samples().reduce(0) { $0 + loss($1.x, $1.y) } / Double(Self.rows)
  }
}
