public import ArgumentParser
public import Limbeck

extension CircuitObjective: ExpressibleByArgument {}
extension LayeredGraph.Substitute: ExpressibleByArgument {}
