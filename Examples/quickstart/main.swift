// Finds the closed-form solution of the heat equation: train, search, verify.
//
// swift run -c release quickstart

import Limbeck

let recipe = try Recipe(
  parsing: """
    problem:
      variables: {x: [0, 1], t: [0, 1]}
      unknowns: [u]
      parameters: {alpha: 0.01}
      equations: ["u_t - alpha*u_xx"]
      conditions:
        - {at: "t = 0", equation: "u - sin(pi*x)"}
        - {at: "x = 0", equation: "u"}
        - {at: "x = 1", equation: "u"}
    network: {hidden: [16, 16]}
    training: {steps: 300}
    distill: {grammar: separable, time: 30}
    """)

// 1. A network that solves the equation.
let trainer = try Trainer(recipe)
_ = try trainer.run(report: { record in
  if record.step % 50 == 0 { print("step \(record.step): loss \(record.loss)") }
})

// 2. Equations that compute what the network computes, each put back into the heat equation.
let plan = try DistillationPlan(recipe)
let distillation = try plan.distiller(for: trainer.solution, threads: defaultThreadCount).run()

// 3. The one to believe.
if let best = distillation.bestEquation {
  let isProved = best.check?.isExactSolution ?? false
  print("u = \(best.equation)", isProved ? "solves the problem, proved" : "is a fit")
}
