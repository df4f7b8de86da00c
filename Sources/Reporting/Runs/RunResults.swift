public import RunStore

/// What a run directory holds for figures and a report, and what only the problem's owner can add.
public struct RunResults: Sendable {
  /// The run directory as the user named it.
  public let path: String

  /// What made the run, if it was completed.
  public let manifest: Manifest?

  /// The recipe with every default filled in, if the run has one.
  public let recipe: String?

  /// Whether the run holds a trained network.
  public let hasNetwork: Bool

  /// How the training went, if there was one.
  public let history: TrainingHistory?

  /// The equations found, if any.
  public let front: EquationFront?

  /// What linear probes read from the layers, if they were asked.
  public let probes: ProbeResults?

  /// What layers were taken apart into, one entry for each layer.
  public var features: [SparseFeatures]

  /// The part of the network that does what the whole network does, if it was looked for.
  public let circuit: CircuitResults?

  /// The error's spectrum over training, if weights were kept and it was measured.
  public let learning: SpectrumHistory?

  /// The tangent kernel's eigenvalues at the initial weights, if they were computed.
  public let kernel: KernelSpectrum?

  /// What was solved.
  public var problem: ProblemStatement?

  /// The unknowns on grids.
  public var fields: [SampledField] = []

  /// What the neurons of a layer do over the domain.
  public var activations: FieldMaps?

  /// What each unknown loses without each neuron of that layer.
  public var ablations: [FieldMaps] = []

  /// The spectra of the solution, of its error and of that layer's neurons.
  public var spectra: [SpectrumFigure.Panel] = []

  /// Reads a run; what is not there is nil.
  ///
  /// - Parameter directory: The run.
  /// - Throws: ``ReportingError`` for a file that is there and cannot be used.
  public init(_ directory: RunDirectory) throws(ReportingError) {
    path = directory.path
    recipe = try Self.read(.recipe, of: directory).map { String(decoding: $0, as: UTF8.self) }
    hasNetwork = directory.contains(.model)
    history = try Self.read(.history, of: directory).map { bytes throws(ReportingError) in
      try TrainingHistory(parsing: bytes, path: Self.name(.history, of: directory))
    }
    front = try Self.read(.equations(.json), of: directory).map { bytes throws(ReportingError) in
      try EquationFront(parsing: bytes, path: Self.name(.equations(.json), of: directory))
    }
    probes = try Self.read(.probes(.csv), of: directory).map { bytes throws(ReportingError) in
      try ProbeResults(parsing: bytes, path: Self.name(.probes(.csv), of: directory))
    }
    circuit = try Self.read(.study(.circuit, .json), of: directory).map {
      summary throws(ReportingError) in
      try CircuitResults(
        parsing: summary,
        edges: try Self.read(.study(.circuitEdges, .csv), of: directory) ?? [],
        path: directory.path)
    }
    learning = try Self.read(.study(.spectrumTraining, .csv), of: directory).map {
      bytes throws(ReportingError) in
      try SpectrumHistory(
        parsing: bytes, path: Self.name(.study(.spectrumTraining, .csv), of: directory))
    }
    kernel = try Self.read(.study(.spectrum, .json), of: directory).flatMap {
      bytes throws(ReportingError) in
      try KernelSpectrum(
        parsing: bytes, path: Self.name(.study(.spectrum, .json), of: directory))
    }
    var features: [SparseFeatures] = []
    for site in directory.sparseAutoencoderSites {
      guard let table = try Self.read(.sparseAutoencoder(site: site, .features), of: directory)
      else { continue }
      features.append(
        try SparseFeatures(
          site: site, parsing: table,
          metrics: try Self.read(.sparseAutoencoder(site: site, .metrics), of: directory),
          path: "\(directory.path)/sae/\(site)"))
    }
    self.features = features
    guard directory.contains(.manifest) else {
      manifest = nil
      return
    }
    do {
      manifest = try directory.manifest()
    } catch {
      throw .malformed(
        path: Self.name(.manifest, of: directory), detail: "not a valid manifest")
    }
  }

  private static func read(
    _ file: RunFile, of directory: RunDirectory
  ) throws(ReportingError) -> [UInt8]? {
    guard directory.contains(file) else { return nil }
    do {
      return try directory.read(file)
    } catch {
      throw .file(error)
    }
  }

  private static func name(_ file: RunFile, of directory: RunDirectory) -> String {
    "\(directory.path)/\(file.relativePath)"
  }
}
