public import ArgumentParser
public import Limbeck

extension ImageFormat: ExpressibleByArgument {}

extension Theme: ExpressibleByArgument {}
