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
/// sin and cos of an infinity are NaN, 1/±0 = ±inf.
///
/// Bounds of the error in units in the last place of the exact value, over all finite arguments,
/// subnormal ones included. In single precision they were found by going through every number where
/// the function bends (the worst are among the tests); in double precision by sweeps against long
/// double, with a margin of a few per cent:
///
/// |            | float, baseline | float, others | double, baseline | double, others |
/// |------------|-----------------|---------------|------------------|----------------|
/// | tanh       | 2.5             | 1.7           | 2.7              | 1.3            |
/// | sin, cos   | 0.9             | 0.8           | 0.92             | 0.9            |
/// | exp        | 1.05            | 1.05          | 1.05             | 1.05           |
/// | log        | 1.0             | 0.9           | 0.9              | 0.9            |
/// | sqrt       | 0.5             | 0.5           | 0.5              | 0.5            |
/// | reciprocal | 0.5             | 0.5           | 0.5              | 0.5            |
///
/// The others are the levels with a fused multiply-add, which mends the quotient of tanh.
///
/// sin and cos are fast up to |x| = 12,800 in single precision, 1e8 in double precision (baseline
/// 1.6e6); beyond, they are right but slow. log is slower on vectors that hold a subnormal or
/// special value.
typedef struct limbeck_functions_f32 {
  void (*_Nonnull tanh)(const float *x, float *y, size_t count);
  void (*_Nonnull sin)(const float *x, float *y, size_t count);
  void (*_Nonnull cos)(const float *x, float *y, size_t count);
  void (*_Nonnull exp)(const float *x, float *y, size_t count);
  void (*_Nonnull log)(const float *x, float *y, size_t count);
  void (*_Nonnull sqrt)(const float *x, float *y, size_t count);
  void (*_Nonnull reciprocal)(const float *x, float *y, size_t count);
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
