/// A language in which formulas are printed.
///
/// Program text computes in the language's double precision (or in that of its arrays) and wants the
/// usual imports: `numpy as np` and `scipy`, `torch`, `jax` and `jax.numpy as jnp`, Foundation,
/// `<math.h>`. Where an operand is not a number, its comparisons give 0 as the language's do, and
/// not NaN. ``Expression/functionsToSupply(in:)`` tells what a library lacks.
public enum ExpressionStyle: Hashable, Sendable, CaseIterable {
  /// Plain text that parses back: `sin(pi*x)^2/3`.
  case text
  /// LaTeX for mathematics mode: `\frac{\sin\left(\pi x\right)^{2}}{3}`.
  case latex
  /// Python that `sympy.sympify` accepts: `sin(pi*x)**2/3`.
  case sympy
  /// Python on NumPy arrays: `np.sin(np.pi*x)**2/3.0`.
  case numpy
  /// Python on PyTorch tensors: `torch.sin(torch.pi*x)**2/3.0`.
  case torch
  /// Python on JAX arrays: `jnp.sin(jnp.pi*x)**2/3.0`.
  case jax
  /// Swift on Double: `pow(sin(Double.pi*x), 2.0)/3.0`.
  case swift
  /// C on double: `pow(sin(3.141592653589793*x), 2.0)/3.0`.
  case c
}

extension ExpressionStyle {
  /// Whether the text is a program's, where `1/2` may be a division of integers.
  var isProgram: Bool {
    switch self {
    case .text, .latex, .sympy: false
    case .numpy, .torch, .jax, .swift, .c: true
    }
  }

  /// Whether powers are written `x**2`.
  var isPython: Bool {
    switch self {
    case .sympy, .numpy, .torch, .jax: true
    case .text, .latex, .swift, .c: false
    }
  }
}
