public import Networks
public import PINN
public import RunStore
internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Takes activations out of a trained network and writes them, with physical fields beside them, to a file.
///
/// Points are taken block by block, so that memory does not grow with their number.
///
/// ```swift
/// let points = try SamplePoints(gridOf: problem, side: 100, threads: 2)
/// let extraction = try ActivationExtraction(
///   solution, problem: problem, sites: solution.network.sites, points: points, threads: 2)
/// try extraction.write(to: "activations.h5", modelChecksum: checksum)
/// ```
public struct ActivationExtraction: Sendable {
  /// The points.
  public let points: SamplePoints

  /// The sites.
  public let sites: [ActivationSite]

  /// The numbers that activations are stored as; coordinates and fields are always 64-bit.
  public var precision = Precision.single

  private let solution: TrainedNetwork
  private let layers: SiteActivations
  private let fields: FieldValues

  /// The number types of stored activations.
  public enum Precision: String, Sendable, CaseIterable {
    /// 32 bits.
    case single

    /// 64 bits.
    case double
  }

  /// Plans an extraction.
  ///
  /// - Parameters:
  ///   - solution: The network.
  ///   - problem: The problem that it was trained on, its parameters those that were found.
  ///   - sites: Some of the network's sites and of its weighted sums.
  ///   - points: The points.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: `ProgramError` if a formula of the problem cannot be compiled.
  public init(
    _ solution: TrainedNetwork, problem: Problem, sites: [ActivationSite], points: SamplePoints,
    threads: Int
  ) throws {
    self.solution = solution
    self.sites = sites
    self.points = points
    layers = SiteActivations(solution, sites: sites, threads: threads)
    fields = try FieldValues(problem, threads: threads)
  }

  /// Writes the file.
  ///
  /// - Parameters:
  ///   - path: The destination; its directory must exist.
  ///   - modelChecksum: The SHA-256 checksum of the network's file.
  ///   - shouldStop: Asked after each block with the number of points that are done; true gives the file
  ///     up.
  /// - Returns: What was written; nil if it was given up, and then nothing was.
  /// - Throws: `FileError` if the file cannot be written.
  public func write(
    to path: String, modelChecksum: String, shouldStop: (Int) -> Bool = { _ in false }
  ) throws(FileError) -> ActivationSummary? {
    let layerArrays = sites.map {
      ActivationArray(
        name: $0.name, content: .layer(width: $0.units), units: "1",
        source: $0.name.hasSuffix(".pre")
          ? "weighted sums before the activation" : "activations of the network")
    }
    let fieldArrays = fields.fields.map {
      ActivationArray(
        name: $0.name, content: .field, units: $0.units, source: "network: \($0.meaning)")
    }
    let exactArrays = fields.exactFields.map {
      ActivationArray(
        name: $0.name, content: .exactField, units: $0.units,
        source: "exact solution: \($0.meaning)")
    }
    let arrays = layerArrays + fieldArrays + exactArrays
    let writer = try ActivationWriter(
      replacing: path, samples: points.count, arrays: arrays,
      provenance: ActivationProvenance(
        variables: solution.variables, points: points.description, modelChecksum: modelChecksum,
        version: limbeckVersion, instructionSet: InstructionSet.current.name),
      layerType: precision == .single ? .float32 : .float64)
    var summary = ActivationSummary(points: points, variables: solution.variables, arrays: arrays)
    for index in 0..<points.blockCount {
      let rows = points.rows(ofBlock: index)
      guard !rows.isEmpty else { continue }
      let block = points.block(index)
      try writer.write(
        coordinates: rows.indices.flatMap { i in block.map { $0[i - rows.lowerBound] } },
        from: rows.lowerBound)
      let values =
        layers.values(at: block) + fields.values(of: solution, at: block)
        + fields.exactValues(at: block)
      for (array, values) in zip(arrays.indices, values) {
        try writer.write(values, to: arrays[array], from: rows.lowerBound)
        summary.add(values, to: array)
      }
      if shouldStop(rows.upperBound) { return nil }
    }
    try writer.finish()
    return summary
  }
}
