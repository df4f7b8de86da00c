import Networks
import RunStore
import Symbolic
import Tensors

extension Recipe {
  /// The recipe as YAML with every default filled in; reads back as an equal recipe.
  ///
  /// Functions that the recipe defined are written out where they were called.
  /// Settings that are off (`nil`) are left out. Numbers print with the fewest digits that read
  /// back as the same value.
  public var yaml: String {
    var sections = ["problem:\n" + problem.yaml, "network: " + network.yaml]
    sections.append("training: " + training.yaml)
    if let distillation { sections.append("distill: " + distillation.yaml) }
    if let sparseAutoencoder { sections.append("sae: " + sparseAutoencoder.yaml) }
    if let probe { sections.append("probe: " + probe.yaml) }
    return sections.joined(separator: "\n") + "\n"
  }

  /// The recipe with paths of tables that mean the same wherever the recipe is copied.
  func resolvingFiles(relativeTo path: String) -> Recipe {
    let recipePath = FileSystem.absolutePath(path)
    let folder = recipePath[...(recipePath.lastIndex(of: "/") ?? recipePath.startIndex)]
    func resolved(_ file: String) -> String { file.hasPrefix("/") ? file : folder + file }
    var recipe = self
    if let data = problem.data { recipe.problem.data?.file = resolved(data.file) }
    recipe.problem.reference = problem.reference.map(resolved)
    return recipe
  }
}

/// A text in quotes: every JSON string is a YAML string.
private func quoted(_ text: String) -> String { JSONValue.string(text).text() }

/// A map on one line.
private func flow(_ pairs: [(key: String, value: String?)]) -> String {
  let present = pairs.compactMap { pair in pair.value.map { "\(pair.key): \($0)" } }
  return "{" + present.joined(separator: ", ") + "}"
}

/// A list on one line.
private func flow(_ items: [String]) -> String {
  "[" + items.joined(separator: ", ") + "]"
}

extension Problem {
  fileprivate var yaml: String {
    var lines: [String] = []
    let intervals = variables.map { ($0.name, flow([$0.lower.description, $0.upper.description])) }
    lines.append("variables: " + flow(intervals))
    if let domain { lines.append("domain: " + domain.yaml(problem: self)) }
    lines.append("unknowns: " + flow(unknowns))
    if !parameters.isEmpty {
      lines.append("parameters: " + flow(parameters.map { ($0.name, $0.yaml) }))
    }
    if !equations.isEmpty { lines.append("equations:") }
    lines += equations.map { "  - " + quoted($0.description) }
    if !conditions.isEmpty { lines.append("conditions:") }
    lines += conditions.map { "  - " + $0.yaml(variables) }
    if transform.contains(where: { $0 != nil }) {
      let formulas = zip(unknowns, transform).map { ($0, $1.map { quoted($0.description) }) }
      lines.append("transform: " + flow(formulas))
    }
    if let data {
      let split = data.split.map { flow([$0.training, $0.validation, $0.test].map(\.description)) }
      lines.append(
        "data: "
          + flow([
            ("file", quoted(data.file)), ("weight", data.weight.description),
            ("classes", data.classes.map(quoted)), ("split", split),
          ]))
    }
    let solutions = zip(unknowns, exact).map { ($0, $1.map { quoted($0.description) }) }
    if exact.contains(where: { $0 != nil }) { lines.append("exact: " + flow(solutions)) }
    if let reference { lines.append("reference: " + quoted(reference)) }
    if let imported { lines.append("imported: " + quoted(imported)) }
    return lines.map { "  " + $0 }.joined(separator: "\n")
  }
}

extension Condition {
  fileprivate func yaml(_ variables: [Problem.Variable]) -> String {
    func text(_ fixed: [FixedVariable]) -> [String] {
      fixed.map { "\(variables[$0.variable].name) = \($0.value)" }
    }
    let parts =
      text(location)
      + ranges.map { "\($0.lower) < \(variables[$0.variable].name) < \($0.upper)" }
      + [boundary].compactMap { $0 }
    return flow([
      ("at", quoted(parts.joined(separator: ", "))),
      ("periodic_with", partner.map { quoted(text($0).joined(separator: ", ")) }),
      ("equation", quoted(equation.description)),
      ("weight", weight == 1 ? nil : weight.description),
    ])
  }
}

extension Domain {
  fileprivate func yaml(problem: Problem) -> String {
    let names = variables.map { problem.variables[$0].name }
    func numbers(_ values: [Double]) -> String { flow(values.map(\.description)) }
    func byVariable(_ values: [String]) -> String { flow(zip(names, values).map { ($0, $1) }) }
    let entries: [(String, String?)] = shapes.map { named in
      let shape =
        switch named.shape {
        case .box(let lower, let upper):
          ("box", byVariable(zip(lower, upper).map { numbers([$0, $1]) }))
        case .ball(let center, let radius):
          (
            "ball",
            flow([("center", byVariable(center.map(\.description))), ("radius", "\(radius)")])
          )
        case .annulus(let center, let inner, let outer):
          (
            "annulus",
            flow([
              ("center", byVariable(center.map(\.description))),
              ("radii", numbers([inner, outer])),
            ])
          )
        case .polygon(let vertices):
          ("polygon", byVariable((0..<2).map { i in numbers(vertices.map { $0[i] }) }))
        }
      return (named.name, flow([shape]))
    }
    return flow(entries + [("shape", quoted(formula.description))])
  }
}

extension Problem.Parameter {
  fileprivate var yaml: String {
    isTrainable
      ? flow([("value", value.description), ("trainable", "true")]) : value.description
  }
}

extension NetworkSettings {
  fileprivate var yaml: String {
    let names = activations.map(\.rawValue)
    let widths = sigmas.map(\.description)
    let values: [(option: NetworkOption, value: String?)] = [
      (.activation, names.count == 1 ? names[0] : flow(names)),
      (.features, features?.description),
      (.sigma, widths.count == 1 ? widths[0] : flow(widths)),
      (.omega, omega.description), (.tokens, tokens.description),
    ]
    let own = values.filter { kind.options.contains($0.option) }
    let harmonics = periodic.map { ($0.variable, Optional($0.count.description)) }
    return flow(
      [("kind", kind.rawValue), ("hidden", flow(hidden.map(\.description)))]
        + own.map { ($0.option.rawValue, $0.value) } + [
          ("factorized", isFactorized ? "true" : nil),
          ("periodic", harmonics.isEmpty ? nil : flow(harmonics)),
        ])
  }
}

extension TrainingSettings {
  fileprivate var yaml: String {
    let points = flow([
      ("interior", interiorPoints.description), ("conditions", conditionPoints.description),
      ("sampler", sampler.rawValue), ("refine", refinement?.rawValue),
    ])
    return flow([
      ("optimizer", optimizer?.description ?? OptimizerPlan.automaticWord), ("points", points),
      ("time", time?.description),
      ("steps", steps?.description), ("seed", seed.description),
      ("precision", precision.rawValue), ("learning_rate", learningRate.yaml),
      ("weight_decay", weightDecay > 0 ? weightDecay.description : nil),
      ("condition_weight", conditionWeight.description), ("patience", patience?.description),
      ("target", target?.description), ("validation", validation.description),
      ("resample", resample?.description), ("weights", weights?.yaml),
      ("march", march?.description),
    ])
  }
}

extension LossWeights {
  fileprivate var yaml: String {
    flow([
      ("method", method.rawValue), ("every", interval.description),
      ("causality", causality.description),
    ])
  }
}

extension LearningRate {
  fileprivate var yaml: String {
    let warmup = warmup > 0 ? warmup.description : nil
    let common = [("start", start.description), ("warmup", warmup)]
    switch decay {
    case .constant: return warmup == nil ? start.description : flow(common)
    case .exponential(let factor, let interval):
      return flow(
        common + [
          ("decay", "exponential"), ("factor", factor.description), ("every", interval.description),
        ])
    case .cosine(let end, let steps):
      return flow(
        common + [("decay", "cosine"), ("end", end.description), ("steps", steps.description)])
    }
  }
}

extension DistillationSettings {
  fileprivate var yaml: String {
    flow([
      ("grammar", quoted(grammar)), ("time", time?.description),
      ("evaluations", evaluations?.description), ("rows", rows.description),
      ("target", target.map(quoted)), ("residual_weight", residualWeight.description),
    ])
  }
}

extension SparseAutoencoderSettings {
  fileprivate var yaml: String {
    flow([
      ("layer", layer.yaml), ("variant", variant.rawValue), ("features", features.description),
      ("k", active.description), ("epochs", epochs?.description),
    ])
  }
}

extension SparseAutoencoderSettings.Layer {
  fileprivate var yaml: String {
    switch self {
    case .last: "last"
    case .index(let index): index.description
    }
  }
}

extension ProbeSettings {
  fileprivate var yaml: String {
    flow([
      ("targets", targets.isEmpty ? nil : flow(targets.map(quoted))), ("kind", kind.rawValue),
    ])
  }
}
