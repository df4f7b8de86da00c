#ifndef LIMBECK_PEAK_H
#define LIMBECK_PEAK_H

// What the processor's arithmetic can do at best: the yardstick of the other kernels.
#include <stddef.h>

#pragma clang assume_nonnull begin

#define LIMBECK_DECLARE_PEAK_KERNELS(T, type)                                                      \
  typedef struct {                                                                                 \
    /* Multiplies and adds in registers alone, in as many independent chains as hide the           \
       latency. The sum of what they hold is returned, so that nothing is left out. */             \
    T (*_Nonnull multiply_add)(size_t rounds);                                                     \
    /* Multiplications and additions of a round. */                                                \
    size_t operations;                                                                             \
  } limbeck_peak_##type;                                                                           \
  /* The kernels at a level, or NULL where the processor lacks it. */                              \
  const limbeck_peak_##type *_Nullable limbeck_peak_##type##_at(int level);

LIMBECK_DECLARE_PEAK_KERNELS(float, f32)
LIMBECK_DECLARE_PEAK_KERNELS(double, f64)
#undef LIMBECK_DECLARE_PEAK_KERNELS
#pragma clang assume_nonnull end

#endif
