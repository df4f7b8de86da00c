#ifndef LIMBECK_EXPRESSION_KERNELS_API_H
#define LIMBECK_EXPRESSION_KERNELS_API_H

#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

/// What an instruction computes from its operands x and y, vectors with one element per row, and
/// its constants c and d.
typedef enum limbeck_operation {
  // Two operands. min, max and comparisons give NaN if either operand is NaN.
  LIMBECK_OP_ADD,
  LIMBECK_OP_SUBTRACT,
  LIMBECK_OP_MULTIPLY,
  LIMBECK_OP_DIVIDE,
  LIMBECK_OP_MINIMUM,
  LIMBECK_OP_MAXIMUM,
  LIMBECK_OP_ATAN2,       // the angle of the point (y, x), as in C
  LIMBECK_OP_HYPOTENUSE,  // sqrt(x^2 + y^2) without overflow on the way
  LIMBECK_OP_MODULO,      // x - y floor(x / y), with the sign of y
  LIMBECK_OP_GREATER,     // 1 if x > y, else 0
  LIMBECK_OP_CONDITIONAL, // y if x > 0, else 0; NaN if x is NaN
  LIMBECK_OP_LOGICAL_OR,  // 1 if x > 0 or y > 0, else 0
  LIMBECK_OP_LOGICAL_AND, // 1 if x > 0 and y > 0, else 0
  LIMBECK_OP_POLYGAMMA,   // the x-th derivative of digamma at y
  LIMBECK_OP_POWER,

  // One operand and constants.
  LIMBECK_OP_ADD_CONSTANT,      // x + c
  LIMBECK_OP_MULTIPLY_CONSTANT, // x c
  LIMBECK_OP_CONSTANT_MINUS,    // c - x
  LIMBECK_OP_CONSTANT_OVER,     // c / x
  LIMBECK_OP_AFFINE,            // x c + d
  LIMBECK_OP_POWER_CONSTANT,    // x^c
  LIMBECK_OP_SIN_SCALED,        // sin(c x)
  LIMBECK_OP_COS_SCALED,        // cos(c x)
  LIMBECK_OP_EXP_SCALED,        // exp(c x)

  // One operand. The vector functions, with their errors; but sin and cos in single precision are off
  // by up to 2.2 units in the last place where there is a fused multiply-add.
  LIMBECK_OP_COPY,
  LIMBECK_OP_NEGATE,
  LIMBECK_OP_RECIPROCAL,
  LIMBECK_OP_SQUARE,
  LIMBECK_OP_CUBE,
  LIMBECK_OP_SQUARE_ROOT,
  LIMBECK_OP_ABSOLUTE,
  LIMBECK_OP_SIGN,    // -1, 0 or 1
  LIMBECK_OP_RELU,    // max(x, 0)
  LIMBECK_OP_STEP,    // 1 if x > 0, else 0; NaN if x is NaN
  LIMBECK_OP_FLOOR,
  LIMBECK_OP_CEILING,
  LIMBECK_OP_ROUND,   // halves to the even neighbour
  LIMBECK_OP_EXP,
  LIMBECK_OP_LOG,
  LIMBECK_OP_SIN,
  LIMBECK_OP_COS,
  LIMBECK_OP_TANH,
  LIMBECK_OP_TAN,
  LIMBECK_OP_ASIN,
  LIMBECK_OP_ACOS,
  LIMBECK_OP_ATAN,
  LIMBECK_OP_SINH,
  LIMBECK_OP_COSH,
  LIMBECK_OP_ERF,
  LIMBECK_OP_LOG2,
  LIMBECK_OP_LOG10,
  LIMBECK_OP_LOG1P,
  LIMBECK_OP_EXPM1,
  LIMBECK_OP_ASINH,
  LIMBECK_OP_ACOSH,
  LIMBECK_OP_ATANH,

  // One operand. The C library's functions of the element type, one row at a time: slow. So are
  // those of two operands from atan2 to modulo.
  LIMBECK_OP_CUBE_ROOT,
  LIMBECK_OP_ERFC,

  // One operand. Special functions, in double precision whatever the element type: slowest.
  LIMBECK_OP_GAMMA,
  LIMBECK_OP_LOG_GAMMA, // log |gamma(x)|
  LIMBECK_OP_DIGAMMA,
  LIMBECK_OP_BESSEL_J0,
  LIMBECK_OP_BESSEL_J1,
  LIMBECK_OP_BESSEL_Y0,
  LIMBECK_OP_BESSEL_Y1,

  // No operand: c in every row.
  LIMBECK_OP_FILL,
} limbeck_operation;

/// One step of a straight-line program over columns of data.
///
/// An operand k >= 0 is slot k, an operand k < 0 is column ~k. Unused operands and constants may
/// hold anything. The value of the program is what its last instruction computes.
typedef struct limbeck_instruction_f32 {
  /// A `limbeck_operation`.
  uint16_t operation;
  /// The slot that receives the result; may be one of the operands.
  uint16_t destination;
  int32_t a, b;
  /// Which parameters c and d are, for derivatives: index, or -1 for a fixed constant.
  int16_t c_parameter, d_parameter;
  float c, d;
} limbeck_instruction_f32;

/// The double-precision twin of `limbeck_instruction_f32`.
typedef struct limbeck_instruction_f64 {
  uint16_t operation;
  uint16_t destination;
  int32_t a, b;
  int16_t c_parameter, d_parameter;
  double c, d;
} limbeck_instruction_f64;

/// Rows worked on at a time; a few slots of them fit the first-level cache.
enum { LIMBECK_BLOCK_F32 = 1024, LIMBECK_BLOCK_F64 = 256 };

/// Limits of the programs that derivatives are taken of.
enum { LIMBECK_MAX_INSTRUCTIONS = 1024, LIMBECK_MAX_PARAMETERS = 128 };

/// Elements of scratch that `evaluate` needs for a program whose slots are 0 ..< slots.
static inline size_t limbeck_evaluation_scratch(size_t slots, size_t block) {
  return slots * block;
}

/// Elements of scratch that the derivatives of a program of `count` instructions need.
static inline size_t limbeck_derivative_scratch(size_t count, size_t parameters, size_t block) {
  return (2 * count + parameters + 5) * block;
}

/// Means of two variables and sums of the products of their deviations from them, in double
/// precision whatever the data: the least-squares line y = mean_y + (sxy / sxx) (x - mean_x).
typedef struct limbeck_moments {
  double mean_x, mean_y, sxx, sxy, syy;
} limbeck_moments;

/// Block interpreter for compiled expressions, and what fitting them needs.
///
/// Columns, targets and results have any number of rows and any alignment; nothing is read past
/// their ends. `block` is a positive multiple of 16. A row's bits depend on its data and the level
/// alone.
///
/// The derivatives want programs in single-assignment form: instruction k writes slot k, whatever
/// its `destination` says, and reads slots below k. Slots and parameters may be used many times.
typedef struct limbeck_expressions_f32 {
  /// result[row] = the program's value. `result` may not overlap a column.
  void (*_Nonnull evaluate)(const limbeck_instruction_f32 *code, size_t count,
                            const float *_Nonnull const *_Nullable columns, size_t rows,
                            size_t block, float *scratch, float *result);

  /// Also jacobian[p][row] = derivative of the program's value with respect to parameter p, by
  /// reverse accumulation.
  void (*_Nonnull jacobian)(const limbeck_instruction_f32 *code, size_t count, size_t parameters,
                            const float *_Nonnull const *_Nullable columns, size_t rows,
                            size_t block, float *scratch, float *result,
                            float *_Nonnull const *_Nullable jacobian);

  /// With residuals r = target - value, Jacobian J of the value and weights W (1 if NULL):
  /// the Gram matrix Jᵀ W J [parameters, parameters], the descent Jᵀ W r [parameters] and the
  /// return value rᵀ W r. Sums run in the element type within a block and in double from block to
  /// block, in a fixed order.
  double (*_Nonnull normal_equations)(const limbeck_instruction_f32 *code, size_t count,
                                      size_t parameters,
                                      const float *_Nonnull const *_Nullable columns,
                                      const float *targets, const float *_Nullable weights,
                                      size_t rows, size_t block, float *scratch,
                                      double *_Nullable gram, double *_Nullable descent);

  /// Moments of two columns, in one pass about their first row.
  limbeck_moments (*_Nonnull moments)(const float *x, const float *y, size_t rows);

  /// Sum of (y - intercept - slope x)², in double: the check on what moments promise where x is
  /// nearly constant.
  double (*_Nonnull line_residual)(const float *x, const float *y, size_t rows, double intercept,
                                   double slope);
} limbeck_expressions_f32;

/// The double-precision twin of `limbeck_expressions_f32`.
typedef struct limbeck_expressions_f64 {
  void (*_Nonnull evaluate)(const limbeck_instruction_f64 *code, size_t count,
                            const double *_Nonnull const *_Nullable columns, size_t rows,
                            size_t block, double *scratch, double *result);
  void (*_Nonnull jacobian)(const limbeck_instruction_f64 *code, size_t count, size_t parameters,
                            const double *_Nonnull const *_Nullable columns, size_t rows,
                            size_t block, double *scratch, double *result,
                            double *_Nonnull const *_Nullable jacobian);
  double (*_Nonnull normal_equations)(const limbeck_instruction_f64 *code, size_t count,
                                      size_t parameters,
                                      const double *_Nonnull const *_Nullable columns,
                                      const double *targets, const double *_Nullable weights,
                                      size_t rows, size_t block, double *scratch,
                                      double *_Nullable gram, double *_Nullable descent);
  limbeck_moments (*_Nonnull moments)(const double *x, const double *y, size_t rows);
  double (*_Nonnull line_residual)(const double *x, const double *y, size_t rows, double intercept,
                                   double slope);
} limbeck_expressions_f64;

/// The kernels of a level, or NULL if this processor lacks the level.
const limbeck_expressions_f32 *_Nullable limbeck_expressions_f32_at(int level);

/// The kernels of a level, or NULL if this processor lacks the level.
const limbeck_expressions_f64 *_Nullable limbeck_expressions_f64_at(int level);

#pragma clang assume_nonnull end

#endif
