public import ArgumentParser
public import Limbeck

extension InterventionStudy.Ablation: ExpressibleByArgument {}
