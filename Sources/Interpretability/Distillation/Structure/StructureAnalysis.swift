public import Symbolic

/// The structures that a field was asked for, and what follows for a search of formulas.
///
/// All tests are relations between the field and its derivatives at the same points. Additive and
/// multiplicative separability and generalised symmetry after Udrescu & Tegmark (2020),
/// [doi:10.1126/sciadv.aay2631](https://doi.org/10.1126/sciadv.aay2631), and Udrescu et al. (2020),
/// [doi:10.48550/arXiv.2006.10782](https://doi.org/10.48550/arXiv.2006.10782), there by finite
/// displacements of a network's inputs; here derivatives are exact, and the relations hold numbers
/// (a speed, an exponent, a rate) that come out of the test.
public struct StructureAnalysis: Sendable, Equatable, Codable {
  /// Every test that was made.
  public let tests: [StructureTest]

  /// The structures that hold, those that say most first.
  public var structures: [FieldStructure] {
    tests.filter { $0.verdict == .holds }.map(\.structure)
  }

  /// Variables in which the field is simpler, as formulas of the original ones, each once.
  public var derivedVariables: [Expression] {
    var result: [Expression] = []
    for variable in structures.flatMap(\.derivedVariables) where !result.contains(variable) {
      result.append(variable)
    }
    return result
  }

  /// Tests a field at some points.
  ///
  /// - Parameters:
  ///   - field: The field.
  ///   - points: Coordinates, one array for each variable; a few hundred points say enough.
  ///   - candidates: Closed forms for the numbers of a structure: one that lies within the error
  ///     takes the number's place.
  public init(
    of field: some DifferentiableField, at points: [[Double]],
    candidates: SnapCandidates = SnapCandidates(parameters: [:])
  ) {
    let tester = StructureTester(
      names: field.variables.map(\.name), sample: field.sample(at: points), candidates: candidates)
    tests = tester.tests()
  }
}
