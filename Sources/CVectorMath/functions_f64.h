// Double-precision exp, log, sin, cos and tanh. Described at the head of functions.h.
//
// The polynomials are minimax fits of the relative error of the function they serve (Lawson's
// weighted least squares in 45 digits, coefficients rounded one by one from the lowest order).

// 1.5 * 2^52: adding it rounds to an integer, which then stands in the low bits of the sum.
#define MAGIC 0x1.8p52
// ln 2 as a sum whose first term times an exponent is exact.
#define LN2_HIGH 0x1.62e42fefa38p-1
#define LN2_LOW 0x1.ef35793c7673p-45

// exp(r) - 1 for |r| <= ln(2)/2.
INLINE V FN(expm1_reduced)(V r) {
  V p = SPLAT(0x1.1f45f1a7b5d4fp-29);
  p = FMA(p, r, SPLAT(0x1.af5f1aec3ab55p-26));
  p = FMA(p, r, SPLAT(0x1.27e4f64e9da70p-22));
  p = FMA(p, r, SPLAT(0x1.71ddf8199f8c7p-19));
  p = FMA(p, r, SPLAT(0x1.a01a019bc3207p-16));
  p = FMA(p, r, SPLAT(0x1.a01a01afffaeep-13));
  p = FMA(p, r, SPLAT(0x1.6c16c16c17f71p-10));
  p = FMA(p, r, SPLAT(0x1.111111110f65cp-7));
  p = FMA(p, r, SPLAT(0x1.5555555555553p-5));
  p = FMA(p, r, SPLAT(0x1.5555555555559p-3));
  p = FMA(p, r, SPLAT(0.5));
  return FMA(r * r, p, r);
}

// x * 2^n, rounded once, for whole -2044 <= n <= 2046. 2^n itself may lie outside the normal numbers,
// so n is taken in two halves.
INLINE V FN(scale)(V x, V n) {
#if LEVEL == 2
  return (V)_mm512_scalef_pd((__m512d)x, (__m512d)n);
#else
  V half = FMA(n, SPLAT(0.5), SPLAT(MAGIC + 1023));
  V rest = (n - (half - (MAGIC + 1023))) + (MAGIC + 1023);
  return x * FN(from_bits)(FN(bits)(half) << 52) * FN(from_bits)(FN(bits)(rest) << 52);
#endif
}

// 2^n exp(r) with n = round(x / ln 2). Beyond the clamps the result is 0 or infinity already.
INLINE V FN(exp)(V x) {
  V clamped = SELECT(x < -746.0, SPLAT(-746), x);
  clamped = SELECT(clamped > 710.0, SPLAT(710), clamped);
  V n = FMA(clamped, SPLAT(0x1.71547652b82fep+0), SPLAT(MAGIC)) - MAGIC;
  V r = FMA(n, SPLAT(-LN2_HIGH), clamped);
  r = FMA(n, SPLAT(-LN2_LOW), r);
  return FN(scale)(1.0 + FN(expm1_reduced)(r), n);
}

// e / (e + 2) with e = exp(2|x|) - 1 = 2^n (exp(r) - 1) + (2^n - 1). Beyond the clamp it is 1.
INLINE V FN(tanh)(V x) {
  VI sign = FN(bits)(x) & FN(bits)(SPLAT(-0.0));
  V twice = FN(abs)(x) * 2.0;
  twice = SELECT(twice > 44.0, SPLAT(44), twice);
  V biased = FMA(twice, SPLAT(0x1.71547652b82fep+0), SPLAT(MAGIC + 1023));
  V power = FN(from_bits)(FN(bits)(biased) << 52);
  V n = biased - (MAGIC + 1023);
  V r = FMA(n, SPLAT(-LN2_HIGH), twice);
  r = FMA(n, SPLAT(-LN2_LOW), r);
  V e = FMA(power, FN(expm1_reduced)(r), power - 1.0);
  return FN(from_bits)(FN(bits)(e / (e + 2.0)) | sign);
}

// log of x * 2^-shift for normal x: x = 2^e m with sqrt(1/2) <= m < sqrt(2), f = m - 1,
// log x = e ln 2 + f - (f^2/2 - s (f^2/2 + R)), s = f / (2 + f), R the odd series of 2 artanh(s)
// past its first term.
INLINE V FN(log_normal)(V x, V shift) {
  VI bits = FN(bits)(x) + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
  V e = FN(from_bits)((VI)((VU)bits >> 52) | 0x4330000000000000) - (0x1p52 + 1023) - shift;
  V f = FN(from_bits)((bits & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd) - 1.0;
  V s = f / (2.0 + f);
  V w = s * s;
  V p = SPLAT(0x1.2f0d1a9965461p-3);
  p = FMA(p, w, SPLAT(0x1.39a0fc23169dcp-3));
  p = FMA(p, w, SPLAT(0x1.74664621478f0p-3));
  p = FMA(p, w, SPLAT(0x1.c71c51e696b28p-3));
  p = FMA(p, w, SPLAT(0x1.249249421c2f8p-2));
  p = FMA(p, w, SPLAT(0x1.999999997fa90p-2));
  p = FMA(p, w, SPLAT(0x1.5555555555593p-1));
  V half_square = 0.5 * f * f;
  V tail = FMA(s, FMA(w, p, half_square), e * LN2_LOW) - half_square;
  // e ln 2 and f summed exactly: their rounding error joins the tail.
  V high = e * LN2_HIGH;
  V sum = high + f;
  return sum + (tail + (f - (sum - high)));
}

#define SMALLEST_NORMAL 0x1p-1022
#define LARGEST 0x1.fffffffffffffp1023
#define SUBNORMAL_SHIFT 54
#define SUBNORMAL_SCALE 0x1p54

// x less the nearest multiple of pi, for sin, or the nearest odd multiple of pi/2, for cos, as an
// unevaluated sum; n is the multiple, in units of pi. For |x| <= REDUCTION_LIMIT.
INLINE V FN(reduce)(V x, V n, V *low) {
#if HAS_FMA
  // x - n PI_1 is a multiple of ulp(PI_1) below 2, hence exact; so is the pair that makes n PI_2.
  V r = FMA(n, SPLAT(-0x1.921fb54442d18p+1), x);
  V product = n * 0x1.1a62633145c07p-53;
  V product_low = FMA(n, SPLAT(0x1.1a62633145c07p-53), -product);
  V high = r - product;
  V rest = ((r - high) - product) - product_low;
  *low = FMA(n, SPLAT(0x1.f1976b7ed8fbcp-109), rest);
  return high;
#else
  // Parts of 32 or 33 bits: an n of 20 bits times all but the last is exact.
  V r = x - n * 0x1.921fb544p+1;
  V product = n * 0x1.0b4611a6p-33;
  V middle = r - product;
  V rest = (r - middle) - product;
  product = n * 0x1.3198a2ep-68;
  V high = middle - product;
  rest += (middle - high) - product;
  *low = rest - n * 0x1.b839a252049c1p-103;
  return high;
#endif
}

#if HAS_FMA
#define REDUCTION_LIMIT 1e8
#else
#define REDUCTION_LIMIT 1.6e6
#endif
#define INVERSE_PI 0x1.45f306dc9c883p-2
#define SIGN_SHIFT 63

// sin(high + low) for |high| <= pi/2.
INLINE V FN(sin_reduced)(V high, V low) {
  V z = high * high;
  V p = SPLAT(0x1.8832e0a477d4ep-49);
  p = FMA(p, z, SPLAT(-0x1.ae43865b92f59p-41));
  p = FMA(p, z, SPLAT(0x1.6123cd0d9bf41p-33));
  p = FMA(p, z, SPLAT(-0x1.ae6454d488592p-26));
  p = FMA(p, z, SPLAT(0x1.71de3a52a0cedp-19));
  p = FMA(p, z, SPLAT(-0x1.a01a01a014d71p-13));
  p = FMA(p, z, SPLAT(0x1.11111111110c8p-7));
  p = FMA(p, z, SPLAT(-0x1.5555555555555p-3));
  return high + FMA(z, FMA(high, p, low * -0.5), low);
}
