// Reduction of angles too large for the fast path of sin and cos.

#ifndef LIMBECK_LARGE_ANGLES_H
#define LIMBECK_LARGE_ANGLES_H

#include <stdint.h>

/// Splits a finite x, of any size from 1 up, into quarter turns and a remainder within +-pi/4.
///
/// The remainder is the unevaluated sum high + low, right to about 2^-75 of itself. The number of
/// turns is returned; it means something modulo 4 only.
int64_t limbeck_reduce_large_angle(double x, double *high, double *low);

#endif
