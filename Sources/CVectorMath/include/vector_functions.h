#ifndef LIMBECK_VECTOR_FUNCTIONS_H
#define LIMBECK_VECTOR_FUNCTIONS_H

#include <stddef.h>

#pragma clang assume_nonnull begin

/// Elementary functions of contiguous arrays: y[i] = f(x[i]) for 0 <= i < count.
///
/// Any length and any alignment. `y` may equal `x`; other overlaps are not allowed. The bits of y[i]
/// depend on x[i] and the level alone, never on i or count.
///
/// Special values are those of C99 Annex F: NaN gives NaN, zero keeps its sign where f(0) = 0,
/// exp overflows to infinity and underflows gradually, log(0) = -inf, log(x < 0) = NaN,
/// sin and cos of an infinity are NaN, 1/±0 = ±inf. Subnormal inputs and results are exact to the
/// errors below.
typedef struct limbeck_functions_f32 {
  void (*_Nonnull tanh)(const float *x, float *y, size_t count);
  void (*_Nonnull sin)(const float *x, float *y, size_t count);
  void (*_Nonnull cos)(const float *x, float *y, size_t count);
  void (*_Nonnull exp)(const float *x, float *y, size_t count);
  void (*_Nonnull log)(const float *x, float *y, size_t count);
  void (*_Nonnull sqrt)(const float *x, float *y, size_t count);
  void (*_Nonnull reciprocal)(const float *x, float *y, size_t count);
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
} limbeck_functions_f64;

/// The functions of a level, or NULL if this processor lacks the level.
const limbeck_functions_f32 *_Nullable limbeck_functions_f32_at(int level);

/// The functions of a level, or NULL if this processor lacks the level.
const limbeck_functions_f64 *_Nullable limbeck_functions_f64_at(int level);

#pragma clang assume_nonnull end

#endif
