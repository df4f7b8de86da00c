import Networks
import PINN
import Testing

@Suite("Plans of optimisers")
struct OptimizerPlanTests {
  /// The training of the heat recipe with other settings.
  private func training(_ settings: String) throws -> TrainingSettings {
    try Recipe(parsing: text(settings)).training
  }

  private func text(_ settings: String) -> String {
    heatRecipe.replacing("training: {time: 10}", with: "training: {\(settings)}")
  }

  @Test func `a plan is read as it is written`() throws {
    #expect(try training("time: 1").optimizer == nil)
    #expect(try training("optimizer: auto").optimizer == nil)
    #expect(try training("optimizer: ssbroyden").optimizer == OptimizerPlan(.selfScaledBroyden))
    let plan = OptimizerPlan([
      .init(.adam, steps: 500), .init(.soap, steps: 1_000), .init(.lbfgs, steps: 7),
    ])
    #expect(try training("optimizer: adam 500 then soap 1_000  then lbfgs 7").optimizer == plan)
    #expect(plan.description == "adam 500 then soap 1000 then lbfgs 7")
    let recipe = try Recipe(parsing: text("optimizer: adam 500 then lm"))
    #expect(try Recipe(parsing: recipe.yaml) == recipe)
  }

  @Test(arguments: [
    (
      "adm", "training.optimizer is 'adm'; did you mean 'adam'?"
    ),
    (
      "newton",
      "training.optimizer is 'newton'; known are lm, adam, soap, lbfgs, ssbroyden, auto"
    ),
    (
      "adam then lm",
      "training.optimizer is 'adam then lm', expected a number of steps for each method but the "
        + "last, such as 'adam 500 then lm'"
    ),
    (
      "adam 500 lm",
      "training.optimizer is 'adam 500 lm', expected a method such as 'lm', or several as in "
        + "'adam 500 then lm'"
    ),
    (
      "adam 500 then",
      "training.optimizer is 'adam 500 then', expected a method such as 'lm', or several as in "
        + "'adam 500 then lm'"
    ),
    (
      "adam 0 then lm",
      "training.optimizer is 'adam 0 then lm', expected a positive number of steps behind 'adam', "
        + "such as 'adam 500'"
    ),
  ])
  func `what is no plan is refused`(plan: String, reason: String) {
    #expect(sentence(text("optimizer: \(plan)")) == "12: \(reason)")
  }

  @Test func `learning rates are read as they are written`() throws {
    #expect(try training("time: 1").learningRate == LearningRate(1e-3))
    #expect(
      try training("learning_rate: {start: 0.01, warmup: 10}").learningRate
        == LearningRate(0.01, warmup: 10))
    #expect(
      try training("learning_rate: {decay: exponential, factor: 0.5, every: 200}").learningRate
        == LearningRate(1e-3, decay: .exponential(factor: 0.5, interval: 200)))
    let cosine = "learning_rate: {start: 0.01, warmup: 100, decay: cosine, end: 1e-6}"
    // As long as the stage lasts.
    #expect(
      try training("optimizer: soap 500 then lm, \(cosine)").learningRate
        == LearningRate(0.01, warmup: 100, decay: .cosine(end: 1e-6, steps: 400)))
    #expect(
      try training("optimizer: adam, steps: 300, \(cosine)").learningRate
        == LearningRate(0.01, warmup: 100, decay: .cosine(end: 1e-6, steps: 200)))
    let recipes = [
      "optimizer: adam 500 then lm, \(cosine)", "weight_decay: 0.1",
      "learning_rate: {decay: exponential}", "learning_rate: {warmup: 5}",
    ]
    for settings in recipes {
      let recipe = try Recipe(parsing: text(settings))
      #expect(try Recipe(parsing: recipe.yaml) == recipe)
    }
  }

  @Test func `what is no learning rate is refused`() {
    #expect(
      sentence(text("learning_rate: {decay: cosine}"))
        == "12: training.learning_rate needs the key 'steps'; add 'steps:' to it")
    #expect(
      sentence(text("learning_rate: {every: 5}"))
        == "12: training.learning_rate.every is '5', expected nothing: "
        + "it belongs to 'decay: exponential'")
  }

  @Test func `small networks get a second-order method, large ones need gradients only`() {
    func plan(_ p: Int, _ n: Int, _ precision: TrainingSettings.Precision = .double) -> String {
      OptimizerPlan.automatic(parameters: p, residuals: n, precision: precision).description
    }
    #expect(plan(353, 2600) == "lm")
    // Few residuals make large networks affordable.
    #expect(plan(12_737, 500) == "lm")
    #expect(plan(12_737, 2000) == "soap 300 then lm")
    #expect(plan(353, 2600, .single) == "soap")
    #expect(plan(4000, 50_000) == "soap 1000 then ssbroyden")
    #expect(plan(200_000, 50_000) == "soap 1000 then lbfgs")
  }

  @Test func `a chosen plan has a reason, a stated one has none`() throws {
    func reason(_ settings: String) throws -> String? {
      try Trainer(try Recipe(parsing: text(settings)), threads: 1).planReason
    }
    #expect(try reason("time: 1") == "second-order steps are cheap at this size")
    #expect(
      try reason("precision: single") == "single precision is too short for second-order steps")
    #expect(try reason("optimizer: lm") == nil)
  }
}
