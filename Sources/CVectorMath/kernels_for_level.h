// Everything one instruction-set level compiles, first in double and then in single precision
// (whose sums of moments are double).
// The including file has defined LEVEL and LEVEL_NAME, and pushed its target attribute.

#define TYPE_IS_F64 1
#include "kernels_for_type.h"
#undef TYPE_IS_F64

#define TYPE_IS_F64 0
#include "kernels_for_type.h"
#undef TYPE_IS_F64
