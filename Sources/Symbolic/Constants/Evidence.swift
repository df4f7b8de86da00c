internal import Tensors

/// What the data say about the constants of a formula: how large errors are and what they are worth.
struct Evidence {
  /// Number of rows.
  let rows: Double

  /// Number of independent observations that the residuals are worth.
  let effectiveSampleSize: Double

  /// The mean squared error that the data are known to have.
  let teacherLoss: Double

  /// Mean squared rounding of the fit itself: losses below cannot be told apart.
  let floor: Double

  /// What ``teacherLoss`` and ``floor`` are in the loss that was fitted.
  private let teacherMisfit: Double
  private let lossFloor: Double

  init(_ fit: ConstantFit, table: SearchTable, gridShape: [Int]?, teacherLoss: Double) {
    rows = Double(table.rowCount)
    self.teacherLoss = teacherLoss
    let power = Statistics.sum(table.target.lazy.map { $0 * $0 }) / rows
    floor = 256 * Double.ulpOfOne * Double.ulpOfOne * power
    teacherMisfit = fit.curvature * teacherLoss
    lossFloor = table.loss == .l2 ? floor : fit.roundingLoss
    if let gridShape, let program = try? Program(fit.expression, inputs: table.variables) {
      let residuals = zip(program.evaluate(table.columns), table.target).map { $0 - $1 }
      effectiveSampleSize = ResidualCorrelation.effectiveSampleSize(residuals, shape: gridShape)
    } else {
      effectiveSampleSize = rows
    }
  }

  /// The standard errors of a fit's constants, nil where undefined.
  ///
  /// Residuals tell of the part of an error that the constants did *not* absorb. Of a teacher's error,
  /// or of rounding, they may have absorbed all, so that these count in full, as a bound for any shape:
  /// `s² = (JᵀJ)⁻¹ᵢᵢ · max(σ² n / nₑ, n · teacher loss, n · rounding)`.
  func standardErrors(of fit: ConstantFit) -> [Double?] {
    guard let inverse = fit.inverseGram, let total = total(of: fit) else {
      return fit.expression.constants.map { _ in nil }
    }
    return (0..<inverse.rows).map { (inverse[$0, $0] * total).squareRoot() }
  }

  /// What `(JᵀJ)⁻¹` is multiplied by to give the constants' covariance.
  func total(of fit: ConstantFit) -> Double? {
    fit.residualVariance.map {
      max($0 * rows / effectiveSampleSize, teacherLoss * rows, floor * rows)
    }
  }

  /// By how much χ² rises from one loss to another, in units of the noise.
  func rise(from loss: Double, to other: Double, noise: Double) -> Double {
    let difference = other - loss
    if difference <= teacherMisfit + lossFloor { return 0 }
    return effectiveSampleSize * difference / max(noise, lossFloor)
  }
}
