internal import CVectorMath
internal import Tensors

/// The kernels over sparse codes for this processor's instructions.
let sparseKernels: limbeck_sparse_f32 = available(
  limbeck_sparse_f32_at(Int32(InstructionSet.current.rawValue)))

/// The kernels for products of packed matrices.
let panelKernels: limbeck_panels_f32 = available(
  limbeck_panels_f32_at(Int32(InstructionSet.current.rawValue)))

private let projections: limbeck_projections_f32 = available(
  limbeck_projections_f32_at(Int32(InstructionSet.current.rawValue)))

/// A level that InstructionSet offers has all tables, so a missing one is a mistake of this package.
private func available<Table>(_ table: UnsafePointer<Table>?) -> Table {
  guard let table else { preconditionFailure("the kernels lack an instruction set they promised") }
  return table.pointee
}

/// `x · y`, accumulated in Double from block to block.
func innerProduct(
  _ x: UnsafePointer<Float>, _ y: UnsafePointer<Float>, count: Int
) -> Double {
  projections.dot(x, y, count)
}

/// The width of a row whose tail is padded with zeros, as the kernels want it.
func paddedWidth(_ width: Int) -> Int {
  let multiple = Int(LIMBECK_BLOCK_MULTIPLE)
  return (width + multiple - 1) / multiple * multiple
}
