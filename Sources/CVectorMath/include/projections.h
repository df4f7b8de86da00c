#ifndef LIMBECK_PROJECTIONS_H
#define LIMBECK_PROJECTIONS_H

// Inner products and projections of a few short columns: what a linear fit of a candidate's terms
// costs beside evaluating them. Columns have any length and alignment; sums run in the element type
// along a block of 512 rows and in double from block to block, in a fixed order.
#include <stddef.h>

#pragma clang assume_nonnull begin

#define LIMBECK_DECLARE_PROJECTIONS(T, type)                                                       \
  typedef struct {                                                                                 \
    /* Sum of x y. */                                                                              \
    double (*_Nonnull dot)(const T *x, const T *y, size_t rows);                                   \
    /* x -= Σ (x·q) q over the orthonormal columns q = basis + k stride; `before` receives x·x of   \
       the x that came, and x·x of what is left is returned. */                                    \
    double (*_Nonnull project)(T *x, const T *basis, size_t count, size_t stride, size_t rows,     \
                               double *before);                                                    \
    /* residual = y - Σ factors[k] columns[k]; its sum of squares is returned. */                  \
    double (*_Nonnull residual)(const T *y, const T *_Nonnull const *_Nonnull columns,             \
                                const double *factors, size_t count, T *residual, size_t rows);    \
  } limbeck_projections_##type;                                                                    \
  /* The kernels at a level, or NULL where the processor lacks it. */                              \
  const limbeck_projections_##type *_Nullable limbeck_projections_##type##_at(int level);

LIMBECK_DECLARE_PROJECTIONS(float, f32)
LIMBECK_DECLARE_PROJECTIONS(double, f64)
#undef LIMBECK_DECLARE_PROJECTIONS
#pragma clang assume_nonnull end

#endif
