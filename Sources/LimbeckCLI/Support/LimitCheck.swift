import ArgumentParser

/// Checks of limits given on the command line.
enum LimitCheck {
  /// Refuses a limit that is not positive.
  static func positive(_ value: Double?, _ option: String) throws {
    if let value, !(value > 0 && value.isFinite) {
      throw ValidationError("'\(option) \(value)' is not a positive number.")
    }
  }

  /// Refuses a limit that is not positive.
  static func positive(_ value: Int?, _ option: String) throws {
    if let value, value < 1 {
      throw ValidationError("'\(option) \(value)' is not a positive number.")
    }
  }
}
