public import ArgumentParser
public import Limbeck

extension ModelSelection: ExpressibleByArgument {}
