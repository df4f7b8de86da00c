/// A template `u = A*f(ξ) + B` that is linear in the one function it calls.
struct TemplateShape: Sendable {
  /// The whole, in which ``placeholder`` stands for the function's value.
  let template: Expression

  /// The name that stands for the function's value.
  let placeholder: Symbol

  /// `ξ`: what the function is applied to.
  let arguments: [Expression]

  /// `A`.
  let scale: Expression

  /// `B`.
  let offset: Expression

  /// Takes a template.
  ///
  /// - Throws: ``SearchError`` if it calls several functions, or is not linear in the one.
  init(_ template: Expression, _ calls: [Grammar.Call]) throws(SearchError) {
    let call = calls[0]
    guard calls.count == 1 else {
      throw .notSearched("more than one function of formulas, '\(calls[1].function)',")
    }
    self.template = template
    placeholder = call.placeholder
    arguments = call.arguments
    scale = template.derivative(withRespectTo: call.placeholder).simplified()
    guard !scale.symbols.contains(call.placeholder) else {
      throw .notSearched("a template that is not linear in '\(call.function)'")
    }
    offset = template.substituting([call.placeholder: .zero]).simplified()
  }

  /// The template with numbers for some of its names.
  func substituting(_ values: [Symbol: Expression]) -> TemplateShape {
    TemplateShape(
      template: template.substituting(values), placeholder: placeholder,
      arguments: arguments.map { $0.substituting(values) }, scale: scale.substituting(values),
      offset: offset.substituting(values))
  }

  private init(
    template: Expression, placeholder: Symbol, arguments: [Expression], scale: Expression,
    offset: Expression
  ) {
    self.template = template
    self.placeholder = placeholder
    self.arguments = arguments
    self.scale = scale
    self.offset = offset
  }

  /// The names of the columns of the function's table.
  var argumentNames: [Symbol] {
    arguments.count == 1 ? ["s"] : (1...arguments.count).map { Symbol("s\($0)") }
  }

  /// The template with a function and parameters in it.
  func formula(of function: Expression, _ parameters: [Symbol: Expression]) -> Expression {
    // The function may have closed forms with the parameters' names in it, which mean something else.
    let arguments = arguments.map { $0.substituting(parameters) }
    return template.substituting(parameters).substituting([
      placeholder: function.substituting(
        Dictionary(uniqueKeysWithValues: zip(argumentNames, arguments)))
    ])
  }

  /// The template with a function and parameters in it, whose constants know which of them are one.
  ///
  /// The values of the parameters come first, then the constants of the function.
  func tied(_ function: Expression, _ parameters: [TemplateParameter]) -> TiedFormula {
    var first: [Symbol: (index: Int, tie: Int)] = [:]
    var count = 0
    for (index, parameter) in parameters.enumerated() {
      first[parameter.name] = (index, count)
      count += parameter.values.count
    }
    func parameter(_ name: Symbol) -> TiedFormula? {
      guard let (index, tie) = first[name] else { return nil }
      let parameter = parameters[index]
      let names = parameter.values.indices.map { Symbol("value \($0)") }
      return TiedFormula(parameter.formula(of: names.map { Expression($0) })) { symbol in
        names.firstIndex(of: symbol).map { TiedFormula(tie: tie + $0) }
      }
    }
    let inner = TiedFormula(function, firstTie: count) { symbol in
      argumentNames.firstIndex(of: symbol).map { TiedFormula(arguments[$0], parameter) }
    }
    var result = TiedFormula(template) { $0 == placeholder ? inner : parameter($0) }
    result.values = parameters.flatMap(\.values) + function.constants
    return result
  }
}
