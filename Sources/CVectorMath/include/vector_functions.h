#ifndef LIMBECK_VECTOR_FUNCTIONS_H
#define LIMBECK_VECTOR_FUNCTIONS_H

#include <stddef.h>

#pragma clang assume_nonnull begin

/// Elementary functions of contiguous arrays: y[i] = f(x[i]) for 0 <= i < count.
///
/// Any length and any alignment. `y` may equal `x`; other overlaps are not allowed. The bits of
/// y[i] depend on x[i] and the level alone, never on i or count.
///
/// Special values are those of C99 Annex F: NaN gives NaN, zero keeps its sign where f(0) = 0,
/// exp overflows to infinity and underflows gradually, log(0) = -inf, log(x < 0) = NaN,
/// sin, cos and tan of an infinity are NaN, 1/±0 = ±inf.
///
/// Bounds of the error in units in the last place of the exact value, over all finite arguments,
/// subnormal ones included. In single precision they were found by going through every number where
/// the function bends (the worst are among the tests), for expm1 and those below it through every
/// 97th number of all; in double precision by sweeps against long double; each with a margin:
///
/// |            | float, baseline | float, others | double, baseline | double, others |
/// |------------|-----------------|---------------|------------------|----------------|
/// | tanh       | 2.5             | 1.7           | 2.7              | 1.3            |
/// | sin, cos   | 0.9             | 0.8           | 0.92             | 0.9            |
/// | exp        | 1.05            | 1.05          | 1.05             | 1.05           |
/// | log        | 1.0             | 0.9           | 0.9              | 0.9            |
/// | sqrt       | 0.5             | 0.5           | 0.5              | 0.5            |
/// | reciprocal | 0.5             | 0.5           | 0.5              | 0.5            |
/// | expm1      | 1.6             | 1.6           | 2.2              | 2.2            |
/// | log2       | 1.7             | 1.7           | 1.7              | 1.7            |
/// | log10      | 2.0             | 2.0           | 2.0              | 2.0            |
/// | log1p      | 1.0             | 1.0           | 1.0              | 1.0            |
/// | tan        | 2.3             | 2.3           | 2.3              | 2.3            |
/// | asin       | 2.5             | 2.5           | 2.5              | 2.5            |
/// | acos       | 1.2             | 1.2           | 1.2              | 1.2            |
/// | atan       | 2.0             | 2.0           | 2.0              | 2.0            |
/// | sinh       | 2.0             | 2.0           | 2.3              | 2.3            |
/// | cosh       | 2.2             | 2.2           | 1.6              | 1.6            |
/// | asinh      | 1.9             | 1.9           | 1.9              | 1.9            |
/// | acosh      | 2.2             | 2.2           | 2.2              | 2.2            |
/// | atanh      | 2.2             | 2.2           | 2.2              | 2.2            |
/// | erf        | 1.5             | 1.5           | 1.9              | 1.9            |
/// | pow        | 1.0             | 1.3           | 1.0              | 1.3            |
///
/// The others are the levels with a fused multiply-add, which mends the quotient of tanh and carries
/// the logarithm of pow; without it pow is the C library's.
///
/// sin, cos and tan are fast up to |x| = 12,800 in single precision, 1e8 in double precision (baseline
/// 1.6e6); beyond, they are right but slow. log is slower on vectors that hold a subnormal or
/// special value, pow on
/// vectors that hold such a base.
typedef struct limbeck_functions_f32 {
  void (*_Nonnull tanh)(const float *x, float *y, size_t count);
  void (*_Nonnull sin)(const float *x, float *y, size_t count);
  void (*_Nonnull cos)(const float *x, float *y, size_t count);
  void (*_Nonnull exp)(const float *x, float *y, size_t count);
  void (*_Nonnull log)(const float *x, float *y, size_t count);
  void (*_Nonnull sqrt)(const float *x, float *y, size_t count);
  void (*_Nonnull reciprocal)(const float *x, float *y, size_t count);
  void (*_Nonnull expm1)(const float *x, float *y, size_t count);
  void (*_Nonnull log2)(const float *x, float *y, size_t count);
  void (*_Nonnull log10)(const float *x, float *y, size_t count);
  void (*_Nonnull log1p)(const float *x, float *y, size_t count);
  void (*_Nonnull tan)(const float *x, float *y, size_t count);
  void (*_Nonnull asin)(const float *x, float *y, size_t count);
  void (*_Nonnull acos)(const float *x, float *y, size_t count);
  void (*_Nonnull atan)(const float *x, float *y, size_t count);
  void (*_Nonnull sinh)(const float *x, float *y, size_t count);
  void (*_Nonnull cosh)(const float *x, float *y, size_t count);
  void (*_Nonnull asinh)(const float *x, float *y, size_t count);
  void (*_Nonnull acosh)(const float *x, float *y, size_t count);
  void (*_Nonnull atanh)(const float *x, float *y, size_t count);
  void (*_Nonnull erf)(const float *x, float *y, size_t count);
  /// z[i] = x[i] to the y[i].
  void (*_Nonnull pow)(const float *x, const float *y, float *z, size_t count);
  /// The bits of sin and cos for little more than the price of one. `sine` or `cosine` may equal
  /// `x`.
  void (*_Nonnull sincos)(const float *x, float *sine, float *cosine, size_t count);
} limbeck_functions_f32;

/// The double-precision twin of `limbeck_functions_f32`.
typedef struct limbeck_functions_f64 {
  void (*_Nonnull tanh)(const double *x, double *y, size_t count);
  void (*_Nonnull sin)(const double *x, double *y, size_t count);
  void (*_Nonnull cos)(const double *x, double *y, size_t count);
  void (*_Nonnull exp)(const double *x, double *y, size_t count);
  void (*_Nonnull log)(const double *x, double *y, size_t count);
  void (*_Nonnull sqrt)(const double *x, double *y, size_t count);
  void (*_Nonnull reciprocal)(const double *x, double *y, size_t count);
  void (*_Nonnull expm1)(const double *x, double *y, size_t count);
  void (*_Nonnull log2)(const double *x, double *y, size_t count);
  void (*_Nonnull log10)(const double *x, double *y, size_t count);
  void (*_Nonnull log1p)(const double *x, double *y, size_t count);
  void (*_Nonnull tan)(const double *x, double *y, size_t count);
  void (*_Nonnull asin)(const double *x, double *y, size_t count);
  void (*_Nonnull acos)(const double *x, double *y, size_t count);
  void (*_Nonnull atan)(const double *x, double *y, size_t count);
  void (*_Nonnull sinh)(const double *x, double *y, size_t count);
  void (*_Nonnull cosh)(const double *x, double *y, size_t count);
  void (*_Nonnull asinh)(const double *x, double *y, size_t count);
  void (*_Nonnull acosh)(const double *x, double *y, size_t count);
  void (*_Nonnull atanh)(const double *x, double *y, size_t count);
  void (*_Nonnull erf)(const double *x, double *y, size_t count);
  /// z[i] = x[i] to the y[i].
  void (*_Nonnull pow)(const double *x, const double *y, double *z, size_t count);
  /// The bits of sin and cos for little more than the price of one. `sine` or `cosine` may equal
  /// `x`.
  void (*_Nonnull sincos)(const double *x, double *sine, double *cosine, size_t count);
} limbeck_functions_f64;

/// The functions of a level, or NULL if this processor lacks the level.
const limbeck_functions_f32 *_Nullable limbeck_functions_f32_at(int level);

/// The functions of a level, or NULL if this processor lacks the level.
const limbeck_functions_f64 *_Nullable limbeck_functions_f64_at(int level);

#pragma clang assume_nonnull end

#endif
