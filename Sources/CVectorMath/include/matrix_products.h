#ifndef LIMBECK_MATRIX_PRODUCTS_H
#define LIMBECK_MATRIX_PRODUCTS_H

// Products of small row-major matrices with long rows: one layer of a network on a block of points.
//
// A layer maps activations `[in, columns]` to `[out, columns]`, where a row holds one unit's values
// at all points of a block. Its weights are small enough to stay in the first-level cache, where a
// BLAS that repacks its operands loses half of the time. Both products need the long dimension to be
// a multiple of 16 (LIMBECK_BLOCK_MULTIPLE): callers pad the last block.
#include <stddef.h>

#pragma clang assume_nonnull begin

#define LIMBECK_BLOCK_MULTIPLE 16

#define LIMBECK_DECLARE_MATRIX_KERNELS(T, type)                                                    \
  typedef struct {                                                                                 \
    /* c[m, columns] = beta * c + a b, element (i, l) of a at a[i * row_step + l * column_step],   \
       b of shape [k, columns]; beta is 0 or 1. */                                                 \
    void (*_Nonnull multiply)(size_t m, size_t columns, size_t k, const T *a, size_t row_step,              \
                     size_t column_step, const T *b, size_t b_stride, int beta, T *c,              \
                     size_t c_stride);                                                             \
    /* c[m, n] += a bᵀ, a of shape [m, columns] and b of shape [n, columns]. */                    \
    void (*_Nonnull multiply_transposed)(size_t m, size_t n, size_t columns, const T *a, size_t a_stride,   \
                                const T *b, size_t b_stride, T *c, size_t c_stride);               \
    /* c[i, 0 ..< columns] += biases[i]. */                                                        \
    void (*_Nonnull add_to_rows)(size_t m, size_t columns, size_t stride, const T *biases, T *c);  \
    /* sums[i] += sum of a[i, 0 ..< columns]. */                                                   \
    void (*_Nonnull add_row_sums)(size_t m, size_t columns, size_t stride, const T *a, T *sums);   \
  } limbeck_matrix_##type;                                                                         \
  /* The kernels at a level, or NULL where the processor lacks it. */                              \
  const limbeck_matrix_##type *_Nullable limbeck_matrix_##type##_at(int level);

LIMBECK_DECLARE_MATRIX_KERNELS(float, f32)
LIMBECK_DECLARE_MATRIX_KERNELS(double, f64)
#undef LIMBECK_DECLARE_MATRIX_KERNELS
#pragma clang assume_nonnull end

#endif
