public import Networks
public import PINN
public import RunStore

/// An intervention as it is written on a command line.
///
/// `layer1` or `layer1.neuron5` says where; what follows depends on the verb: `layer1.neuron5=0.3` sets
/// or scales, `layer1:direction.npy=2` adds a multiple of a vector (one weight a neuron, in a file).
/// `sae.layer1.feature5` is a feature of the layer's sparse autoencoder: its part of the activations is
/// taken out, held or scaled, or they are steered along its direction.
public enum InterventionText {
  /// The things that can be done to activations.
  public enum Verb: String, Sendable, CaseIterable {
    /// Hold at zero.
    case zero

    /// Hold at the mean over the points.
    case mean

    /// Hold at a value.
    case set

    /// Multiply.
    case scale

    /// Add a multiple of a direction.
    case add

    /// Take a direction out.
    case remove

    /// Keep between bounds, `lower:upper`.
    case clamp
  }

  /// Reads an intervention.
  ///
  /// - Parameters:
  ///   - text: Where, and how much.
  ///   - verb: What is done.
  ///   - study: The network, and the means of its activations.
  ///   - autoencoders: The directory with a folder for each layer's sparse autoencoder, if there is one.
  /// - Returns: The changes, in their order.
  /// - Throws: ``InterventionError``, ``DistillationError`` or ``ExtractionError`` for what makes no sense,
  ///   or the `StoreFailure` of the file of a direction or an autoencoder.
  public static func interventions(
    _ text: String, by verb: Verb, in study: InterventionStudy, autoencoders: String? = nil
  ) throws -> [Intervention] {
    let words = Words(text, verb)
    guard words.place.hasPrefix("sae.") else { return [try intervention(words, in: study)] }
    let feature = try StoredFeature(words.place, in: study.solution, autoencoders: autoencoders)
    switch verb {
    case .zero: return feature.held(at: 0)
    case .mean:
      let means = study.means(of: feature.autoencoder, at: feature.site)
      return feature.held(at: means[feature.index])
    case .set: return feature.held(at: try words.number())
    case .scale: return feature.scaled(by: try words.number())
    case .add: return feature.added(try words.number())
    case .remove:
      guard let removal = feature.directionRemoved else {
        throw InterventionError.zeroDirection(path: words.place)
      }
      return [removal]
    case .clamp: throw InterventionError.noBounds(feature: words.place)
    }
  }

  /// Reads what takes its activations from other points: a layer, a neuron or a feature.
  ///
  /// - Parameters:
  ///   - text: Where.
  ///   - solution: The network.
  ///   - autoencoders: The directory with a folder for each layer's sparse autoencoder, if there is one.
  /// - Returns: The units or the feature.
  /// - Throws: As ``interventions(_:by:in:autoencoders:)``.
  public static func resampling(
    _ text: String, in solution: TrainedNetwork, autoencoders: String? = nil
  ) throws -> Resampling {
    if text.hasPrefix("sae.") {
      let feature = try StoredFeature(text, in: solution, autoencoders: autoencoders)
      return Resampling(
        features: [feature.index], of: feature.autoencoder, at: feature.site)
    }
    let place = try Place(text, in: solution)
    return Resampling(units: Array(place.units), at: place.site)
  }

  private static func intervention(
    _ words: Words, in study: InterventionStudy
  ) throws -> Intervention {
    switch words.verb {
    case .zero, .mean, .set, .scale, .clamp:
      let place = try Place(words.place, in: study.solution)
      switch words.verb {
      case .scale:
        let factor = try words.number()
        return .scale(place.each { _ in factor }, at: place.site)
      case .clamp:
        let bounds = (words.amount ?? "").split(separator: ":").compactMap { Double($0) }
        guard bounds.count == 2, bounds[0] <= bounds[1] else {
          throw words.noAmount(example: "-0.5:0.5")
        }
        return .clamp(place.each { _ in bounds[0]...bounds[1] }, at: place.site)
      case .set:
        let value = try words.number()
        return .set(place.each { _ in value }, at: place.site)
      default:
        let held = study.means(of: place.site, by: words.verb == .mean ? .mean : .zero)
        return .set(place.each { held[$0] }, at: place.site)
      }
    case .add, .remove:
      let name = words.place
      guard let colon = name.firstIndex(of: ":") else {
        throw InterventionError.noDirection(words.text)
      }
      let place = try Place(String(name[..<colon]), in: study.solution)
      let file = String(name[name.index(after: colon)...])
      let weights = try Table(contentsOf: file).columns.last ?? []
      guard weights.count == place.site.units else {
        throw DistillationError.badDirection(
          path: file, found: weights.count, expected: place.site.units)
      }
      guard weights.contains(where: { $0 != 0 }) else {
        throw InterventionError.zeroDirection(path: file)
      }
      if words.verb == .remove { return .set(direction: weights, at: place.site) }
      let factor = try words.number()
      return .add(weights.map { factor * $0 }, at: place.site)
    }
  }

  /// What stands before and behind the equals sign.
  private struct Words {
    let text: String
    let verb: Verb
    let place: String
    let amount: String?

    init(_ text: String, _ verb: Verb) {
      self.text = text
      self.verb = verb
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      place = String(parts[0])
      amount = parts.count > 1 ? String(parts[1]) : nil
    }

    func number() throws(InterventionError) -> Double {
      guard let value = amount.flatMap(Double.init), value.isFinite else {
        throw noAmount(example: "0.5")
      }
      return value
    }

    func noAmount(example: String) -> InterventionError {
      .noAmount(text, verb: verb, example: "\(place)=\(example)")
    }
  }

  /// A site or one of its units.
  private struct Place {
    let site: ActivationSite
    let units: Range<Int>

    init(_ text: String, in solution: TrainedNetwork) throws {
      let parts = text.split(separator: ".", maxSplits: 1).map(String.init)
      let sites = try solution.sites(named: [parts.first ?? text])
      site = sites[0]
      guard parts.count > 1 else {
        units = 0..<site.units
        return
      }
      let digits = parts[1].hasPrefix("neuron") ? String(parts[1].dropFirst(6)) : ""
      guard let unit = Int(digits), (0..<site.units).contains(unit) else {
        throw DistillationError.noNeuron(text, layer: site.name, neurons: site.units)
      }
      units = unit..<unit + 1
    }

    /// Something for each of the units.
    func each<Value>(_ value: (Int) -> Value) -> [Int: Value] {
      Dictionary(uniqueKeysWithValues: units.map { ($0, value($0)) })
    }
  }
}

/// Why an intervention makes no sense.
public enum InterventionError: StoreFailure, Equatable {
  /// A number is missing or is none.
  case noAmount(String, verb: InterventionText.Verb, example: String)

  /// A direction's file is missing.
  case noDirection(String)

  /// A direction is zero.
  case zeroDirection(path: String)

  /// A feature is to be kept between bounds.
  case noBounds(feature: String)

  /// The kind of failure, for an exit code.
  public var kind: FailureKind { .malformed }

  /// One sentence that says what was found, what was expected and what to do.
  public var description: String {
    switch self {
    case .noAmount(let text, let verb, let example):
      "'--\(verb.rawValue) \(text)' says no finite number; write it like \(example)"
    case .noDirection(let text):
      "'\(text)' names no direction; write LAYER:FILE with one weight a neuron in the file"
    case .zeroDirection(let path):
      "every weight in \(path) is zero; a direction needs one that is not"
    case .noBounds(let feature):
      "'\(feature)' cannot be clamped; a feature can be set, scaled, added, resampled or taken out, "
        + "and neurons clamped"
    }
  }
}
