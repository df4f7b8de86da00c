@_exported public import Interpretability
@_exported public import Networks
@_exported public import PINN
@_exported public import Reporting
@_exported public import RunStore
@_exported public import Symbolic
@_exported public import Tensors
