public import ArgumentParser
public import Limbeck

extension SparseAutoencoderSettings.Variant: ExpressibleByArgument {}
