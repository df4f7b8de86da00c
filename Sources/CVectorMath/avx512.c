// Kernels for x86-64 processors with AVX-512 F, DQ, VL and BW.

#if defined(__x86_64__)
#include "kernels_headers.h"

#define LEVEL 2
#define LEVEL_NAME avx512
#pragma clang attribute push(                                                                      \
    __attribute__((target("avx2,fma,avx512f,avx512dq,avx512vl,avx512bw"))), apply_to = function)
#include "kernels_for_level.h"
#pragma clang attribute pop
#endif
