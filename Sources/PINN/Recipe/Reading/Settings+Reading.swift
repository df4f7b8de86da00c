import Networks
import Tensors

/// The limits of sizes in recipes: far beyond use, short of exhausting the machine.
private enum Limit {
  static let points = 1...10_000_000
  static let layers = 64
  static let steps = 1...1_000_000_000
  static let features = 1...10_000_000
  static let validation = 2...10_000
}

extension TrainingSettings {
  init(reading node: RecipeNode) throws(RecipeError) {
    let section = try node.section([
      "optimizer", "points", "time", "steps", "seed", "precision", "learning_rate",
      "weight_decay", "condition_weight", "patience", "target", "validation", "resample",
      "weights", "march",
    ])
    self.init()
    if let value = section["optimizer"] {
      optimizer = try OptimizerPlan.read(value, steps: Limit.steps)
    }
    if let value = section["points"] { try readPoints(value) }
    steps = try section["steps"]?.integer(Limit.steps)
    // A budget of steps alone is meant to be repeatable, so that no clock may cut it short.
    if steps != nil { time = nil }
    if let value = section["time"] { time = try value.positiveNumber() }
    if let value = section["seed"] { seed = try value.integer(0...Int.max) }
    if let value = section["precision"] { precision = try value.choice(of: Precision.self) }
    if let value = section["learning_rate"] {
      learningRate = try LearningRate(
        reading: value, steps: Limit.steps, lasting: optimizer?.firstOrderSteps ?? steps)
    }
    if let value = section["weight_decay"] { weightDecay = try value.positiveNumber() }
    if let value = section["condition_weight"] { conditionWeight = try value.positiveNumber() }
    patience = try section["patience"]?.integer(Limit.steps)
    target = try section["target"]?.positiveNumber()
    if let value = section["validation"] { validation = try value.integer(Limit.validation) }
    resample = try section["resample"]?.integer(Limit.steps)
    weights = try section["weights"].map { (node) throws(RecipeError) in
      try LossWeights(reading: node)
    }
    march = try section["march"]?.integer(Limit.steps)
    // Points that move do so when they are drawn anew.
    if resample == nil && (refinement != nil || march != nil) { resample = Self.defaultResample }
  }

  private mutating func readPoints(_ node: RecipeNode) throws(RecipeError) {
    let section = try node.section(["interior", "conditions", "sampler", "refine"])
    if let value = section["interior"] { interiorPoints = try value.integer(Limit.points) }
    if let value = section["conditions"] { conditionPoints = try value.integer(Limit.points) }
    if let value = section["sampler"] { sampler = try value.choice(of: PointSampler.self) }
    refinement = try section["refine"]?.choice(of: PointRefinement.self)
  }
}

extension LossWeights {
  init(reading node: RecipeNode) throws(RecipeError) {
    guard node.isMap else {
      self.init(try node.choice(of: Method.self))
      return
    }
    let section = try node.section(["method", "every", "causality"])
    self.init(try section.required("method").choice(of: Method.self))
    if let value = section["every"] { interval = try value.integer(Limit.steps) }
    if let value = section["causality"] { causality = try value.positiveNumber() }
  }
}

extension DistillationSettings {
  init(reading node: RecipeNode) throws(RecipeError) {
    let section = try node.section([
      "grammar", "time", "evaluations", "rows", "target", "residual_weight",
    ])
    self.init()
    if let value = section["grammar"] { grammar = try value.text() }
    evaluations = try section["evaluations"]?.integer(1...Int.max)
    if evaluations != nil { time = nil }
    if let value = section["time"] { time = try value.positiveNumber() }
    if let value = section["rows"] { rows = try value.integer(2...Limit.points.upperBound) }
    target = try section["target"]?.text()
    if let value = section["residual_weight"] { residualWeight = try value.nonNegativeNumber() }
  }
}

extension SparseAutoencoderSettings {
  init(reading node: RecipeNode) throws(RecipeError) {
    let section = try node.section(["layer", "variant", "features", "k", "epochs"])
    self.init()
    if let value = section["layer"] {
      layer = try value.text() == "last" ? .last : .index(try value.integer(0...Limit.layers))
    }
    if let value = section["variant"] { variant = try value.choice(of: Variant.self) }
    if let value = section["features"] { features = try value.integer(Limit.features) }
    if let value = section["k"] {
      active = try value.integer(1...max(1, features - 1))
    } else {
      active = min(active, max(1, features / 2))
    }
    epochs = try section["epochs"]?.integer(Limit.steps)
  }
}

extension ProbeSettings {
  init(reading node: RecipeNode) throws(RecipeError) {
    let section = try node.section(["targets", "kind"])
    self.init()
    if let value = section["targets"] {
      for target in try value.list(of: "targets", limit: 1000) {
        targets.append(try target.text())
      }
    }
    if let value = section["kind"] { kind = try value.choice(of: Kind.self) }
  }
}
