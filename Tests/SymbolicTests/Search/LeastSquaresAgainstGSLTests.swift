import CGSL
import Symbolic
import Tensors
import Testing

/// Our method of Levenberg and Marquardt against GSL's trust-region solver, which shares no code with it
/// and differentiates numerically.
@Suite("Least squares against GSL")
struct LeastSquaresAgainstGSLTests {
  private static let families = [
    "1.3*exp(-0.7*x) + 0.4", "2.1*sin(1.7*x + 0.3)", "1.5*exp(-0.8*x*x)", "0.9*x^1.6 - 0.5*x",
    "1.2*log(0.6*x + 1.1)", "2.2*tanh(0.8*x - 1.1) + 0.3*x", "sqrt(1.9*x + 0.4)",
  ]

  @Test(arguments: families.indices)
  func `random fits end where GSL's end`(family: Int) throws {
    let truth = try Expression(parsing: Self.families[family])
    var random = RandomStream(seed: 17).child(family)
    for _ in 0..<6 {
      let x = (0..<80).map { _ in random.uniform(0.2, 3) }
      let constants = truth.constants.map { $0 * (1 + 0.3 * random.normal().clamped) }
      let law = try Program(truth.replacingConstants(constants), inputs: ["x"])
      let y = law.evaluate([x]).map { $0 + 0.02 * random.normal() }
      let table = try SearchTable(variables: ["x"], columns: [x], targetName: "y", target: y)
      let start = truth.replacingConstants(
        constants.map { $0 * (1 + 0.1 * random.normal().clamped) })

      let ours = try ConstantFit(refining: start, to: table)
      let reference = try #require(GSLFit(start, x: x, y: y))
      // The sum of squares is flat at its minimum: seven digits are what either promises.
      #expect(ours.loss <= reference.loss * (1 + 1e-7), "\(ours.expression)")
      #expect(reference.loss <= ours.loss * (1 + 1e-7), "\(reference.constants)")
      let errors = try #require(ours.standardErrors)
      for (index, constant) in reference.constants.enumerated() {
        // A thousandth of the standard error, below which no result depends on it; numerical
        // derivatives cost GSL half of its digits, so that covariances agree to a few in a thousand.
        let error = reference.standardErrors[index]
        #expect(abs(ours.expression.constants[index] - constant) < 1e-3 * error)
        #expect(abs(errors[index] / error - 1) < 0.01)
      }
    }
  }
}

extension Double {
  /// At most two standard deviations: formulas stay defined.
  fileprivate var clamped: Double { Swift.max(-2, Swift.min(2, self)) }
}

/// A fit by `gsl_multifit_nlinear`.
private struct GSLFit {
  var constants: [Double] = []
  var standardErrors: [Double] = []
  var loss = 0.0

  /// What the residuals are computed from, handed through GSL as an opaque pointer.
  private final class Model {
    let formula: Expression
    let x: [Double]
    let y: [Double]

    init(_ formula: Expression, x: [Double], y: [Double]) {
      self.formula = formula
      self.x = x
      self.y = y
    }

    func residuals(_ constants: [Double]) -> [Double]? {
      guard let program = try? Program(formula.replacingConstants(constants), inputs: ["x"])
      else { return nil }
      return zip(program.evaluate([x]), y).map { $0 - $1 }
    }
  }

  init?(_ formula: Expression, x: [Double], y: [Double]) {
    let model = Model(formula, x: x, y: y)
    let start = formula.constants
    var parameters = gsl_multifit_nlinear_default_parameters()
    guard
      let workspace = gsl_multifit_nlinear_alloc(
        limbeck_gsl_trust_region(), &parameters, x.count, start.count),
      let covariance = gsl_matrix_alloc(start.count, start.count),
      let initial = gsl_vector_alloc(start.count)
    else { return nil }
    defer {
      gsl_multifit_nlinear_free(workspace)
      gsl_matrix_free(covariance)
      gsl_vector_free(initial)
    }
    for (index, constant) in start.enumerated() { gsl_vector_set(initial, index, constant) }
    var system = gsl_multifit_nlinear_fdf()
    system.f = { constants, context, result in
      guard let constants, let context, let result else { return Int32(GSL_FAILURE) }
      let model = Unmanaged<Model>.fromOpaque(context).takeUnretainedValue()
      let values = (0..<constants.pointee.size).map { gsl_vector_get(constants, $0) }
      guard let residuals = model.residuals(values) else { return Int32(GSL_FAILURE) }
      for (row, residual) in residuals.enumerated() { gsl_vector_set(result, row, residual) }
      return Int32(GSL_SUCCESS)
    }
    system.n = x.count
    system.p = start.count
    system.params = Unmanaged.passUnretained(model).toOpaque()
    var info: Int32 = 0
    let status = withExtendedLifetime(model) { () -> Int32 in
      guard gsl_multifit_nlinear_init(initial, &system, workspace) == Int32(GSL_SUCCESS) else {
        return Int32(GSL_FAILURE)
      }
      return gsl_multifit_nlinear_driver(200, 1e-12, 1e-12, 1e-14, nil, nil, &info, workspace)
    }
    // GSL_ENOPROG: no step lowers the sum of squares any more.
    guard status == Int32(GSL_SUCCESS) || status == Int32(GSL_ENOPROG),
      let solution = gsl_multifit_nlinear_position(workspace),
      let jacobian = gsl_multifit_nlinear_jac(workspace)
    else { return nil }
    gsl_multifit_nlinear_covar(jacobian, 0, covariance)
    constants = start.indices.map { gsl_vector_get(solution, $0) }
    let squares = (model.residuals(constants) ?? []).reduce(0) { $0 + $1 * $1 }
    loss = squares / Double(x.count)
    let variance = squares / Double(x.count - start.count)
    standardErrors = start.indices.map {
      (gsl_matrix_get(covariance, $0, $0) * variance).squareRoot()
    }
  }
}
