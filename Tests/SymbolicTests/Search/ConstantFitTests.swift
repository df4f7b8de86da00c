import Foundation
import Symbolic
import Tensors
import Testing

@Suite("Fits of constants")
struct ConstantFitTests {
  @Test("recovers the constants of exact data to rounding")
  func exact() throws {
    let table = try SearchExamples.table(rows: 300) { a, b in
      2.5 * Foundation.exp(-0.7 * a) * Foundation.sin(1.3 * b) + 0.25
    }
    let fit = try ConstantFit(
      refining: Expression(parsing: "2*exp(-0.5*a)*sin(1.2*b)+0.1"), to: table)
    let expected = [2.5, -0.7, 1.3, 0.25]
    // The normal equations of this problem have a condition of about 1e4: a dozen digits remain.
    for (constant, value) in zip(fit.expression.constants, expected) {
      #expect((constant - value).magnitude < 1e-11)
    }
    #expect(fit.loss < 1e-28)
    #expect(fit.rSquared > 1 - 1e-14)
  }

  @Test("standard errors are those of ordinary least squares")
  func standardErrors() throws {
    // A straight line with known residuals: the textbook formulas are the oracle.
    let n = 40
    let x = (0..<n).map { Double($0) / 10 }
    let y = x.enumerated().map { 3 + 2 * $1 + ($0.isMultiple(of: 2) ? 0.1 : -0.1) }
    let table = try SearchTable(variables: ["x"], columns: [x], targetName: "y", target: y)
    let fit = try ConstantFit(refining: Expression(parsing: "1.5*x+1"), to: table)
    let meanX = x.reduce(0, +) / Double(n)
    let meanY = y.reduce(0, +) / Double(n)
    let sxx = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    let sxy = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    let slope = sxy / sxx
    let intercept = meanY - slope * meanX
    let squares = zip(x, y).reduce(0) {
      let residual = $1.1 - intercept - slope * $1.0
      return $0 + residual * residual
    }
    let variance = squares / Double(n - 2)
    let errors = try #require(fit.standardErrors)
    let expectedErrors = [
      (variance / sxx).squareRoot(),
      (variance * (1 / Double(n) + meanX * meanX / sxx)).squareRoot(),
    ]
    // Sums of forty terms.
    #expect((fit.expression.constants[0] - slope).magnitude < 1e-12)
    #expect((fit.expression.constants[1] - intercept).magnitude < 1e-12)
    for (error, expected) in zip(errors, expectedErrors) {
      #expect((error - expected).magnitude < 1e-12 * expected)
    }
    #expect((fit.loss - squares / Double(n)).magnitude < 1e-14)
  }

  @Test("weights count rows")
  func weights() throws {
    // A row of weight two is the same as the row twice.
    let x: [Double] = [1, 2, 3, 4, 5]
    let y: [Double] = [1, 3, 2, 5, 4]
    let weighted = try SearchTable(
      variables: ["x"], columns: [x], targetName: "y", target: y, weights: [1, 2, 1, 1, 1])
    let repeated = try SearchTable(
      variables: ["x"], columns: [x + [2]], targetName: "y", target: y + [3])
    let start = try Symbolic.Expression(parsing: "1.5*x+0.5")
    let left = try ConstantFit(refining: start, to: weighted)
    let right = try ConstantFit(refining: start, to: repeated)
    for (a, b) in zip(left.expression.constants, right.expression.constants) {
      #expect((a - b).magnitude < 1e-13)
    }
    #expect((left.rSquared - right.rSquared).magnitude < 1e-13)
  }

  @Test("constants that are not independent have no covariance, and fixed ones no error")
  func dependent() throws {
    let table = try SearchExamples.table(rows: 50) { a, b in 3 * a + 0.01 * b }
    let dependent = try ConstantFit(refining: Expression(parsing: "(1.5*a)*1.5"), to: table)
    #expect(dependent.inverseGram == nil)
    let fixed = Expression(postfix: [
      .init(symbol: "a"), .init(constant: 2, isFixed: true), .init(.multiply),
      .init(constant: 1), .init(.add),
    ])
    let fit = try ConstantFit(refining: fixed, to: table)
    #expect(fit.expression.constants[0] == 2)
    let errors = try #require(fit.standardErrors)
    #expect(errors[0] == 0)
    #expect(errors[1] > 0)
  }

  @Test("formulas that do not fit the table are refused")
  func refusals() throws {
    let table = try SearchExamples.table(rows: 10) { $0 + $1 }
    #expect(throws: SearchError.unknownVariable(name: "z", columns: ["a", "b"])) {
      _ = try ConstantFit(refining: "z", to: table)
    }
    #expect(throws: SearchError.undefinedFormula("log(a - 2.5)")) {
      _ = try ConstantFit(refining: Expression(parsing: "log(a - 2.5)"), to: table)
    }
  }
}
