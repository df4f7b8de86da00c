public import Networks
internal import PINN
public import RunStore
internal import Tensors

/// What interventions change, point by point: the unknowns and residuals over the domain and where conditions
/// hold, and there the conditions' errors.
public struct EffectFields: Sendable, Equatable {
  /// The names of the coordinates.
  public let variables: [String]

  /// The points over the domain, then those of each condition; one array for each variable.
  public let points: [[Double]]

  /// For each point 0 of the domain, or the condition's number from 1 on.
  public let conditions: [Int]

  /// The fields: `u`, …, `residual1`, …, and `error`, that of the point's condition, zero where there is none.
  public let fields: [Field]

  /// A quantity before and after the interventions.
  public struct Field: Sendable, Equatable {
    /// The name.
    public let name: String

    /// What it is for the network as it is.
    public let before: [Double]

    /// What it is for the changed network.
    public let after: [Double]

    /// What the interventions do.
    public var change: [Double] { zip(after, before).map { $0 - $1 } }
  }

  /// `x,…,condition,u,u_changed,u_change,…`: a row for each point.
  public var csv: CSVDocument {
    var document = CSVDocument(header: variables + ["condition"] + columns.map(\.name))
    let columns = columns.map(\.values)
    for row in conditions.indices {
      document.append(
        points.map { .number($0[row]) } + [.integer(conditions[row])]
          + columns.map { .number($0[row]) })
    }
    return document
  }

  /// Writes an HDF5 file in the layout of activations, with fields alone.
  ///
  /// - Parameters:
  ///   - path: The destination; its directory must exist.
  ///   - modelChecksum: The SHA-256 checksum of the network's file.
  /// - Throws: `FileError` if the file cannot be written.
  public func writeHDF5(to path: String, modelChecksum: String) throws(FileError) {
    let all = [(name: "condition", values: conditions.map(Double.init))] + columns
    let arrays = all.map {
      ActivationArray(
        name: $0.name, content: .field, units: "1", source: "effect of interventions")
    }
    let writer = try ActivationWriter(
      replacing: path, samples: conditions.count, arrays: arrays,
      provenance: ActivationProvenance(
        variables: variables, points: "grid and conditions", modelChecksum: modelChecksum,
        version: limbeckVersion, instructionSet: InstructionSet.current.name))
    try writer.write(
      coordinates: conditions.indices.flatMap { row in points.map { $0[row] } }, from: 0)
    for (array, column) in zip(arrays, all) { try writer.write(column.values, to: array, from: 0) }
    try writer.finish()
  }

  private var columns: [(name: String, values: [Double])] {
    fields.flatMap { field in
      [
        (field.name, field.before), ("\(field.name)_changed", field.after),
        ("\(field.name)_change", field.change),
      ]
    }
  }
}

extension InterventionStudy {
  /// What changes do that happen together, point by point.
  ///
  /// - Parameters:
  ///   - interventions: The changes.
  ///   - resamplings: What takes its activations from other points.
  ///   - seed: What fixes the draws of points.
  /// - Returns: The fields whose norms ``effect(of:resampling:seed:named:)`` measures.
  public func fields(
    of interventions: [Intervention], resampling resamplings: [Resampling] = [], seed: UInt64 = 0
  ) -> EffectFields {
    let network = solution.network.intervened(interventions)
    let patches = patches(of: resamplings)
    func values(
      _ measures: [EffectMeasure], _ network: Network, _ patches: [SitePatch], from first: Int
    )
      -> [[[Double]]]
    {
      measures.enumerated().map { place, measure in
        measure.values(
          of: network, replacing: patches, by: draws(seed, for: first + place), threads: threads)
      }
    }
    /// All fields at all points.
    func all(_ network: Network, _ patches: [SitePatch]) -> [[Double]] {
      let inside = values([measures[0]] + places, network, patches, from: 0)
      let errors = values(Array(measures.dropFirst()), network, patches, from: 1)
      let zeros = [Double](repeating: 0, count: points[0].count)
      return inside[0].indices.map { field in inside.flatMap { $0[field] } }
        + [zeros + errors.flatMap { $0[0] }]
    }
    let names = solution.unknowns + (0..<equations).map { "residual\($0 + 1)" } + ["error"]
    let (before, after) = (all(solution.network, []), all(network, patches))
    let parts = [measures[0]] + places
    return EffectFields(
      variables: solution.variables,
      points: solution.variables.indices.map { axis in
        parts.flatMap { $0.formulas.coordinates(along: axis) }
      },
      conditions: parts.enumerated().flatMap { index, part in
        Array(repeating: index, count: part.formulas.pointCount)
      },
      fields: names.indices.map { index in
        EffectFields.Field(name: names[index], before: before[index], after: after[index])
      })
  }
}
