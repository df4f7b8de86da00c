internal import PINN
public import RunStore
internal import Symbolic

/// In how many of several searches, alike but for their seeds, the same equation was best.
///
/// An equation that every seed ends with does not owe its place to chance.
public struct SeedAgreement: Sendable {
  /// Searches that agree.
  public struct Group: Sendable {
    /// The equation as the first of them has it.
    public let equation: DistilledEquation

    /// Their seeds, in the order of the searches.
    public fileprivate(set) var seeds: [Int]

    /// Whether it is proved to solve the problem.
    public var isProved: Bool { equation.check?.isExactSolution ?? false }
  }

  /// The best equations, those of most seeds first, then in the order of the searches.
  public let groups: [Group]

  /// The number of searches, those that found nothing included.
  public let searchCount: Int

  /// How far two numbers in the same place may be apart, relative to the larger.
  private static let tolerance = 1e-3

  /// Compares searches.
  ///
  /// Two equations are the same if their normal forms are, up to the last digits of numbers that have
  /// no closed form.
  ///
  /// - Parameter distillations: What searches of one table found.
  public init(_ distillations: [Distillation]) {
    var groups: [(form: Expression, group: Group)] = []
    for distillation in distillations {
      guard let equation = distillation.bestEquation else { continue }
      let form = equation.numeric.simplified()
      if let index = groups.firstIndex(where: { $0.form.resembles(form, within: Self.tolerance) }) {
        groups[index].group.seeds.append(distillation.seed)
      } else {
        groups.append((form, Group(equation: equation, seeds: [distillation.seed])))
      }
    }
    let order = groups.indices.sorted {
      (-groups[$0].group.seeds.count, $0) < (-groups[$1].group.seeds.count, $1)
    }
    self.groups = order.map { groups[$0].group }
    searchCount = distillations.count
  }
}

extension SeedAgreement {
  /// The groups as `limbeck distill --seeds … --json` prints them.
  public var json: JSONValue {
    .array(
      groups.map { group in
        .object([
          .init("equation", .string(group.equation.equation.description)),
          .init("sympy", .string(group.equation.numeric.formatted(.sympy))),
          .init("count", .integer(group.seeds.count)),
          .init("seeds", .array(group.seeds.map { .integer($0) })),
          .init("proved", .bool(group.isProved)),
        ])
      })
  }
}
