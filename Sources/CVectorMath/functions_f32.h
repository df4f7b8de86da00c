// Single-precision exp, log, sin, cos and tanh. Described at the head of functions.h.
//
// The polynomials are minimax fits of the relative error of the function they serve (Lawson's
// weighted least squares in 45 digits, coefficients rounded one by one from the lowest order).

// 1.5 * 2^23: adding it rounds to an integer, which then stands in the low bits of the sum.
#define MAGIC 0x1.8p23f
// ln 2 and pi as sums of shorter numbers, so that an integer times all but the last is exact.
#define LN2_HIGH 0x1.62e4p-1f
#define LN2_LOW 0x1.7f7d1cp-20f
#define PI_1 0x1.92p+1f
#define PI_2 0x1.fb4p-11f
#define PI_3 0x1.444p-23f
#define PI_4 0x1.68c234p-38f

// exp(r) - 1 for |r| <= ln(2)/2.
INLINE V FN(expm1_reduced)(V r) {
  V p = SPLAT(0x1.9e7354p-13f);
  p = FMA(p, r, SPLAT(0x1.6d3a4ap-10f));
  p = FMA(p, r, SPLAT(0x1.1112d8p-7f));
  p = FMA(p, r, SPLAT(0x1.5554f8p-5f));
  p = FMA(p, r, SPLAT(0x1.555554p-3f));
  p = FMA(p, r, SPLAT(0.5f));
  return FMA(r * r, p, r);
}

// x * 2^n, rounded once, for whole -252 <= n <= 254. 2^n itself may lie outside the normal numbers,
// so n is taken in two halves.
INLINE V FN(scale)(V x, V n) {
#if LEVEL == 2
  return (V)_mm512_scalef_ps((__m512)x, (__m512)n);
#else
  V half = FMA(n, SPLAT(0.5f), SPLAT(MAGIC + 127));
  V rest = (n - (half - (MAGIC + 127))) + (MAGIC + 127);
  return x * FN(from_bits)(FN(bits)(half) << 23) * FN(from_bits)(FN(bits)(rest) << 23);
#endif
}

// 2^n exp(r) with n = round(x / ln 2). Beyond the clamps the result is 0 or infinity already.
INLINE V FN(exp)(V x) {
  V clamped = SELECT(x < -105.0f, SPLAT(-105), x);
  clamped = SELECT(clamped > 89.0f, SPLAT(89), clamped);
  V n = FMA(clamped, SPLAT(0x1.715476p+0f), SPLAT(MAGIC)) - MAGIC;
  V r = FMA(n, SPLAT(-LN2_HIGH), clamped);
  r = FMA(n, SPLAT(-LN2_LOW), r);
  return FN(scale)(1.0f + FN(expm1_reduced)(r), n);
}

// e / (e + 2) with e = exp(2|x|) - 1 = 2^n (exp(r) - 1) + (2^n - 1). Beyond the clamp it is 1.
INLINE V FN(tanh)(V x) {
  VI sign = FN(bits)(x) & FN(bits)(SPLAT(-0.0f));
  V twice = FN(abs)(x) * 2.0f;
  twice = SELECT(twice > 20.0f, SPLAT(20), twice);
  V biased = FMA(twice, SPLAT(0x1.715476p+0f), SPLAT(MAGIC + 127));
  V power = FN(from_bits)(FN(bits)(biased) << 23);
  V n = biased - (MAGIC + 127);
  V r = FMA(n, SPLAT(-LN2_HIGH), twice);
  r = FMA(n, SPLAT(-LN2_LOW), r);
  V e = FMA(power, FN(expm1_reduced)(r), power - 1.0f);
  return FN(from_bits)(FN(bits)(e / (e + 2.0f)) | sign);
}

// log of x * 2^-shift for normal x: x = 2^e m with sqrt(1/2) <= m < sqrt(2), f = m - 1,
// log x = e ln 2 + f - f^2/2 + f^3 p(f).
INLINE V FN(log_normal)(V x, V shift) {
  VI bits = FN(bits)(x) + (0x3f800000 - 0x3f3504f3);
  V e = FN(from_bits)((bits >> 23) | 0x4b000000) - (0x1p23f + 127) - shift;
  V f = FN(from_bits)((bits & 0x007fffff) + 0x3f3504f3) - 1.0f;
  V p = SPLAT(-0x1.38c8a4p-4f);
  p = FMA(p, f, SPLAT(0x1.055e8p-3f));
  p = FMA(p, f, SPLAT(-0x1.0d824ep-3f));
  p = FMA(p, f, SPLAT(0x1.22d934p-3f));
  p = FMA(p, f, SPLAT(-0x1.54728ap-3f));
  p = FMA(p, f, SPLAT(0x1.99a01cp-3f));
  p = FMA(p, f, SPLAT(-0x1.000226p-2f));
  p = FMA(p, f, SPLAT(0x1.555554p-2f));
  V tail = FMA(f * f, FMA(f, p, SPLAT(-0.5f)), e * LN2_LOW);
  // e ln 2 and f summed exactly: their rounding error joins the tail.
  V high = e * LN2_HIGH;
  V sum = high + f;
  return sum + (tail + (f - (sum - high)));
}

#define SMALLEST_NORMAL 0x1p-126f
#define LARGEST 0x1.fffffep127f
#define SUBNORMAL_SHIFT 25
#define SUBNORMAL_SCALE 0x1p25f

// x less the nearest multiple of pi, for sin, or the nearest odd multiple of pi/2, for cos, as an
// unevaluated sum; n is the multiple, in units of pi. For |x| <= REDUCTION_LIMIT.
INLINE V FN(reduce)(V x, V n, V *low) {
  V r = FMA(n, SPLAT(-PI_1), x);
  r = FMA(n, SPLAT(-PI_2), r);
  V product = n * PI_3;
  V high = r - product;
  *low = FMA(n, SPLAT(-PI_4), (r - high) - product);
  return high;
}

#define REDUCTION_LIMIT 12800.0f
#define INVERSE_PI 0x1.45f306p-2f
#define SIGN_SHIFT 31

// sin(high + low) for |high| <= pi/2.
INLINE V FN(sin_reduced)(V high, V low) {
  V z = high * high;
  V p = SPLAT(0x1.5dc78ap-19f);
  p = FMA(p, z, SPLAT(-0x1.9f70e4p-13f));
  p = FMA(p, z, SPLAT(0x1.110edap-7f));
  p = FMA(p, z, SPLAT(-0x1.55554cp-3f));
  return high + FMA(z, FMA(high, p, low * -0.5f), low);
}
