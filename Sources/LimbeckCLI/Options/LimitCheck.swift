import ArgumentParser
import Limbeck

/// Checks of numbers given on the command line.
enum LimitCheck {
  /// Refuses a limit that is not positive.
  static func positive(_ value: Double?, _ option: String) throws {
    if let value, !(value > 0 && value.isFinite) {
      throw ValidationError("'\(option) \(NumberFormat.short(value))' is not a positive number.")
    }
  }

  /// Refuses a whole number below a limit.
  static func atLeast(_ least: Int, _ value: Int?, _ option: String) throws {
    if let value, value < least {
      throw ValidationError("'\(option) \(value)' is too small; use \(least) or more.")
    }
  }

  /// Refuses a whole number above a limit.
  static func atMost(_ most: Int, _ value: Int?, _ option: String) throws {
    if let value, value > most {
      throw ValidationError("'\(option) \(value)' is too large; use \(most) or less.")
    }
  }
}
