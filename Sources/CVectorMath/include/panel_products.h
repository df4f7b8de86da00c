#ifndef LIMBECK_PANEL_PRODUCTS_H
#define LIMBECK_PANEL_PRODUCTS_H

// Products A Bᵀ of matrices with a long inner dimension, from operands packed into panels.
//
// A panel holds LIMBECK_PANEL_BYTES / sizeof(T) rows of an operand with the inner index outermost:
// row r of the panel has its element l at panel[l * lanes + r]. Both factors have the same layout, so
// that a matrix times its own transpose is packed once. Inner ranges are contiguous in a panel: a
// caller cuts them to keep what it reads in a cache.
#include <stddef.h>

#pragma clang assume_nonnull begin

#define LIMBECK_PANEL_BYTES 64

// Panels of the right factor that one call multiplies at most.
#define LIMBECK_PANELS_AT_ONCE 3

#define LIMBECK_DECLARE_PANEL_KERNELS(T, type)                                                     \
  typedef struct {                                                                                 \
    /* Packs the rows of a, `[rows, length]`; `length` is a multiple of 16. Lanes beyond the last  \
       row are set to zero. */                                                                     \
    void (*_Nonnull pack_rows)(size_t rows, size_t length, const T *a, size_t stride,              \
                      size_t panel_stride, T *panels);                                             \
    /* Packs the columns of a, `[length, columns]`; `columns` is a multiple of 16. */              \
    void (*_Nonnull pack_columns)(size_t length, size_t columns, const T *a, size_t stride,        \
                         size_t panel_stride, T *panels);                                          \
    /* c[rows, columns] += left rightᵀ: `left` one panel, `right` as many as `columns` take. */    \
    void (*_Nonnull multiply)(size_t rows, size_t columns, size_t length, const T *left,           \
                     const T *right, size_t panel_stride, T *c, size_t c_stride);                  \
  } limbeck_panels_##type;                                                                         \
  /* The kernels at a level, or NULL where the processor lacks it. */                              \
  const limbeck_panels_##type *_Nullable limbeck_panels_##type##_at(int level);

LIMBECK_DECLARE_PANEL_KERNELS(float, f32)
LIMBECK_DECLARE_PANEL_KERNELS(double, f64)
#undef LIMBECK_DECLARE_PANEL_KERNELS
#pragma clang assume_nonnull end

#endif
