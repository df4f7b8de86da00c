// Picks, at run time, the tables of kernels this processor can execute.

#include "CVectorMath.h"

int limbeck_has_level(int level) {
  switch (level) {
  case LIMBECK_LEVEL_BASELINE:
    return 1;
#if defined(__x86_64__)
  case LIMBECK_LEVEL_AVX2:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  case LIMBECK_LEVEL_AVX512:
    return limbeck_has_level(LIMBECK_LEVEL_AVX2) && __builtin_cpu_supports("avx512f") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512bw");
#endif
  default:
    return 0;
  }
}

int limbeck_best_level(void) {
  for (int level = LIMBECK_LEVEL_AVX512; level > LIMBECK_LEVEL_BASELINE; level--) {
    if (limbeck_has_level(level)) return level;
  }
  return LIMBECK_LEVEL_BASELINE;
}

// Defines limbeck_<kind>_<type>_at(level). The table of each level is the constant that the
// template header of that kind calls FN(<kind>_table).
#if defined(__x86_64__)
#define DEFINE_LOOKUP(kind, type)                                                                  \
  extern const limbeck_##kind##_##type limbeck_##kind##_table_##type##_baseline;                   \
  extern const limbeck_##kind##_##type limbeck_##kind##_table_##type##_avx2;                       \
  extern const limbeck_##kind##_##type limbeck_##kind##_table_##type##_avx512;                     \
  const limbeck_##kind##_##type *limbeck_##kind##_##type##_at(int level) {                         \
    static const limbeck_##kind##_##type *const tables[] = {                                       \
        &limbeck_##kind##_table_##type##_baseline, &limbeck_##kind##_table_##type##_avx2,          \
        &limbeck_##kind##_table_##type##_avx512};                                                  \
    return limbeck_has_level(level) ? tables[level] : NULL;                                        \
  }
#else
#define DEFINE_LOOKUP(kind, type)                                                                  \
  extern const limbeck_##kind##_##type limbeck_##kind##_table_##type##_baseline;                   \
  const limbeck_##kind##_##type *limbeck_##kind##_##type##_at(int level) {                         \
    return limbeck_has_level(level) ? &limbeck_##kind##_table_##type##_baseline : NULL;            \
  }
#endif

DEFINE_LOOKUP(functions, f32)
DEFINE_LOOKUP(functions, f64)
DEFINE_LOOKUP(expressions, f32)
DEFINE_LOOKUP(expressions, f64)
DEFINE_LOOKUP(matrix, f32)
DEFINE_LOOKUP(matrix, f64)
DEFINE_LOOKUP(panels, f32)
DEFINE_LOOKUP(panels, f64)
DEFINE_LOOKUP(jets, f32)
DEFINE_LOOKUP(jets, f64)
DEFINE_LOOKUP(projections, f32)
DEFINE_LOOKUP(projections, f64)
DEFINE_LOOKUP(sparse, f32)
DEFINE_LOOKUP(sparse, f64)
DEFINE_LOOKUP(peak, f32)
DEFINE_LOOKUP(peak, f64)
