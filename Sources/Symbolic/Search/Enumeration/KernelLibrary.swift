#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Functions of one product of powers with a number beside them: `exp(h ω/(k T)) − 1`, `1 + (x/a)²`.
///
/// Denominators of physics are made like that: Bose's and Fermi's, Lorentz's, Michaelis'. Beside a
/// power law such a kernel is all there is to find. Its constants are what makes it hard for genetic
/// search: started wrong, an exponential of a product overflows, or says nothing.
struct KernelLibrary {
  /// The kernels with their constants at a start.
  private(set) var trees: [[Gene]] = []

  /// How large the argument of a kernel is at the start: both sides of where functions bend.
  private static let starts = [1.0, 4]

  /// The most arguments; products of two columns are left out where there would be more.
  private static let mostArguments = 60

  /// Lists kernels.
  ///
  /// - Parameter view: The view that they are for: in a sum a kernel is a divisor, in a product a factor.
  init(for view: View) {
    let vocabulary = view.vocabulary
    let columns = vocabulary.parts[0].columns
    guard vocabulary.contains(.multiply), vocabulary.contains(.add), vocabulary.contains(.subtract),
      view.shape.isMonomial || vocabulary.contains(.divide)
    else { return }
    let writer = PowerWriter(operators: vocabulary.unary + vocabulary.binary)
    for powers in Self.arguments(columns) {
      let bases = powers.map { (base: [Gene(variable: $0.column)], exponent: $0.exponent) }
      guard let argument = writer.product(factor: nil, powers: bases) else { continue }
      let size = powers.reduce(1) { $0 * pow(view.size(of: $1.column), $1.exponent) }
      guard size > 0, size.isFinite else { continue }
      for start in Self.starts {
        let scaled = argument.combined(.multiply, [Gene(constant: start / size)])
        offer(scaled, view, isBounded: false)
        for operation in vocabulary.unary where Self.functions.contains(operation) {
          offer(scaled.applying(operation), view, isBounded: operation != .exp)
        }
      }
    }
  }

  // A function beside one, and beside any number if it is bounded: then one is nothing special.
  private mutating func offer(_ function: [Gene], _ view: View, isBounded: Bool) {
    let one = [Gene(constant: 1, isFixed: true)]
    var kernels = [function.combined(.add, one), function.combined(.subtract, one)]
    if isBounded { kernels.append(function.combined(.add, [Gene(constant: 2)])) }
    trees +=
      view.shape.isMonomial ? kernels : [function] + kernels.map { one.combined(.divide, $0) }
  }

  private static let functions: Set<Operator> = [.exp, .sin, .cos, .square, .log, .tanh]

  private static func arguments(_ columns: [Int]) -> [[(column: Int, exponent: Double)]] {
    let singles = columns.map { [(column: $0, exponent: 1.0)] }
    let pairs = columns.indices.flatMap { j in
      columns.indices.filter { $0 > j }.flatMap { k in
        [(1.0, 1.0), (1.0, -1.0), (-1.0, 1.0)].map {
          [(column: columns[j], exponent: $0.0), (column: columns[k], exponent: $0.1)]
        }
      }
    }
    return singles.count + pairs.count <= mostArguments ? singles + pairs : singles
  }
}
