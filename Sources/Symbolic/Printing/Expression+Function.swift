extension Expression {
  /// The formula as a definition that compiles by itself: a function with its imports.
  ///
  /// Text, LaTeX and SymPy have no definitions: there it is the formula alone.
  ///
  /// - Parameters:
  ///   - name: The function's name.
  ///   - variables: The parameters in their order; at least all names of the formula.
  ///   - style: The language.
  /// - Returns: Lines without a final line break.
  public func function(
    named name: String, of variables: [Symbol], in style: ExpressionStyle
  ) -> String {
    let formula = formatted(style)
    let own = Expression(Symbol(name)).formatted(style)
    let parameters = variables.map { Expression($0).formatted(style) }
    switch style {
    case .text, .latex, .sympy:
      return formula
    case .numpy, .torch, .jax:
      let modules = Self.modules(of: formula, in: style).map { "import \($0)" }
      let definition = [
        "def \(own)(\(parameters.joined(separator: ", "))):", "    return \(formula)",
      ]
      return (modules + supplyNotes(style, "#") + ["", ""] + definition).joined(separator: "\n")
    case .swift:
      let list = parameters.map { "_ \($0): Double" }.joined(separator: ", ")
      return
        (["import Foundation"] + supplyNotes(style, "//")
        + ["", "func \(own)(\(list)) -> Double {", "  \(formula)", "}"])
        .joined(separator: "\n")
    case .c:
      let list = parameters.map { "double \($0)" }.joined(separator: ", ")
      return
        (["#include <math.h>"] + supplyNotes(style, "//")
        + ["", "double \(own)(\(list)) {", "  return \(formula);", "}"])
        .joined(separator: "\n")
    }
  }

  /// What a Python formula needs to be imported, in the words of an `import` statement.
  private static func modules(of formula: String, in style: ExpressionStyle) -> [String] {
    let known = [
      ("jax.scipy.special.", "jax.scipy.special"), ("jnp.", "jax.numpy as jnp"),
      ("np.", "numpy as np"),
      ("scipy.special.", "scipy.special"), ("torch.", "torch"),
    ]
    // A name is a module's only at the start of a word: `jnp.` ends in `np.`.
    return known.filter { prefix, _ in
      formula.ranges(of: prefix).contains { range in
        range.lowerBound == formula.startIndex
          || !formula[formula.index(before: range.lowerBound)].isIdentifierPart
      }
    }.map(\.1)
  }

  private func supplyNotes(_ style: ExpressionStyle, _ comment: String) -> [String] {
    functionsToSupply(in: style).map { operation in
      "\(comment) \(operation.notation.spelling) has to be supplied: the library lacks it."
    }
  }
}

extension Character {
  /// Whether the character goes on with a name, or with the path to one.
  fileprivate var isIdentifierPart: Bool {
    isLetter || isNumber || self == "_" || self == "."
  }
}
