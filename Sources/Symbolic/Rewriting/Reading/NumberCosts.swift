/// What numbers cost to read: measured ones less where they may stand for a closed form.
///
/// `1.41·√(0.5·x² + 0.5·y²)` and `√(0.99·x² + 1.01·y²)` have as many measured numbers; known to a few
/// per cent, the latter's are worth more.
final class NumberCosts {
  private let forms: SnapCandidates?
  private let relativeError: Double
  private var known: [Coefficient: Int] = [:]

  /// Measured numbers are all alike.
  init() {
    forms = nil
    relativeError = 0
  }

  /// Measured numbers are known to a relative error and may stand for closed forms.
  init(forms: SnapCandidates, relativeError: Double) {
    self.forms = forms
    self.relativeError = relativeError
  }

  /// The cost of a number.
  func callAsFunction(_ number: Coefficient) -> Int {
    guard let forms, !number.isExact else { return ReadingCost.number(number) }
    if let cost = known[number] { return cost }
    let form = forms.match(
      number.value, standardError: relativeError * number.value.magnitude)
    let cost = form.map { min($0.bits, ReadingCost.node) } ?? ReadingCost.number(number)
    known[number] = cost
    return cost
  }
}
