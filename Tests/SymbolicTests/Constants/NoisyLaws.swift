import Symbolic
import Tensors

/// A law of physics, and a formula as a search may return it: right in form, its constants and
/// exponents free, and dressed oddly.
///
/// The laws and the ranges are those of the Feynman equations (Udrescu and Tegmark 2020,
/// doi:10.1126/sciadv.aay2631).
struct NoisyLaw: Sendable, CustomStringConvertible {
  let law: String
  let found: String
  let ranges: [(name: String, low: Double, high: Double)]

  var description: String { law }

  /// Rows with normal noise of a fraction of the target's standard deviation.
  func table(rows: Int, noise: Double, seed: UInt64) throws -> SearchTable {
    var random = RandomStream(seed: seed)
    let names = ranges.map { Symbol($0.name) }
    let columns = ranges.map { range in
      (0..<rows).map { _ in random.uniform(range.low, range.high) }
    }
    let values = try Program(Expression(parsing: law), inputs: names).evaluate(columns)
    let deviation = (Statistics.variance(values) ?? 0).squareRoot()
    return try SearchTable(
      variables: names, columns: columns, targetName: "target",
      target: values.map { $0 + noise * deviation * random.normal() })
  }

  /// Whether a formula is the law on all rows, to rounding.
  func isExact(_ formula: Expression, on table: SearchTable) throws -> Bool {
    let expected = try Program(Expression(parsing: law), inputs: table.variables)
      .evaluate(table.columns)
    let values = try Program(formula, inputs: table.variables).evaluate(table.columns)
    let scale = expected.map(\.magnitude).max() ?? 0
    // Some roundings of cancelling terms; a constant that is not exact is off by 1e-6 or more.
    return zip(values, expected).allSatisfy { ($0 - $1).magnitude < 1e-10 * scale }
  }

  private init(_ law: String, _ found: String, _ ranges: String) {
    self.law = law
    self.found = found
    self.ranges = ranges.split(separator: " ").map { text in
      let fields = text.split(separator: ":")
      return (String(fields[0]), Double(fields[1]) ?? 0, Double(fields[2]) ?? 1)
    }
  }

  static let all = [
    NoisyLaw(
      "exp(-theta^2/2)/sqrt(2*pi)",
      "0.41*exp(-0.52*theta^2.1)",
      "theta:1:3"),
    NoisyLaw(
      "exp(-((theta-theta1)/sigma)^2/2)/(sqrt(2*pi)*sigma)",
      "0.41*exp(-0.52*(theta-1.1*theta1)^2*sigma^(-1.9))*sigma^(-1.1)",
      "sigma:1:3 theta:1:3 theta1:1:3"),
    NoisyLaw(
      "G*m1*m2/((x2-x1)^2+(y2-y1)^2+(z2-z1)^2)",
      "1.2*G^1.1*m1*m2/((x2-1.05*x1)^2+1.1*(y2-y1)^2+1.2*(z2-z1)^2)",
      "m1:1:2 m2:1:2 G:1:2 x1:3:4 x2:1:2 y1:3:4 y2:1:2 z1:3:4 z2:1:2"),
    NoisyLaw(
      "q1*q2*r/(4*pi*epsilon*r^3)",
      "exp(-2.4+1.1*log(q1)+0.9*log(q2)-1.05*log(epsilon)-1.9*log(r))",
      "q1:1:5 q2:1:5 epsilon:1:5 r:1:5"),
    NoisyLaw(
      "1/2*m*(v^2+u^2+w^2)",
      "0.45*m*v^2+0.52*m*u^2+0.51*m*w^2+0.01",
      "m:1:5 v:1:5 u:1:5 w:1:5"),
    NoisyLaw(
      "(x-u*t)/sqrt(1-u^2/c^2)",
      "1.1*(0.9*x-1.1*u*t)*abs(1.2*u^2/c^2-1.1)^(-0.45)",
      "x:5:10 u:1:2 c:3:20 t:1:2"),
    NoisyLaw(
      "m_0*v/sqrt(1-v^2/c^2)",
      "1.1*m_0*v^1.1*abs(v^2/c^2-1.05)^(-0.45)",
      "m_0:1:5 v:1:2 c:3:10"),
    NoisyLaw(
      "(m1*r1+m2*r2)/(m1+m2)",
      "(0.33*m1*r1+0.36*m2*r2)/(0.34*m1+0.34*m2)",
      "m1:1:5 m2:1:5 r1:1:5 r2:1:5"),
    NoisyLaw(
      "m*r*v*sin(theta)",
      "1.1*m*r*v*sin(1.02*theta+0.01)",
      "m:1:5 r:1:5 v:1:5 theta:1:5"),
    NoisyLaw(
      "1/(1/d1+n/d2)",
      "0.9*d1^0.9*(0.5*n/d2*d1+0.6)^(-0.95)",
      "d1:1:5 d2:1:5 n:1:5"),
    NoisyLaw(
      "sqrt(x1^2+x2^2-2*x1*x2*cos(theta1-theta2))",
      "1.41*sqrt(0.52*x1^2+0.48*x2^2-0.9*x1*x2*cos(theta1-1.02*theta2))",
      "x1:1:5 x2:1:5 theta1:1:5 theta2:1:5"),
    NoisyLaw(
      "asin(lambd/(n*d))",
      "asin(1.02*lambd/(n*d))+0.01",
      "lambd:1:2 d:2:5 n:1:5"),
    NoisyLaw(
      "omega_0/(1-v/c)",
      "1.1*omega_0*c/(1.1*c-0.9*v)",
      "c:3:10 v:1:2 omega_0:1:5"),
    NoisyLaw(
      "4*pi*epsilon*(h/(2*pi))^2/(m*q^2)",
      "0.3*epsilon^1.02*h^1.9/(m^0.98*q^2.1)",
      "m:1:5 q:1:5 h:1:5 epsilon:1:5"),
    NoisyLaw(
      "n_0*exp(-m*g*x/(kb*T))",
      "1.1*n_0*exp(0.02-0.9*m*g*x/(kb*T))",
      "n_0:1:5 m:1:5 x:1:5 T:1:5 g:1:5 kb:1:5"),
    NoisyLaw(
      "sqrt(gamma*pr/rho)",
      "1.1*gamma^0.52*pr^0.48/rho^0.5",
      "gamma:1:5 pr:1:5 rho:1:5"),
    NoisyLaw(
      "x1*(cos(omega*t)+alpha*cos(omega*t)^2)",
      "1.1*x1*cos(1.01*omega*t)+0.9*x1*alpha*cos(0.99*omega*t)^2",
      "x1:1:3 omega:1:3 t:1:3 alpha:1:3"),
    NoisyLaw(
      "p_d/(4*pi*epsilon)*3*cos(theta)*sin(theta)/r^3",
      "0.11*p_d*sin(2.02*theta)/epsilon*r^(-2.9)",
      "epsilon:1:3 p_d:1:3 theta:1:3 r:1:3"),
    NoisyLaw(
      "1+n*alpha/(1-(n*alpha/3))",
      "0.9+1.1*n*alpha/(1-0.35*n*alpha)",
      "n:0:1 alpha:0:1"),
    NoisyLaw(
      "q/(4*pi*epsilon*r*(1-v/c))",
      "0.08*q/(epsilon*r*(1-1.05*v/c))",
      "q:1:5 epsilon:1:5 r:1:5 v:1:2 c:3:10"),
    NoisyLaw(
      "n_rho*mom*tanh(mom*B/(kb*T))",
      "1.05*n_rho*mom^1.02*tanh(0.95*mom*B/(kb*T))",
      "n_rho:1:5 mom:1:5 B:1:5 kb:1:5 T:1:5"),
    NoisyLaw(
      "(h/(2*pi))*omega/(exp((h/(2*pi))*omega/(kb*T))-1)",
      "0.16*h*omega/(exp(0.158*h*omega/(kb*T))-0.98)",
      "h:1:5 omega:1:5 kb:1:5 T:1:5"),
    NoisyLaw(
      "sin(E_n*t/(h/(2*pi)))^2",
      "0.5-0.49*cos(12.5*E_n*t/h)",
      "E_n:1:2 t:1:2 h:1:4"),
    NoisyLaw(
      "mom*sqrt(Bx^2+By^2+Bz^2)",
      "1.41*mom*sqrt(0.5*Bx^2+0.52*By^2+0.48*Bz^2)",
      "mom:1:5 Bx:1:5 By:1:5 Bz:1:5"),
    NoisyLaw(
      "2*U*(1-cos(k*d))",
      "2.1*U-1.9*U*cos(1.01*k*d)",
      "U:1:5 k:1:5 d:1:5"),
    NoisyLaw(
      "-m*q^4/(2*(4*pi*epsilon)^2*(h/(2*pi))^2)*(1/n^2)",
      "-0.12*m*q^4.1/(epsilon^2.05*h^1.9*n^2)",
      "m:1:5 q:1:5 h:1:5 n:1:5 epsilon:1:5"),
    NoisyLaw(
      "2*pi*alpha/(n*d)",
      "6*alpha^1.05/(n*d^0.98)",
      "alpha:1:5 n:1:5 d:1:5"),
    NoisyLaw(
      "mom*(1+chi)*B",
      "0.95*mom*B+1.04*mom*B*chi+0.03*chi",
      "mom:1:5 B:1:5 chi:1:5"),
  ]
}
