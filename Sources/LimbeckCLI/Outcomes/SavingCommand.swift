import ArgumentParser

/// A command that takes long and keeps what it has when Ctrl-C asks for the end.
///
/// The others write their results at the end, whole or not at all, and can stop at once.
protocol SavingCommand: ParsableCommand {}

extension RunCommand: SavingCommand {}
extension TrainCommand: SavingCommand {}
extension DistillCommand: SavingCommand {}
extension SparseAutoencoderCommand: SavingCommand {}
extension ActivationsCommand: SavingCommand {}
