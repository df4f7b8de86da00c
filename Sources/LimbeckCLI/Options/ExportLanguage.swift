import ArgumentParser
import Limbeck

/// The languages that `--export` knows, by the names that people type.
enum ExportLanguage: String, CaseIterable, ExpressibleByArgument {
  case text, latex, sympy, numpy, torch, jax, swift, c

  /// How formulas are printed in it.
  var style: ExpressionStyle {
    switch self {
    case .text: .text
    case .latex: .latex
    case .sympy: .sympy
    case .numpy: .numpy
    case .torch: .torch
    case .jax: .jax
    case .swift: .swift
    case .c: .c
    }
  }
}
