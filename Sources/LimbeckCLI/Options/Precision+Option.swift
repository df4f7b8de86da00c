public import ArgumentParser
public import Limbeck

extension ActivationExtraction.Precision: ExpressibleByArgument {}
