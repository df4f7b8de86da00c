import CVectorMath

/// An instruction-set level of the kernels.
enum Level: Int32, CaseIterable, Sendable {
  case baseline = 0
  case avx2 = 1
  case avx512 = 2

  /// The levels this processor can run: tests go through all of them.
  static let available = allCases.filter { limbeck_has_level($0.rawValue) != 0 }
}
