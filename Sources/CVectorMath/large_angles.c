// Payne and Hanek's reduction of large angles ("Radian reduction for trigonometric functions",
// doi:10.1145/1057600.1057602): of the product x * 2/pi only the bits that decide its value modulo
// 4 are computed, so no argument is too large.

#include "large_angles.h"

#include <math.h>

// The bits of 2/pi after the binary point, behind one word of zeros. 2^1023 needs 1,225 of them.
static const uint64_t two_over_pi[] = {
    0x0000000000000000, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0,
    0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0,
    0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484,
    0xe99c7026b45f7e41, 0x3991d639835339f4, 0x9c845f8bbdf9283b,
    0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7,
    0x4f463f669e5fea2d, 0x7527bac7ebe5f17b, 0x3d0739f78a5292ea,
    0x6bfb5fb11f8d5d08, 0x56033046fc7b6bab, 0xf0cfbc209af4361d,
};

int64_t limbeck_reduce_large_angle(double x, double *high, double *low) {
  // |x| = m 2^e with an integer m of 53 bits.
  int e;
  uint64_t m = (uint64_t)ldexp(frexp(fabs(x), &e), 53);
  e -= 53;

  // 192 bits of 2/pi, from the first whose product with m 2^e is not a multiple of 4.
  int position = 64 + e - 2;
  const uint64_t *word = two_over_pi + position / 64;
  int offset = position % 64;
  uint64_t window[3];
  for (int i = 0; i < 3; i++) {
    window[i] = word[i] << offset | (offset ? word[i + 1] >> (64 - offset) : 0);
  }

  // Their product modulo 2^192, that is x * 2/pi modulo 4 with 190 bits after the point.
  unsigned __int128 bottom = (unsigned __int128)m * window[2];
  unsigned __int128 middle = (unsigned __int128)m * window[1] + (uint64_t)(bottom >> 64);
  uint64_t product[3] = {m * window[0] + (uint64_t)(middle >> 64), (uint64_t)middle,
                         (uint64_t)bottom};

  // The nearest whole number of quarter turns, and the fraction left, with its sign.
  int64_t turns = (int64_t)((product[0] + (1ull << 61)) >> 62);
  product[0] -= (uint64_t)turns << 62;
  int negative = (int64_t)product[0] < 0;
  if (negative) {
    for (int i = 0; i < 3; i++) product[i] = ~product[i];
    if (++product[2] == 0 && ++product[1] == 0) product[0]++;
  }

  // No double is nearer to a multiple of pi/2 than about 2^-61, so at most one word is zero.
  int exponent = -62;
  if (product[0] == 0) {
    product[0] = product[1];
    product[1] = product[2];
    product[2] = 0;
    exponent -= 64;
  }
  int shift = __builtin_clzll(product[0]);
  if (shift > 0) {
    product[0] = product[0] << shift | product[1] >> (64 - shift);
    product[1] = product[1] << shift | product[2] >> (64 - shift);
  }
  double fraction = ldexp((double)(product[0] >> 11), exponent - shift + 11);
  double fraction_low = ldexp((double)(product[0] << 53 | product[1] >> 11), exponent - shift - 53);

  // Times pi/2, as an unevaluated sum.
  double sign = (x < 0) != negative ? -1 : 1;
  double half_pi = 0x1.921fb54442d18p+0, half_pi_low = 0x1.1a62633145c07p-54;
  double r = fraction * half_pi;
  *high = sign * r;
  *low = sign * (fma(fraction, half_pi, -r) + (fraction * half_pi_low + fraction_low * half_pi));
  return x < 0 ? -turns : turns;
}
