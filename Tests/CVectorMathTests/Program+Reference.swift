import CVectorMath
import Foundation

/// What the plain interpreter knows of one row: the value, a first-order bound of what rounding may do
/// to it in another evaluation, and derivatives carried forward with the values.
struct ReferenceValue {
  var value: Double
  /// Bound of the error, from the unit roundoff given to the interpreter.
  var error: Double
  /// Derivatives with respect to the parameters.
  var slopes: [Double]
  /// The same sums with every product positive: the scale on which a derivative may be wrong.
  var slopeScales: [Double]
  /// Whether every value on the way is of moderate size and every branch is clear of its edge.
  var isTame: Bool
}

extension Program {
  /// Evaluates one row in double precision, one step after the other, with the C library's functions.
  ///
  /// This is the slow and obvious twin of the kernels; its derivatives run forward where theirs run
  /// backward. `roundoff` is the relative error to allow for in every step.
  func reference(row: [Double], roundoff: Double) -> ReferenceValue {
    var values: [ReferenceValue] = []
    let nothing = [Double](repeating: 0, count: parameterCount)
    for step in steps {
      let inputs = [step.a, step.b].map { operand in
        operand < 0
          ? ReferenceValue(
            value: row[~operand], error: 0, slopes: nothing, slopeScales: nothing, isTame: true)
          : values[operand]
      }
      let x = inputs[0]
      let y = inputs[1]
      let local = step.linearised(x: x.value, y: y.value)
      var result = ReferenceValue(
        value: local.value, error: 0, slopes: nothing, slopeScales: nothing, isTame: true)
      // A product inside the operation (as in sin(c x)) is rounded too: |dc c| bounds its effect.
      result.error =
        roundoff * (local.value.magnitude + (local.dc * step.c).magnitude)
        + (local.dx * x.error).magnitude + (local.dy * y.error).magnitude
      for p in 0..<parameterCount {
        result.slopes[p] = local.dx * x.slopes[p] + local.dy * y.slopes[p]
        result.slopeScales[p] =
          local.dx.magnitude * x.slopeScales[p] + local.dy.magnitude * y.slopeScales[p]
      }
      for (parameter, slope) in [(step.cParameter, local.dc), (step.dParameter, local.dd)]
      where parameter >= 0 {
        result.slopes[parameter] += slope
        result.slopeScales[parameter] += slope.magnitude
      }
      let moderate = 1e-4...1e4
      result.isTame =
        (!step.operation.hasOperand || x.isTame) && (!step.operation.hasTwoOperands || y.isTame)
        && moderate.contains(result.value.magnitude) && !step.isNearEdge(x: x.value, y: y.value)
      values.append(result)
    }
    return values[values.count - 1]
  }
}

extension Program.Step {
  /// The value of the step and its derivatives with respect to operands and constants.
  struct Linearised {
    var value: Double
    var dx = 0.0
    var dy = 0.0
    var dc = 0.0
    var dd = 0.0
  }

  /// Whether a kink, a jump or a pole of the operation is near, or its derivative nearly vanishes
  /// beside the values that it is computed from.
  func isNearEdge(x: Double, y: Double) -> Bool {
    switch operation {
    case LIMBECK_OP_MINIMUM, LIMBECK_OP_MAXIMUM: abs(x - y) < 1e-3
    case LIMBECK_OP_ASIN, LIMBECK_OP_ACOS: abs(abs(x) - 1) < 1e-3
    case LIMBECK_OP_RELU, LIMBECK_OP_STEP, LIMBECK_OP_CONDITIONAL, LIMBECK_OP_LOGICAL_OR,
      LIMBECK_OP_LOGICAL_AND:
      min(abs(x), abs(y)) < 1e-3
    case LIMBECK_OP_GREATER: abs(x - y) < 1e-3
    case LIMBECK_OP_FLOOR, LIMBECK_OP_CEILING: abs(x - x.rounded()) < 1e-3
    case LIMBECK_OP_ROUND: abs(x - 0.5 - (x - 0.5).rounded()) < 1e-3
    case LIMBECK_OP_MODULO: abs(x / y - (x / y).rounded()) < 1e-3 || abs(x / y) > 1e2
    case LIMBECK_OP_ATAN2: hypot(x, y) < 1e-3
    // Steep between the poles, and flat near the zeros of what the slopes are made of.
    case LIMBECK_OP_GAMMA, LIMBECK_OP_LOG_GAMMA, LIMBECK_OP_DIGAMMA: x < 0.1 || x > 7
    case LIMBECK_OP_ACOSH: x < 1.001
    case LIMBECK_OP_ATANH: abs(x) > 0.999
    case LIMBECK_OP_LOG1P: x < -0.999
    case LIMBECK_OP_ERFC: abs(x) > 4
    case LIMBECK_OP_BESSEL_J0, LIMBECK_OP_BESSEL_J1: abs(x) > 50
    case LIMBECK_OP_BESSEL_Y0, LIMBECK_OP_BESSEL_Y1: x < 0.01 || x > 50
    case LIMBECK_OP_TAN: abs(cos(x)) < 1e-3
    case LIMBECK_OP_TANH, LIMBECK_OP_ERF: abs(x) > 4
    case LIMBECK_OP_POWER, LIMBECK_OP_POWER_CONSTANT: abs(x - 1) < 1e-3
    default: false
    }
  }

  func linearised(x: Double, y: Double) -> Linearised {
    switch operation {
    case LIMBECK_OP_ADD: Linearised(value: x + y, dx: 1, dy: 1)
    case LIMBECK_OP_SUBTRACT: Linearised(value: x - y, dx: 1, dy: -1)
    case LIMBECK_OP_MULTIPLY: Linearised(value: x * y, dx: y, dy: x)
    case LIMBECK_OP_DIVIDE: Linearised(value: x / y, dx: 1 / y, dy: -x / (y * y))
    case LIMBECK_OP_MINIMUM:
      Linearised(value: x < y ? x : y, dx: x < y ? 1 : 0, dy: x < y ? 0 : 1)
    case LIMBECK_OP_MAXIMUM:
      Linearised(value: x > y ? x : y, dx: x > y ? 1 : 0, dy: x > y ? 0 : 1)
    case LIMBECK_OP_ATAN2:
      Linearised(value: atan2(x, y), dx: y / (x * x + y * y), dy: -x / (x * x + y * y))
    case LIMBECK_OP_HYPOTENUSE:
      Linearised(value: hypot(x, y), dx: x / hypot(x, y), dy: y / hypot(x, y))
    case LIMBECK_OP_MODULO:
      Linearised(value: x - y * floor(x / y), dx: 1, dy: -floor(x / y))
    case LIMBECK_OP_GREATER: Linearised(value: x > y ? 1 : 0)
    case LIMBECK_OP_CONDITIONAL: Linearised(value: x > 0 ? y : 0, dy: x > 0 ? 1 : 0)
    case LIMBECK_OP_LOGICAL_OR: Linearised(value: x > 0 || y > 0 ? 1 : 0)
    case LIMBECK_OP_LOGICAL_AND: Linearised(value: x > 0 && y > 0 ? 1 : 0)
    // Random orders are no whole numbers; the operators' own tests know the values.
    case LIMBECK_OP_POLYGAMMA: Linearised(value: .nan)
    case LIMBECK_OP_POWER:
      Linearised(value: pow(x, y), dx: y * pow(x, y - 1), dy: pow(x, y) * log(x))
    case LIMBECK_OP_ADD_CONSTANT: Linearised(value: x + c, dx: 1, dc: 1)
    case LIMBECK_OP_MULTIPLY_CONSTANT: Linearised(value: x * c, dx: c, dc: x)
    case LIMBECK_OP_CONSTANT_MINUS: Linearised(value: c - x, dx: -1, dc: 1)
    case LIMBECK_OP_CONSTANT_OVER: Linearised(value: c / x, dx: -c / (x * x), dc: 1 / x)
    case LIMBECK_OP_AFFINE: Linearised(value: x * c + d, dx: c, dc: x, dd: 1)
    case LIMBECK_OP_POWER_CONSTANT:
      Linearised(value: pow(x, c), dx: c * pow(x, c - 1), dc: pow(x, c) * log(x))
    case LIMBECK_OP_SIN_SCALED:
      Linearised(value: sin(c * x), dx: c * cos(c * x), dc: x * cos(c * x))
    case LIMBECK_OP_COS_SCALED:
      Linearised(value: cos(c * x), dx: -c * sin(c * x), dc: -x * sin(c * x))
    case LIMBECK_OP_EXP_SCALED:
      Linearised(value: exp(c * x), dx: c * exp(c * x), dc: x * exp(c * x))
    case LIMBECK_OP_COPY: Linearised(value: x, dx: 1)
    case LIMBECK_OP_NEGATE: Linearised(value: -x, dx: -1)
    case LIMBECK_OP_RECIPROCAL: Linearised(value: 1 / x, dx: -1 / (x * x))
    case LIMBECK_OP_SQUARE: Linearised(value: x * x, dx: 2 * x)
    case LIMBECK_OP_CUBE: Linearised(value: x * x * x, dx: 3 * x * x)
    case LIMBECK_OP_SQUARE_ROOT: Linearised(value: x.squareRoot(), dx: 0.5 / x.squareRoot())
    case LIMBECK_OP_ABSOLUTE: Linearised(value: abs(x), dx: x < 0 ? -1 : 1)
    case LIMBECK_OP_SIGN: Linearised(value: x > 0 ? 1 : x < 0 ? -1 : x)
    case LIMBECK_OP_EXP: Linearised(value: exp(x), dx: exp(x))
    case LIMBECK_OP_LOG: Linearised(value: log(x), dx: 1 / x)
    case LIMBECK_OP_SIN: Linearised(value: sin(x), dx: cos(x))
    case LIMBECK_OP_COS: Linearised(value: cos(x), dx: -sin(x))
    case LIMBECK_OP_TANH: Linearised(value: tanh(x), dx: 1 / (cosh(x) * cosh(x)))
    case LIMBECK_OP_TAN: Linearised(value: tan(x), dx: 1 / (cos(x) * cos(x)))
    case LIMBECK_OP_ASIN: Linearised(value: asin(x), dx: 1 / (1 - x * x).squareRoot())
    case LIMBECK_OP_ACOS: Linearised(value: acos(x), dx: -1 / (1 - x * x).squareRoot())
    case LIMBECK_OP_ATAN: Linearised(value: atan(x), dx: 1 / (1 + x * x))
    case LIMBECK_OP_SINH: Linearised(value: sinh(x), dx: cosh(x))
    case LIMBECK_OP_COSH: Linearised(value: cosh(x), dx: sinh(x))
    case LIMBECK_OP_ERF: Linearised(value: erf(x), dx: 2 / Double.pi.squareRoot() * exp(-x * x))
    case LIMBECK_OP_CUBE_ROOT: Linearised(value: cbrt(x), dx: 1 / (3 * cbrt(x) * cbrt(x)))
    case LIMBECK_OP_RELU: Linearised(value: max(x, 0), dx: x > 0 ? 1 : 0)
    case LIMBECK_OP_STEP: Linearised(value: x > 0 ? 1 : 0)
    case LIMBECK_OP_FLOOR: Linearised(value: floor(x))
    case LIMBECK_OP_CEILING: Linearised(value: ceil(x))
    case LIMBECK_OP_ROUND: Linearised(value: rint(x))
    case LIMBECK_OP_LOG2: Linearised(value: log2(x), dx: 1 / (x * log(2)))
    case LIMBECK_OP_LOG10: Linearised(value: log10(x), dx: 1 / (x * log(10)))
    case LIMBECK_OP_LOG1P: Linearised(value: log1p(x), dx: 1 / (1 + x))
    case LIMBECK_OP_EXPM1: Linearised(value: expm1(x), dx: exp(x))
    case LIMBECK_OP_ASINH: Linearised(value: asinh(x), dx: 1 / (1 + x * x).squareRoot())
    case LIMBECK_OP_ACOSH: Linearised(value: acosh(x), dx: 1 / (x * x - 1).squareRoot())
    case LIMBECK_OP_ATANH: Linearised(value: atanh(x), dx: 1 / (1 - x * x))
    case LIMBECK_OP_ERFC: Linearised(value: erfc(x), dx: -2 / Double.pi.squareRoot() * exp(-x * x))
    case LIMBECK_OP_GAMMA: Linearised(value: tgamma(x), dx: tgamma(x) * limbeck_digamma(x))
    case LIMBECK_OP_LOG_GAMMA: Linearised(value: limbeck_log_gamma(x), dx: limbeck_digamma(x))
    case LIMBECK_OP_DIGAMMA: Linearised(value: limbeck_digamma(x), dx: limbeck_polygamma(1, x))
    case LIMBECK_OP_BESSEL_J0: Linearised(value: j0(x), dx: -j1(x))
    case LIMBECK_OP_BESSEL_J1: Linearised(value: j1(x), dx: (j0(x) - jn(2, x)) / 2)
    case LIMBECK_OP_BESSEL_Y0: Linearised(value: y0(x), dx: -y1(x))
    case LIMBECK_OP_BESSEL_Y1: Linearised(value: y1(x), dx: (y0(x) - yn(2, x)) / 2)
    case LIMBECK_OP_FILL: Linearised(value: c, dc: 1)
    default: preconditionFailure("an operation the reference does not know: \(operation.rawValue)")
    }
  }
}
