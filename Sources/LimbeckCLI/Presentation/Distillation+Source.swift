import Limbeck

extension Distillation {
  /// The chosen equation as source: a function of all variables, or the formula alone where a language
  /// has no functions.
  func source(_ style: ExpressionStyle) -> String {
    guard let equation = bestEquation else { return "" }
    // A site such as layer0.neuron5 is no name of a function.
    let name = target.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
    return equation.numeric.function(
      named: String(name), of: variables.map { Symbol($0) }, in: style)
  }
}
