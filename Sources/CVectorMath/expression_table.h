// The table of expression kernels for one type and level.

const TYPED(limbeck_expressions) FN(expressions_table) = {
    .evaluate = FN(evaluate),
    .jacobian = FN(jacobian),
    .normal_equations = FN(normal_equations),
    .moments = FN(moments),
    .line_residual = FN(line_residual),
};
