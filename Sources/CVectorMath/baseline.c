// Kernels for every processor: plain vector extensions, which the compiler lowers to SSE2, NEON or
// scalar code.

#include "kernels_headers.h"

#define LEVEL 0
#define LEVEL_NAME baseline
#include "kernels_for_level.h"
