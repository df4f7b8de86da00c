internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The identification of the constants of one formula, step by step.
struct ConstantIdentification {
  /// The formula with all constants fitted that are not identified.
  private(set) var fit: ConstantFit

  /// The numbers of the formula, in the order of its nodes.
  private(set) var constants: [IdentifiedEquation.Constant]

  private let evidence: Evidence
  private let table: SearchTable

  /// The loss before anything was identified.
  private let startLoss: Double

  /// The part of it that errors of the data explain.
  private let noise: Double

  /// The forms found so far, by constant.
  private var forms: [ClosedForm?]
  private var dropped = 0

  /// Prepares for a fitted formula.
  init(_ fit: ConstantFit, evidence: Evidence, table: SearchTable) {
    self.fit = fit
    self.evidence = evidence
    self.table = table
    startLoss = fit.loss
    noise = fit.noise
    constants = Self.constants(of: fit, evidence)
    forms = constants.map { _ in nil }
  }

  private static func constants(
    of fit: ConstantFit, _ evidence: Evidence
  ) -> [IdentifiedEquation.Constant] {
    let errors = evidence.standardErrors(of: fit)
    return fit.expression.constants.enumerated().map { index, value in
      // What no fit touched is what it says.
      let form = fit.expression.isFixed(index) ? Expression(value) : nil
      return IdentifiedEquation.Constant(
        value: value, standardError: errors[index], form: form)
    }
  }

  /// Identifies what can be identified.
  mutating func run(_ candidates: SnapCandidates) {
    var refused: Set<Proposal> = []
    while let proposal = proposals(candidates).filter({ !refused.contains($0) }).min(by: <) {
      if !accept(proposal) { refused.insert(proposal) }
    }
    if !isComplete { identifyTogether(candidates) }
  }

  /// Whether all numbers are identified or were never in doubt.
  var isComplete: Bool {
    forms.indices.allSatisfy { forms[$0] != nil || fit.expression.isFixed($0) }
  }

  /// The bits that it takes to state the formula, its constants and what it misses by.
  var descriptionLength: Double {
    let errors = evidence.standardErrors(of: fit)
    let numbers = forms.indices.reduce(0.0) { sum, index in
      if let form = forms[index] { return sum + Double(form.bits) }
      if fit.expression.isFixed(index) { return sum + 2 }
      let size = fit.expression.constants[index].magnitude
      let precision = errors[index].map { log2(max(2, size / max($0, size * 1e-15))) } ?? 50
      return sum + precision + 2
    }
    let rise = evidence.rise(from: startLoss, to: fit.loss, noise: noise)
    return numbers + rise / (2 * M_LN2) + 2 * Double(fit.expression.complexity)
  }

  // MARK: All at once

  /// Puts forms in the place of all constants that are left, if together they pass.
  ///
  /// Constants that move together are each uncertain, although hardly any *pair* of values fits: the
  /// precision of all, `½ log₂ det(JᵀJ/σ²)`, exceeds the sum of those of each. And at the edge of a
  /// root's domain fits get stuck short of constants that are better.
  private mutating func identifyTogether(_ candidates: SnapCandidates) {
    let open = forms.indices.filter { forms[$0] == nil && !fit.expression.isFixed($0) }
    guard !open.isEmpty, open.count <= 6 else { return }
    let values = fit.expression.constants
    let errors = evidence.standardErrors(of: fit)
    let roles = fit.expression.constantRoles
    let chosen = open.compactMap { index -> ClosedForm? in
      // A tenth is as far as a stuck fit is trusted to be off.
      let error = errors[index] ?? 0.03 * values[index].magnitude
      return candidates.plainest(
        near: values[index], standardError: max(error, 0.03 * values[index].magnitude),
        trusted: error, role: roles[index])
    }
    guard chosen.count == open.count else { return }
    let trial = zip(open, chosen).reduce(fit.expression) { formula, pair in
      formula.fixingConstant(pair.0, at: pair.1.value)
    }
    guard let refit = try? ConstantFit(refining: trial, to: table) else { return }
    let rise = evidence.rise(from: fit.loss, to: refit.loss, noise: noise)
    let cost = chosen.reduce(rise / (2 * M_LN2)) {
      $0 + Double($1.bits) + SnapCandidates.margin(of: $1)
    }
    let isBetter = refit.loss <= fit.loss
    let isBelievable = jointPrecision(open).map { cost <= $0 } ?? false
    guard isBetter || (isBelievable && isWithinNoise(refit.loss, steps: open.count)) else { return }
    for (index, form) in zip(open, chosen) {
      forms[index] = form
      constants[index].form = form.expression
    }
    fit = refit
  }

  /// The bits that it takes to state some constants together as exactly as they are known.
  private func jointPrecision(_ indices: [Int]) -> Double? {
    guard let inverse = fit.inverseGram, let total = evidence.total(of: fit) else { return nil }
    var covariance = Matrix<Double>(rows: indices.count, columns: indices.count)
    let values = indices.map { fit.expression.constants[$0].magnitude }
    guard values.allSatisfy({ $0 > 0 }) else { return nil }
    for (i, row) in indices.enumerated() {
      for (j, column) in indices.enumerated() {
        covariance[i, j] = total * inverse[row, column] / (values[i] * values[j])
      }
    }
    guard let factor = try? Cholesky(covariance) else { return nil }
    return indices.indices.reduce(0) { $0 - log2(factor.factor[$1, $1]) }
  }

  // MARK: Steps

  private struct Proposal: Hashable, Comparable {
    var index: Int
    var form: ClosedForm
    /// The bits of the form and of its misfit: what is plainest goes first.
    var bits: Double

    static func == (a: Proposal, b: Proposal) -> Bool {
      a.index == b.index && a.form.value == b.form.value
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(index)
      hasher.combine(form.value)
    }

    static func < (a: Proposal, b: Proposal) -> Bool { (a.bits, a.index) < (b.bits, b.index) }
  }

  private func proposals(_ candidates: SnapCandidates) -> [Proposal] {
    let values = fit.expression.constants
    let errors = evidence.standardErrors(of: fit)
    let roles = fit.expression.constantRoles
    return values.indices.compactMap { index in
      guard forms[index] == nil, !fit.expression.isFixed(index), let error = errors[index],
        let form = candidates.match(
          values[index], standardError: error, role: roles[index],
          caution: evidence.teacherLoss > 0 ? 2 : 0)
      else { return nil }
      let bits = SnapCandidates.bits(form, values[index], max(error, values[index].ulp))
      return Proposal(index: index, form: form, bits: bits)
    }
  }

  /// Puts a form in place, fits the other constants again and looks at the loss.
  private mutating func accept(_ proposal: Proposal) -> Bool {
    let trial = fit.expression.fixingConstant(proposal.index, at: proposal.form.value)
    let isZero = proposal.form.value == 0
    let refit = try? ConstantFit(refining: isZero ? trial.tidied() : trial, to: table)
    guard let refit, isWithinNoise(refit.loss) else { return false }
    if isZero {
      dropTerm(refit)
    } else {
      forms[proposal.index] = proposal.form
      constants[proposal.index].form = proposal.form.expression
      fit = refit
    }
    return true
  }

  /// Whether the loss rose no more than noise explains, by this step and by all together.
  ///
  /// With the right forms χ² rises by one for each, on average; √2 is its standard deviation.
  private func isWithinNoise(_ loss: Double, steps: Int = 1) -> Bool {
    let step = evidence.rise(from: fit.loss, to: loss, noise: noise)
    let total = evidence.rise(from: startLoss, to: loss, noise: noise)
    let count = Double(forms.filter { $0 != nil }.count + dropped + steps)
    let widest = SnapCandidates.widestMiss
    return step <= widest * widest * Double(steps)
      && total <= count + 4 * (2 * count).squareRoot() + 2
  }

  /// Goes on without a term, whose inner constants are gone with it.
  private mutating func dropTerm(_ refit: ConstantFit) {
    dropped += 1
    var known: [Double: ClosedForm] = [:]
    for (value, form) in zip(fit.expression.constants, forms) {
      if let form { known[value] = form }
    }
    fit = refit
    constants = Self.constants(of: refit, evidence)
    forms = refit.expression.constants.indices.map { index in
      refit.expression.isFixed(index) ? known[refit.expression.constants[index]] : nil
    }
    for (index, form) in forms.enumerated() {
      if let form { constants[index].form = form.expression }
    }
  }
}
