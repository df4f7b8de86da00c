/// Finds how far to go along a direction: the strong Wolfe conditions.
///
/// A length α is accepted when the value has fallen enough and the slope has flattened,
///
/// ```
/// φ(α) ≤ φ(0) + c₁ α φ′(0)        |φ′(α)| ≤ c₂ |φ′(0)|
/// ```
///
/// with φ(α) = f(θ + α d): then a quasi-Newton update stays positive definite. Near a minimum the
/// values differ by rounding only, and the slopes alone decide, as φ would fall by the first condition
/// if it were a parabola: Hager & Zhang (2005), [doi:10.1137/030601880](https://doi.org/10.1137/030601880).
///
/// The interval is doubled until it brackets such a point and then narrowed by cubic interpolation: Nocedal & Wright,
/// *Numerical Optimization* (2006), algorithms 3.5 and 3.6,
/// [doi:10.1007/978-0-387-40065-5](https://doi.org/10.1007/978-0-387-40065-5).
struct WolfeLineSearch {
  /// c₁.
  private static let decrease = 1e-4

  /// c₂: loose, as a quasi-Newton direction is seldom worth more evaluations.
  private static let curvature = 0.9

  /// The part of a value that is taken for rounding.
  private static let rounding = 1e-14

  /// Evaluations before the search gives up.
  private static let trialLimit = 30

  /// A place along the direction.
  struct Place {
    /// α.
    let length: Double

    /// θ + α d.
    let parameters: [Double]

    /// f and ∇f there.
    let point: ObjectiveValue

    /// φ′(α).
    let slope: Double
  }

  private let origin: Place
  private let direction: [Double]

  /// Prepares a search.
  ///
  /// - Parameters:
  ///   - parameters: θ.
  ///   - point: f and ∇f there.
  ///   - direction: d, along which f falls.
  init(from parameters: [Double], _ point: ObjectiveValue, along direction: [Double]) {
    origin = Place(
      length: 0, parameters: parameters, point: point, slope: point.gradient.dot(direction))
    self.direction = direction
  }

  /// Searches.
  ///
  /// - Parameters:
  ///   - length: The first trial.
  ///   - objective: f.
  /// - Returns: A place that meets both conditions; the lowest one met if none did within the limit of
  ///   trials; nil if f falls nowhere.
  func place(first length: Double, _ objective: some Objective) -> Place? {
    guard origin.slope < 0 else { return nil }
    var low = origin
    var length = length
    var trials = 0
    while trials < Self.trialLimit {
      let trial = place(length, objective)
      trials += 1
      if isAccepted(trial) { return trial }
      if !hasFallen(trial) || (low.length > 0 && trial.point.value >= low.point.value) {
        return narrow(low, trial, trials, objective)
      }
      if trial.slope >= 0 { return narrow(trial, low, trials, objective) }
      low = trial
      length *= 2
    }
    return low.length > 0 ? low : nil
  }

  /// Narrows an interval whose end `low` has the lower value and slopes towards `high`.
  private func narrow(
    _ low: Place, _ high: Place, _ trials: Int, _ objective: some Objective
  ) -> Place? {
    var (low, high) = (low, high)
    for _ in trials..<Self.trialLimit {
      let length = Self.interpolated(low, high)
      // The interval is no longer than a rounding error.
      guard length != low.length, length != high.length else { break }
      let trial = place(length, objective)
      if isAccepted(trial) { return trial }
      if !hasFallen(trial) || trial.point.value >= low.point.value {
        high = trial
      } else {
        if trial.slope * (high.length - low.length) >= 0 { high = low }
        low = trial
      }
    }
    return low.length > 0 ? low : nil
  }

  private func place(_ length: Double, _ objective: some Objective) -> Place {
    let parameters = origin.parameters.moved(along: direction, by: length)
    let point = objective.evaluate(at: parameters)
    return Place(
      length: length, parameters: parameters, point: point, slope: point.gradient.dot(direction))
  }

  private func hasFallen(_ trial: Place) -> Bool {
    trial.point.isFinite
      && trial.point.value <= origin.point.value + Self.decrease * trial.length * origin.slope
  }

  private func isAccepted(_ trial: Place) -> Bool {
    guard trial.point.isFinite, abs(trial.slope) <= -Self.curvature * origin.slope else {
      return false
    }
    if hasFallen(trial) { return true }
    let (value, start) = (trial.point.value, origin.point.value)
    return value <= start + Self.rounding * abs(start)
      && trial.slope <= (2 * Self.decrease - 1) * origin.slope
      && trial.parameters != origin.parameters
  }

  /// The minimum of the cubic through values and slopes at both ends, or the middle where that lies
  /// too close to an end to narrow the interval.
  private static func interpolated(_ low: Place, _ high: Place) -> Double {
    let width = high.length - low.length
    let middle = low.length + 0.5 * width
    let mean = (high.point.value - low.point.value) / width
    let a = low.slope + high.slope - 3 * mean
    let discriminant = a * a - low.slope * high.slope
    // Also where an end is not finite.
    guard discriminant >= 0, high.point.isFinite else { return middle }
    let root = width > 0 ? discriminant.squareRoot() : -discriminant.squareRoot()
    let fraction = 1 - (high.slope + root - a) / (high.slope - low.slope + 2 * root)
    return fraction > 0.1 && fraction < 0.9 ? low.length + fraction * width : middle
  }
}
