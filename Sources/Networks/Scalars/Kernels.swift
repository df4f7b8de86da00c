internal import Tensors

/// The instruction set whose kernels are used.
let kernelLevel = Int32(InstructionSet.current.rawValue)

/// A table of kernels that there must be.
///
/// A level that InstructionSet offers has all tables, so a missing one is a mistake of this package.
func bound<Table>(_ table: UnsafePointer<Table>?) -> Table {
  guard let table else { preconditionFailure("the kernels lack an instruction set they promised") }
  return table.pointee
}
