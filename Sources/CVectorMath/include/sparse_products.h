#ifndef LIMBECK_SPARSE_PRODUCTS_H
#define LIMBECK_SPARSE_PRODUCTS_H

// What a sparse code costs: choosing the few active entries of a row, and sums over those alone.
//
// An active entry is an index and a value. Matrices are row-major with rows `stride` apart; the
// width of a row is a multiple of 16 (LIMBECK_BLOCK_MULTIPLE), which callers pad with zeros. Lists of
// entries are written a vector at a time: they need room for 16 more than they will hold.
#include <stddef.h>
#include <stdint.h>

#pragma clang assume_nonnull begin

#define LIMBECK_DECLARE_SPARSE_KERNELS(T, type)                                                    \
  typedef struct {                                                                                 \
    /* y[0 ..< width] = beta * y + Σ weights[i] * row indices[i] of the matrix; beta is 0 or 1. */ \
    void (*_Nonnull gather_sum)(size_t count, const uint32_t *indices, const T *weights,           \
                                const T *matrix, size_t stride, size_t width, int beta, T *y);     \
    /* products[i] = x · row indices[i] of the matrix. */                                          \
    void (*_Nonnull gather_dots)(size_t count, const uint32_t *indices, const T *matrix,           \
                                 size_t stride, size_t width, const T *x, T *products);            \
    /* The elements x[i] > bounds[i] + bound in order; without bounds, x[i] > bound. Returns how   \
       many there are. */                                                                          \
    size_t (*_Nonnull select_above)(const T *x, size_t n, const T *_Nullable bounds, T bound,      \
                                    uint32_t *indices, T *values);                                 \
    /* The k largest elements above zero, or all of those if they are fewer, in order of their     \
       index; by magnitude if asked to, the values then keep their signs. Of equal elements the    \
       first are taken. `scratch` has room for n. Returns how many there are. */                   \
    size_t (*_Nonnull select_largest)(const T *x, size_t n, size_t k, int by_magnitude,            \
                                      uint32_t *indices, T *values, T *scratch);                   \
    /* The k-th largest of n elements, 1 <= k <= n; their order afterwards is of no use. */        \
    T (*_Nonnull kth_largest)(T *x, size_t n, size_t k);                                           \
    /* One step of Adam: m += (1 - b1) (g - m), v += (1 - b2) (g² - v),                            \
       p -= rate m / (sqrt(v * correction) + epsilon); n is a multiple of 16. */                   \
    void (*_Nonnull adam)(size_t n, const T *gradient, T *first, T *second, T *parameters,         \
                          T decay1, T decay2, T rate, T correction, T epsilon);                    \
  } limbeck_sparse_##type;                                                                         \
  /* The kernels at a level, or NULL where the processor lacks it. */                              \
  const limbeck_sparse_##type *_Nullable limbeck_sparse_##type##_at(int level);

LIMBECK_DECLARE_SPARSE_KERNELS(float, f32)
LIMBECK_DECLARE_SPARSE_KERNELS(double, f64)
#undef LIMBECK_DECLARE_SPARSE_KERNELS
#pragma clang assume_nonnull end

#endif
