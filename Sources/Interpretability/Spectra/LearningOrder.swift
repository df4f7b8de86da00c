public import PINN
internal import Tensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The order in which frequencies are learned: as the tangent kernel at the initial weights predicts it,
/// and as training shows it.
public struct LearningOrder: Sendable, Equatable, Codable {
  /// One entry for each frequency that the true solution has.
  public let frequencies: [Entry]

  /// The largest eigenvalues of the solution's tangent kernel at the initial weights.
  public let eigenvalues: [Double]

  /// The mean frequency of each of their eigenvectors.
  public let eigenvectorFrequencies: [Double?]

  /// The share of the initial error's square in the first ten eigenvectors.
  public let alignment: Double?

  /// Spearman's correlation of the frequencies with the steps at which they are learned: positive where
  /// low frequencies are learned first, *spectral bias*.
  public let bias: Double?

  /// Spearman's correlation of the loss's prediction with the steps.
  public let agreement: Double?

  /// Spearman's correlation of the prediction for a fit to values with the steps.
  public let fitAgreement: Double?

  /// What multiplying the first layer's weights is predicted to do, and does where it was tried.
  public internal(set) var rescalings: [FirstLayerRescaling]

  /// One frequency.
  public struct Entry: Sendable, Equatable, Codable {
    /// In periods along the domain.
    public let frequency: Int

    /// The step at which it is learned; nil if it is not.
    public let step: Int?

    /// The time at which gradient flow of the loss is predicted to learn it, in units of the inverse of
    /// the kernel's largest rate; nil if it is not.
    public let predicted: Double?

    /// The same of a fit to values.
    public let fitPredicted: Double?
  }

  /// Predicts and compares.
  ///
  /// - Parameters:
  ///   - spectrum: The error's spectrum over training.
  ///   - solution: The network at the end.
  ///   - snapshots: Its weights over training, from the initial ones on.
  ///   - recipe: The recipe that it was trained by.
  ///   - factors: What the first layer's weights are multiplied by.
  ///   - threads: Number of threads; no result depends on it.
  /// - Throws: ``SpectrumError``, or what compiling and decomposing throw.
  public init(
    _ spectrum: TrainingSpectrum, _ solution: TrainedNetwork, _ snapshots: WeightSnapshots,
    trainedBy recipe: Recipe, factors: [Double] = FirstLayerRescaling.factors,
    threads: Int
  ) throws {
    let problem = recipe.problem
    let grid = try SpectrumGrid(problem, rows: 400)
    let start = try solution.at(snapshots.snapshots[0])
    let truth =
      try grid.exact(of: problem) ?? grid.solution(solution, in: problem, threads: threads)
    let kernel = try TangentKernel(of: start, trainedBy: recipe, on: grid, threads: threads)
    let wanted = spectrum.frequencies.filter { $0 < grid.frequencyCount }
    let flow = Self.times(wanted, truth, on: grid) { kernel.trained(for: $0) }
    let fit = Self.times(wanted, truth, on: grid) { kernel.fitted(to: truth, for: $0) }
    frequencies = wanted.enumerated().map { index, frequency in
      Entry(
        frequency: frequency, step: spectrum.learned(frequency), predicted: flow[index],
        fitPredicted: fit[index])
    }
    let shown = min(24, kernel.eigenvalues.count)
    eigenvalues = Array(kernel.eigenvalues.prefix(shown))
    eigenvectorFrequencies = (0..<shown).map { index in
      FieldSpectrum(
        of: Array(kernel.eigenvectors.row(index).prefix(truth.count)), shape: grid.shape
      )?.meanFrequency
    }
    alignment = kernel.alignment(with: truth, count: 10)
    let steps = frequencies.map { $0.step.map { Double($0) } ?? .infinity }
    bias = RankCorrelation.spearman(wanted.map { Double($0) }, steps)
    agreement = RankCorrelation.spearman(flow.map { $0 ?? .infinity }, steps)
    fitAgreement = RankCorrelation.spearman(fit.map { $0 ?? .infinity }, steps)
    rescalings = try factors.map { factor in
      let rescaled = start.rescalingFirstLayer(by: factor)
      let kernel = try TangentKernel(of: rescaled, trainedBy: recipe, on: grid, threads: threads)
      let layers = try LayerSpectrum.spectra(
        of: rescaled, solving: problem, rows: 1024, threads: threads)
      return FirstLayerRescaling(
        factor: factor,
        layerFrequencies: layers.filter { $0.neuron == nil }.map(\.meanFrequency),
        predicted: Self.times(wanted, truth, on: grid) { kernel.trained(for: $0) },
        fitPredicted: Self.times(wanted, truth, on: grid) { kernel.fitted(to: truth, for: $0) })
    }
  }

  /// The times from which on errors stay below a tenth of the true solution.
  private static func times(
    _ frequencies: [Int], _ truth: [Double], on grid: SpectrumGrid, _ flow: (Double) -> [Double]
  ) -> [Double?] {
    let count = grid.frequencyCount
    let limits = grid.amplitudes(truth, count: count).map { TrainingSpectrum.threshold * $0 }
    // Four times a decade, to where rounding of the kernel ends all predictions.
    let moments = (-4...56).map { pow(10, Double($0) / 4) }
    let errors = moments.map { time in
      grid.amplitudes(zip(flow(time), truth).map { $0 - $1 }, count: count)
    }
    return frequencies.map { frequency in
      guard let last = errors.lastIndex(where: { !($0[frequency] <= limits[frequency]) }) else {
        return moments[0]
      }
      return last + 1 < moments.count ? moments[last + 1] : nil
    }
  }
}
