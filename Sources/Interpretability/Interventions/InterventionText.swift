public import Networks
internal import PINN
public import RunStore

/// An intervention as it is written on a command line.
///
/// `layer1` or `layer1.neuron5` says where; what follows depends on the verb: `layer1.neuron5=0.3` sets
/// or scales, `layer1:direction.npy=2` adds a multiple of a vector (one weight a neuron, in a file).
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
  /// - Returns: The change.
  /// - Throws: ``InterventionError`` or ``ExtractionError`` for what makes no sense, or the `StoreFailure`
  ///   of a direction's file.
  public static func intervention(
    _ text: String, by verb: Verb, in study: InterventionStudy
  ) throws -> Intervention {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map(String.init)
    let amount = parts.count > 1 ? parts[1] : nil
    func number() throws(InterventionError) -> Double {
      guard let value = amount.flatMap(Double.init), value.isFinite else {
        throw .noAmount(text, verb: verb, example: "\(parts[0])=0.5")
      }
      return value
    }
    switch verb {
    case .zero, .mean, .set, .scale, .clamp:
      let place = try Place(parts[0], in: study.solution)
      switch verb {
      case .scale:
        let factor = try number()
        return .scale(place.each { _ in factor }, at: place.site)
      case .clamp:
        let bounds = (amount ?? "").split(separator: ":").compactMap { Double($0) }
        guard bounds.count == 2, bounds[0] <= bounds[1] else {
          throw InterventionError.noAmount(text, verb: verb, example: "\(parts[0])=-0.5:0.5")
        }
        return .clamp(place.each { _ in bounds[0]...bounds[1] }, at: place.site)
      case .set:
        let value = try number()
        return .set(place.each { _ in value }, at: place.site)
      default:
        let held = study.means(of: place.site, by: verb == .mean ? .mean : .zero)
        return .set(place.each { held[$0] }, at: place.site)
      }
    case .add, .remove:
      guard let colon = parts[0].firstIndex(of: ":") else {
        throw InterventionError.noDirection(text)
      }
      let place = try Place(String(parts[0][..<colon]), in: study.solution)
      let file = String(parts[0][parts[0].index(after: colon)...])
      let weights = try Table(contentsOf: file).columns.last ?? []
      guard weights.count == place.site.units else {
        throw DistillationError.badDirection(
          path: file, found: weights.count, expected: place.site.units)
      }
      guard weights.contains(where: { $0 != 0 }) else {
        throw InterventionError.zeroDirection(path: file)
      }
      if verb == .remove { return .set(direction: weights, at: place.site) }
      let factor = try number()
      return .add(weights.map { factor * $0 }, at: place.site)
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
    }
  }
}
