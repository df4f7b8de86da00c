public import ArgumentParser
public import Limbeck

extension TablePart: ExpressibleByArgument {}
