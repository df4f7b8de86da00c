import Interpretability
import Symbolic
import Tensors

/// A formula as a field, with derivatives taken symbolically and a smooth error as networks have it.
struct ExpressionField: DifferentiableField {
  let variables: [Symbol]
  private let formula: Expression

  /// The amplitude of the error.
  private let error: Double

  /// Wavenumber of the error, for a domain of width 1.
  private static let wavenumber = 20.0

  /// Reads a formula and adds `error · Π sin(20 xᵢ + i)` to it.
  init(_ text: String, _ names: [String], error: Double = 0) throws {
    let wave = names.enumerated().map { i, name in
      sin(Expression(Self.wavenumber) * Expression(Symbol(name)) + Expression(Double(i)))
    }
    let clean = try Expression(parsing: text)
    formula = error == 0 ? clean : clean + Expression(error) * wave.dropFirst().reduce(wave[0], *)
    variables = names.map { Symbol($0) }
    self.error = error
  }

  func sample(at points: [[Double]]) -> FieldSample {
    func column(_ expression: Expression, order: Int) -> UncertainColumn {
      let program: Program
      do {
        program = try Program(expression, inputs: variables)
      } catch {
        preconditionFailure("\(error)")
      }
      let scale = (0..<order).reduce(error) { scale, _ in scale * Self.wavenumber }
      return UncertainColumn(program.evaluate(points), error: scale)
    }
    let slopes = variables.map { formula.derivative(withRespectTo: $0) }
    return FieldSample(
      points: points, value: column(formula, order: 0),
      gradient: slopes.map { column($0, order: 1) },
      hessian: slopes.map { slope in
        variables.map { column(slope.derivative(withRespectTo: $0), order: 2) }
      })
  }
}

/// Points scattered over a box.
enum Scatter {
  static func points(_ ranges: [ClosedRange<Double>], count: Int = 500, seed: UInt64 = 1)
    -> [[Double]]
  {
    var random = RandomStream(seed: seed)
    return ranges.map { range in
      (0..<count).map { _ in random.uniform(range.lowerBound, range.upperBound) }
    }
  }
}
