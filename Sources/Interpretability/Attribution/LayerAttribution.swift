public import Networks
internal import PINN
public import RunStore
internal import Tensors

/// What each neuron of a layer has to do with an unknown, by three measures beside each other.
///
/// A neuron's contributions `c(x)` to an output u are shared out as `cov(c, u) / var(u)`. Directly they
/// are `w a`; integrated gradients from a baseline see the layers behind as well, and sum to
/// `u − u(baseline)`. Ablation says what is lost when the neuron alone is held at its baseline, which
/// others may make up for.
public struct LayerAttribution: Sendable, Equatable, Codable {
  /// The layer.
  public let layer: String

  /// The unknown, as the network puts it out, before any transform.
  public let unknown: String

  /// The neurons, in order.
  public let neurons: [Neuron]

  /// The largest `|Σⱼ cⱼ − (u − u(baseline))|` of integrated gradients.
  public let incompleteness: Double

  /// The root mean square of `u − u(baseline)`, which ``incompleteness`` is to be compared with.
  public let difference: Double

  /// One neuron.
  public struct Neuron: Sendable, Equatable, Codable {
    /// Its index.
    public let neuron: Int

    /// ``DirectContribution/share``; nil but in the last layer.
    public let direct: Double?

    /// Its share of the variance of `u − u(baseline)` by integrated gradients; nil if there is none.
    ///
    /// The shares of a layer that everything passes through sum to 1.
    public let gradient: Double?

    /// The root mean square of its integrated gradient.
    public let size: Double

    /// `‖u' − u‖₂ / ‖u‖₂` when it is held at the baseline.
    public let ablation: Double?
  }

  /// Attributes an unknown to a layer's neurons.
  ///
  /// - Parameters:
  ///   - site: The layer.
  ///   - output: The unknown's index.
  ///   - study: The network and its points.
  ///   - ablation: The baseline of integrated gradients, and what ablated neurons are held at.
  public init(
    of site: ActivationSite, to output: Int, in study: InterventionStudy,
    from ablation: InterventionStudy.Ablation
  ) {
    let solution = study.solution
    layer = site.name
    unknown = solution.unknowns[output]
    let gradients = IntegratedGradients(
      of: solution, output: output, at: site, from: study.means(of: site, by: ablation),
      points: study.points)
    incompleteness = gradients.incompleteness
    difference = Statistics.rootMeanSquare(gradients.differences) ?? 0
    let direct =
      site == solution.network.sites.last
      ? DirectContribution.contributions(
        of: solution, to: output, at: study.points, threads: study.threads) : []
    let effects = study.sweep(site, by: ablation == .mean ? .mean : .zero)
    let sums = (0..<gradients.contributions.rows).map {
      Statistics.sum(gradients.contributions.row($0))
    }
    let mean = Statistics.mean(sums) ?? 0
    let centred = sums.map { $0 - mean }
    func covariance(_ values: [Double]) -> Double {
      Statistics.sum(zip(values, centred).lazy.map { $0 * $1 })
    }
    let variance = covariance(centred)
    neurons = effects.indices.map { unit in
      let contributions = gradients.contributions.column(unit)
      return Neuron(
        neuron: unit, direct: direct.isEmpty ? nil : direct[unit].share,
        gradient: variance > 0 ? covariance(contributions) / variance : nil,
        size: Statistics.rootMeanSquare(contributions) ?? 0,
        ablation: effects[unit].changes[output])
    }
  }

  /// `unknown,layer,neuron,direct,gradient,size,ablation`.
  ///
  /// - Parameter attributions: Layers.
  /// - Returns: A table with a row for each neuron.
  public static func csv(_ attributions: [LayerAttribution]) -> CSVDocument {
    var document = CSVDocument(
      header: ["unknown", "layer", "neuron", "direct", "gradient", "size", "ablation"])
    for layer in attributions {
      for neuron in layer.neurons {
        let numbers = [neuron.direct, neuron.gradient, neuron.size, neuron.ablation]
        document.append(
          [.text(layer.unknown), .text(layer.layer), .integer(neuron.neuron)]
            + numbers.map { $0.map { .number($0) } ?? .empty })
      }
    }
    return document
  }

  /// The attribution as `limbeck patch --attribute --json` prints it.
  public var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .number($0) } ?? .null }
    return .object([
      .init("unknown", .string(unknown)), .init("layer", .string(layer)),
      .init("incompleteness", .number(incompleteness)), .init("difference", .number(difference)),
      .init(
        "neurons",
        .array(
          neurons.map { neuron in
            .object([
              .init("neuron", .integer(neuron.neuron)), .init("direct", number(neuron.direct)),
              .init("gradient", number(neuron.gradient)), .init("size", .number(neuron.size)),
              .init("ablation", number(neuron.ablation)),
            ])
          })),
    ])
  }
}
