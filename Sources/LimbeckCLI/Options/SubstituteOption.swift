import ArgumentParser
import Limbeck

/// What takes the place of activations in a sweep, as an option.
enum SubstituteOption: String, CaseIterable, ExpressibleByArgument {
  case zero, mean, resample

  /// The substitute.
  ///
  /// - Parameter seed: What fixes random draws.
  /// - Returns: The library's value.
  func substitute(seed: UInt64) -> InterventionStudy.Substitute {
    switch self {
    case .zero: .zero
    case .mean: .mean
    case .resample: .resample(seed: seed)
    }
  }
}
