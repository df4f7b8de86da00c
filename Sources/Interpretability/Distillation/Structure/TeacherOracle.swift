package import Symbolic
internal import Tensors

/// A teacher that is asked where formulas disagree.
///
/// Formulas of different meaning can have the same values on a grid, which says nothing of what is between
/// its points. A teacher can be asked anywhere: it is, where the formulas contradict each other most.
public struct TeacherOracle: Sendable {
  private let teacher: any DifferentiableField
  private let points: [[Double]]

  /// The part of the points, and so of the domain, where the teacher is asked.
  private static let share = 1.0 / 16

  /// The squared relative difference that rounding makes between equal formulas.
  private static let rounding = 1e-24

  /// Takes a teacher.
  ///
  /// - Parameters:
  ///   - teacher: The teacher.
  ///   - points: Coordinates at which formulas are compared, one array for each variable, spread evenly
  ///     over the domain; some thousands leave little room between them.
  public init(_ teacher: any DifferentiableField, at points: [[Double]]) {
    precondition(teacher.variables.count == points.count, "each variable has its coordinates")
    self.teacher = teacher
    self.points = points
  }

  /// The rows of a table together with the disputed ones.
  ///
  /// Points rank by the largest `(fᵢ − fⱼ)² / (Lᵢ + Lⱼ)` over pairs of formulas: formulas that the table's
  /// rows describe are no farther apart than their losses L. The disputed rows weigh as much as the
  /// part of the domain that they stand for, so that losses remain means over the domain.
  ///
  /// - Parameters:
  ///   - formulas: Formulas over the teacher's variables.
  ///   - losses: Their mean squared residuals on the table.
  ///   - table: The values of the teacher that the formulas were fitted to.
  /// - Returns: nil if there is nothing to disagree about.
  package func confirmation(
    of formulas: [Expression], losses: [Double], on table: SearchTable
  ) -> RowConfirmation? {
    let count = Int(Self.share * Double(points[0].count))
    guard formulas.count > 1, count > 0 else { return nil }
    let disputes = disputes(
      between: formulas, losses: losses,
      rounding: Self.rounding * (Statistics.variance(table.target) ?? 0))
    let disputed = disputes.indices.sorted { (-disputes[$0], $0) < (-disputes[$1], $1) }
      .prefix(count)
    let answers = teacher.sample(at: points.map { column in disputed.map { column[$0] } })
    let weights = table.weights ?? table.target.map { _ in 1 }
    let weight = Self.share / (1 - Self.share) * Statistics.sum(weights) / Double(count)
    return RowConfirmation(
      variables: table.variables, columns: zip(table.columns, answers.points).map { $0 + $1 },
      target: table.target + answers.value.values, weights: weights + disputed.map { _ in weight })
  }

  /// How much formulas contradict each other at each point, in terms of their losses.
  private func disputes(
    between formulas: [Expression], losses: [Double], rounding: Double
  ) -> [Double] {
    let values = formulas.map { formula in
      (try? Program(formula, inputs: teacher.variables))?.evaluate(points)
        ?? points[0].map { _ in .nan }
    }
    var disputes = points[0].map { _ in 0.0 }
    for j in values.indices {
      for i in 0..<j {
        let expected = losses[i] + losses[j] + rounding
        for p in disputes.indices {
          let difference = values[i][p] - values[j][p]
          // Where a formula has no value, it is wrong.
          let dispute = difference.isFinite ? difference * difference / expected : .infinity
          disputes[p] = max(disputes[p], dispute)
        }
      }
    }
    return disputes
  }
}
