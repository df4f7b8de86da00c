import Symbolic
import Testing

@Suite("Operators")
struct OperatorTests {
  @Test func `spellings are unique`() {
    let spellings = Operator.allCases.flatMap { [$0.notation.spelling] + $0.notation.aliases }
    #expect(Set(spellings).count == spellings.count)
  }

  @Test func `values outside the domain are those of IEEE 754`() {
    #expect(Operator.sqrt(-1).isNaN)
    #expect(Operator.log(-1).isNaN)
    #expect(Operator.log(0) == -.infinity)
    #expect(Operator.divide(1, 0) == .infinity)
    #expect(Operator.power(-8, 1.0 / 3).isNaN)
    #expect(Operator.cbrt(-8) == -2)
    #expect(Operator.max(.nan, 1).isNaN && Operator.min(1, .nan).isNaN)
    #expect(Operator.sign(0) == 0 && Operator.sign(-3) == -1 && Operator.sign(.nan).isNaN)
    #expect(Operator.acosh(0.5).isNaN && Operator.gamma(-1).isNaN)
    #expect(Operator.digamma(-2).isNaN && Operator.polygamma(0.5, 1).isNaN)
  }

  @Test func `comparisons pass NaN on, a guard hides what it guards`() {
    for operation in [Operator.greater, .logicalOr, .logicalAnd] {
      #expect(operation(.nan, 1).isNaN && operation(1, .nan).isNaN)
    }
    #expect(Operator.step(.nan).isNaN && Operator.relu(.nan).isNaN && Operator.cond(.nan, 1).isNaN)
    #expect(Operator.cond(-1, .nan) == 0 && Operator.cond(1, .nan).isNaN)
    #expect(Operator.step(0) == 0 && Operator.greater(1, 1) == 0)
  }

  @Test func `remainders have the sign of the divisor, halves round to even`() {
    #expect(Operator.mod(-7, 3) == 2 && Operator.mod(7, -3) == -2 && Operator.mod(6, 3) == 0)
    #expect(Operator.round(2.5) == 2 && Operator.round(-3.5) == -4)
    #expect(Operator.floor(-0.5) == -1 && Operator.ceil(0.5) == 1)
  }

  // DLMF 5.4.1, 5.4.12, 5.15.2 and tables 10.21: published constants.
  @Test func `special functions have their known values`() {
    let euler = 0.577215664901532860606512090082402431
    #expect(Operator.gamma(5) == 24)
    #expect(Operator.lgamma(-0.5).isNearly(1.2655121234846454))
    #expect(Operator.digamma(1).isNearly(-euler))
    #expect(Operator.polygamma(1, 1).isNearly(Double.pi * Double.pi / 6))
    #expect(Operator.besselJ0(2.404825557695773).magnitude < 1e-15)
    #expect(Operator.besselY0(0.8935769662791675).magnitude < 1e-15)
  }
}
