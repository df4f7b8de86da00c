// System and public headers of the kernels. Level files include this before they push a target
// attribute, so that nothing declared outside is compiled for a processor that may lack it.

#include <math.h>
#include <stdint.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "CVectorMath.h"
#include "large_angles.h"

// Vectors wider than the registers are passed only between functions of one file and one target.
#pragma clang diagnostic ignored "-Wpsabi"
