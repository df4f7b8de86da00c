import ArgumentParser
import Limbeck

/// An idea of the search that can be left out, to see what it is worth.
enum Ablation: String, CaseIterable, ExpressibleByArgument {
  /// Transforms of the target.
  case transforms
  /// Powers of variables that come free.
  case monomials
  /// Quadratic forms that come free.
  case quadratics
  /// Powers that are divided out.
  case peeling
  /// Dimensionless groups as variables.
  case groups
  /// Combinations of two variables that take the place of both.
  case symmetries
  /// All small trees, and sums from a library.
  case enumeration

  /// Leaves the idea out.
  func apply(to options: inout SearchOptions) {
    switch self {
    case .transforms: options.usesTransforms = false
    case .monomials: options.usesMonomials = false
    case .quadratics: options.usesQuadratics = false
    case .peeling: options.usesPeeling = false
    case .groups: options.usesGroups = false
    case .symmetries: options.usesSymmetries = false
    case .enumeration: options.usesEnumeration = false
    }
  }
}
