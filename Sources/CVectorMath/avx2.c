// Kernels for x86-64 processors with AVX2 and FMA.

#if defined(__x86_64__)
#include "kernels_headers.h"

#define LEVEL 1
#define LEVEL_NAME avx2
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "kernels_for_level.h"
#pragma clang attribute pop
#endif
