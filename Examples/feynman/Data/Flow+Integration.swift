import Limbeck

extension Flow {
  /// Steps of integration between two observations: the error of the states is far below their
  /// spread, and the rates are computed from the states, so that none enters the law.
  private static let substeps = 20

  /// Follows trajectories, by the classical method of Runge and Kutta.
  ///
  /// - Parameters:
  ///   - symbols: The names of the variables.
  ///   - start: Their first values; shape `[variables][trajectories]`.
  /// - Returns: The values at the times 0, step, 2·step, …, the end excluded; one trajectory after the
  ///   other, shape `[variables][rows]`.
  /// - Throws: `ProgramError` if a rate of change is absurdly long.
  func observe(_ symbols: [Symbol], from start: [[Double]]) throws(ProgramError) -> [[Double]] {
    var programs: [Program] = []
    for rate in rates { programs.append(try Program(rate, inputs: symbols)) }
    let samples = Int((duration / step).rounded())
    let h = step / Double(Self.substeps)
    var state = start
    var observed: [[[Double]]] = [state]
    for _ in 1..<max(2, samples) {
      for _ in 0..<Self.substeps {
        let k1 = programs.map { $0.evaluate(state) }
        let k2 = programs.map { $0.evaluate(state.advanced(by: h / 2, along: k1)) }
        let k3 = programs.map { $0.evaluate(state.advanced(by: h / 2, along: k2)) }
        let k4 = programs.map { $0.evaluate(state.advanced(by: h, along: k3)) }
        state = state.advanced(by: h / 6, along: k1).advanced(by: h / 3, along: k2)
          .advanced(by: h / 3, along: k3).advanced(by: h / 6, along: k4)
      }
      observed.append(state)
    }
    return symbols.indices.map { variable in
      (0..<count).flatMap { trajectory in observed.map { $0[variable][trajectory] } }
    }
  }
}

extension [[Double]] {
  /// Each element plus a multiple of another array's.
  fileprivate func advanced(by step: Double, along rates: [[Double]]) -> [[Double]] {
    zip(self, rates).map { zip($0, $1).map { $0 + step * $1 } }
  }
}
