public import Networks
public import PINN

/// Shifts of inputs and paths of neurons as they are written on a command line.
public enum PatchText {
  /// Reads a shift: `x=0.1,t=-0.2`; variables that are not named stay.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - problem: The problem, for the names of variables.
  /// - Returns: One number for each variable.
  /// - Throws: ``PatchError/noShift(_:variables:)``.
  public static func shift(_ text: String, in problem: Problem) throws(PatchError) -> [Double] {
    let names = problem.variables.map(\.name)
    var shift = names.map { _ in 0.0 }
    for part in text.split(separator: ",") {
      let sides = part.split(separator: "=").map { $0.filter { !$0.isWhitespace } }
      guard sides.count == 2, let variable = names.firstIndex(of: sides[0]),
        let step = Double(sides[1]), step.isFinite
      else { throw .noShift(text, variables: names) }
      shift[variable] = step
    }
    return shift
  }

  /// Reads a path: `layer0.neuron3,layer1.neuron5`.
  ///
  /// - Parameters:
  ///   - text: The text.
  ///   - solution: The network.
  /// - Returns: The neurons.
  /// - Throws: ``PatchError/noPath(_:)`` or ``ExtractionError`` for a layer that there is not.
  public static func path(
    _ text: String, in solution: TrainedNetwork
  ) throws -> [(site: ActivationSite, unit: Int)] {
    let order = solution.network.sites.map(\.name)
    var path: [(site: ActivationSite, unit: Int)] = []
    for part in text.split(separator: ",") {
      let sides = part.split(separator: ".").map { $0.filter { !$0.isWhitespace } }
      guard sides.count == 2, sides[1].hasPrefix("neuron"), let unit = Int(sides[1].dropFirst(6))
      else { throw PatchError.noPath(text) }
      let site = try solution.sites(named: [sides[0]])[0]
      let place = order.firstIndex(of: site.name) ?? -1
      let last = path.last.flatMap { order.firstIndex(of: $0.site.name) } ?? -1
      guard (0..<site.units).contains(unit), place > last else { throw PatchError.noPath(text) }
      path.append((site, unit))
    }
    guard !path.isEmpty else { throw PatchError.noPath(text) }
    return path
  }
}
