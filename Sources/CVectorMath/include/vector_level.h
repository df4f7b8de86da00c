#ifndef LIMBECK_VECTOR_LEVEL_H
#define LIMBECK_VECTOR_LEVEL_H

/// Instruction sets the kernels are compiled for. A level includes the ones below it.
typedef enum limbeck_level {
  /// Whatever every processor of the architecture has: SSE2 on x86-64, NEON on arm64.
  LIMBECK_LEVEL_BASELINE = 0,
  /// AVX2 and FMA (x86-64 from 2013).
  LIMBECK_LEVEL_AVX2 = 1,
  /// AVX-512 F, DQ, VL and BW.
  LIMBECK_LEVEL_AVX512 = 2,
} limbeck_level;

/// The highest level that this processor and its operating system can run.
int limbeck_best_level(void);

/// Whether this processor can run kernels of a level.
int limbeck_has_level(int level);

#endif
