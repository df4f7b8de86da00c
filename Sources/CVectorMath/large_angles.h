// Reduction of angles too large for the fast path of sin and cos.

#ifndef LIMBECK_LARGE_ANGLES_H
#define LIMBECK_LARGE_ANGLES_H

#include <stdint.h>

/// Splits x, of any size from 1 up, into `turns` quarter turns and a remainder within +-pi/4.
///
/// The remainder is the unevaluated sum high + low, right to about 2^-75 of itself. Both are NaN if x is
/// not finite. Only the returned number modulo 4 has a meaning.
int64_t limbeck_reduce_large_angle(double x, double *high, double *low);

#endif
