public import RunStore
public import Symbolic
internal import Tensors

/// What is known of each feature of a dictionary: how often it is active, what it goes with, and the
/// equation of its activation.
public struct FeatureTable: Sendable {
  /// One feature.
  public struct Row: Sendable {
    /// The feature's index.
    public let feature: Int

    /// The share of samples on which it is active.
    public let density: Double

    /// Its mean where it is active; nil where that is not known.
    public let mean: Double?

    /// The physical field that it goes with best, and Pearson's r.
    public let field: (name: String, r: Double)?

    /// What becomes of the solution without it.
    public let footprint: AblationFootprint?

    /// The equation of its activation, with R² and size; nil unless one was looked for and found.
    public let label: Label?
  }

  /// A feature's equation.
  public struct Label: Sendable {
    /// The activation as a formula of the inputs.
    public let equation: Expression

    /// R² over the samples of the search.
    public let r2: Double

    /// The formula's size.
    public let complexity: Int

    /// Gathers a label.
    ///
    /// - Parameters:
    ///   - equation: The activation as a formula of the inputs.
    ///   - r2: R² over the samples of the search.
    ///   - complexity: The formula's size.
    public init(equation: Expression, r2: Double, complexity: Int) {
      self.equation = equation
      self.r2 = r2
      self.complexity = complexity
    }
  }

  /// The features, those that are active most often first.
  public let rows: [Row]

  /// Gathers what is known.
  ///
  /// - Parameters:
  ///   - report: What was measured.
  ///   - labels: Equations by feature.
  public init(_ report: SparseAutoencoderStudy.Report, labels: [Int: Label] = [:]) {
    let (densities, features) = (report.metrics.densities, report.features)
    rows = densities.indices.map { feature in
      let active = (0..<features.rows).lazy.map { Double(features[$0, feature]) }.filter { $0 != 0 }
      return Row(
        feature: feature, density: densities[feature], mean: Statistics.mean(Array(active)),
        field: report.figures.flatMap { $0.correlation.strongest(feature) }.map {
          ($0.field, $0.r)
        },
        footprint: report.figures?.footprints[feature], label: labels[feature])
    }.sorted { ($1.density, $0.feature) < ($0.density, $1.feature) }
  }

  /// The table as `features.csv`.
  public var csv: CSVDocument {
    var document = CSVDocument(header: [
      "feature", "density", "mean", "field", "correlation", "change", "concentration", "equation",
      "r2",
      "complexity",
    ])
    for row in rows {
      document.append([
        .integer(row.feature), .number(row.density), row.mean.map { .number($0) } ?? .empty,
        row.field.map { .text($0.name) } ?? .empty, row.field.map { .number($0.r) } ?? .empty,
        row.footprint.map { .number($0.change) } ?? .empty,
        row.footprint.flatMap(\.concentration).map { .number($0) } ?? .empty,
        row.label.map { .text($0.equation.description) } ?? .empty,
        row.label.map { .number($0.r2) } ?? .empty,
        row.label.map { .integer($0.complexity) } ?? .empty,
      ])
    }
    return document
  }
}
