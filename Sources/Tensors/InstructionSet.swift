internal import CVectorMath
internal import Foundation

/// The vector instructions that the kernels use on this machine.
public enum InstructionSet: Int, Sendable, CaseIterable {
  /// What every processor of the architecture has.
  case baseline = 0

  /// AVX2 and FMA.
  case avx2 = 1

  /// AVX-512 F, DQ, VL and BW.
  case avx512 = 2

  /// The name in files and in the environment variable `LIMBECK_INSTRUCTION_SET`.
  public var name: String {
    switch self {
    case .baseline: "baseline"
    case .avx2: "avx2"
    case .avx512: "avx512"
    }
  }

  /// Whether this processor has the instructions.
  public var isAvailable: Bool { limbeck_has_level(Int32(rawValue)) != 0 }

  /// The best set this processor has, or a lower one asked for by the environment variable
  /// `LIMBECK_INSTRUCTION_SET`.
  ///
  /// Results repeat bit by bit on one set; another set rounds differently. The variable lets a
  /// newer machine reproduce the bits of an older one.
  public static let current: InstructionSet = {
    let wanted = ProcessInfo.processInfo.environment["LIMBECK_INSTRUCTION_SET"]
    let chosen = allCases.first { $0.name == wanted && $0.isAvailable }
    return chosen ?? InstructionSet(rawValue: Int(limbeck_best_level())) ?? .baseline
  }()
}
