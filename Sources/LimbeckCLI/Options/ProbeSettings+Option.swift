public import ArgumentParser
public import Limbeck

extension ProbeSettings.Kind: ExpressibleByArgument {}
