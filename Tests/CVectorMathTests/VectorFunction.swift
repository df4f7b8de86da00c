import CVectorMath
import Foundation

/// An elementary function under test, with its oracle and its documented error.
enum VectorFunction: String, CaseIterable, Sendable {
  case tanh, sin, cos, exp, log, sqrt, reciprocal
  case expm1, log2, log10, log1p, tan, asin, acos, atan, sinh, cosh, asinh, acosh, atanh, erf

  /// The C library's value in double precision, the oracle of single precision.
  func inDouble(_ x: Double) -> Double {
    switch self {
    case .tanh: Foundation.tanh(x)
    case .sin: Foundation.sin(x)
    case .cos: Foundation.cos(x)
    case .exp: Foundation.exp(x)
    case .log: Foundation.log(x)
    case .sqrt: x.squareRoot()
    case .reciprocal: 1 / x
    case .expm1: Foundation.expm1(x)
    case .log2: Foundation.log2(x)
    case .log10: Foundation.log10(x)
    case .log1p: Foundation.log1p(x)
    case .tan: Foundation.tan(x)
    case .asin: Foundation.asin(x)
    case .acos: Foundation.acos(x)
    case .atan: Foundation.atan(x)
    case .sinh: Foundation.sinh(x)
    case .cosh: Foundation.cosh(x)
    case .asinh: Foundation.asinh(x)
    case .acosh: Foundation.acosh(x)
    case .atanh: Foundation.atanh(x)
    case .erf: Foundation.erf(x)
    }
  }

  #if arch(x86_64) && !os(Windows)
    /// The C library's value with eleven more bits, the oracle of double precision.
    func inExtended(_ x: Float80) -> Float80 {
      switch self {
      case .tanh: Foundation.tanh(x)
      case .sin: Foundation.sin(x)
      case .cos: Foundation.cos(x)
      case .exp: Foundation.exp(x)
      case .log: Foundation.log(x)
      case .sqrt: x.squareRoot()
      case .reciprocal: 1 / x
      case .expm1: Foundation.expm1(x)
      case .log2: Foundation.log2(x)
      case .log10: Foundation.log10(x)
      case .log1p: Foundation.log1p(x)
      case .tan: Foundation.tan(x)
      case .asin: Foundation.asin(x)
      case .acos: Foundation.acos(x)
      case .atan: Foundation.atan(x)
      case .sinh: Foundation.sinh(x)
      case .cosh: Foundation.cosh(x)
      case .asinh: Foundation.asinh(x)
      case .acosh: Foundation.acosh(x)
      case .atanh: Foundation.atanh(x)
      case .erf: Foundation.erf(x)
      }
    }
  #endif

  /// The bound that `vector_functions.h` documents for single precision, in ulp.
  func floatBound(at level: Level) -> Double {
    switch self {
    case .tanh: level == .baseline ? 2.5 : 1.7
    case .sin, .cos: level == .baseline ? 0.9 : 0.8
    case .log: level == .baseline ? 1 : 0.9
    case .exp: 1.05
    case .sqrt, .reciprocal: 0.5
    case .expm1: 1.6
    case .log2: 1.7
    case .log10, .sinh: 2
    case .log1p: 1
    case .tan: 2.3
    case .asin: 2.5
    case .acos: 1.2
    case .atan: 2
    case .cosh, .acosh, .atanh: 2.2
    case .asinh: 1.9
    case .erf: 1.5
    }
  }

  /// The bound that `vector_functions.h` documents for double precision, in ulp.
  func doubleBound(at level: Level) -> Double {
    switch self {
    case .tanh: level == .baseline ? 2.7 : 1.3
    case .sin, .cos: level == .baseline ? 0.92 : 0.9
    case .log: 0.9
    case .exp: 1.05
    case .sqrt, .reciprocal: 0.5
    case .expm1, .acosh, .atanh: 2.2
    case .log2: 1.7
    case .log10, .atan: 2
    case .log1p: 1
    case .tan, .sinh: 2.3
    case .asin: 2.5
    case .acos: 1.2
    case .cosh: 1.6
    case .asinh, .erf: 1.9
    }
  }

  /// Applies the kernel of a level to an array.
  func callAsFunction(_ x: [Float], at level: Level) -> [Float] {
    [Float](unsafeUninitializedCapacity: x.count) { buffer, count in
      if let y = buffer.baseAddress { floatKernel(at: level)(x, y, x.count) }
      count = x.count
    }
  }

  /// Applies the kernel of a level to an array.
  func callAsFunction(_ x: [Double], at level: Level) -> [Double] {
    [Double](unsafeUninitializedCapacity: x.count) { buffer, count in
      if let y = buffer.baseAddress { doubleKernel(at: level)(x, y, x.count) }
      count = x.count
    }
  }

  /// The single-precision kernel of a level.
  func floatKernel(
    at level: Level
  ) -> @convention(c) (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void {
    guard let table = limbeck_functions_f32_at(level.rawValue)?.pointee else {
      preconditionFailure("\(level) is not available on this processor")
    }
    return switch self {
    case .tanh: table.tanh
    case .sin: table.sin
    case .cos: table.cos
    case .exp: table.exp
    case .log: table.log
    case .sqrt: table.sqrt
    case .reciprocal: table.reciprocal
    case .expm1: table.expm1
    case .log2: table.log2
    case .log10: table.log10
    case .log1p: table.log1p
    case .tan: table.tan
    case .asin: table.asin
    case .acos: table.acos
    case .atan: table.atan
    case .sinh: table.sinh
    case .cosh: table.cosh
    case .asinh: table.asinh
    case .acosh: table.acosh
    case .atanh: table.atanh
    case .erf: table.erf
    }
  }

  /// The double-precision kernel of a level.
  func doubleKernel(
    at level: Level
  ) -> @convention(c) (UnsafePointer<Double>, UnsafeMutablePointer<Double>, Int) -> Void {
    guard let table = limbeck_functions_f64_at(level.rawValue)?.pointee else {
      preconditionFailure("\(level) is not available on this processor")
    }
    return switch self {
    case .tanh: table.tanh
    case .sin: table.sin
    case .cos: table.cos
    case .exp: table.exp
    case .log: table.log
    case .sqrt: table.sqrt
    case .reciprocal: table.reciprocal
    case .expm1: table.expm1
    case .log2: table.log2
    case .log10: table.log10
    case .log1p: table.log1p
    case .tan: table.tan
    case .asin: table.asin
    case .acos: table.acos
    case .atan: table.atan
    case .sinh: table.sinh
    case .cosh: table.cosh
    case .asinh: table.asinh
    case .acosh: table.acosh
    case .atanh: table.atanh
    case .erf: table.erf
    }
  }
}
