// Single-precision exp, log, sin, cos and tanh. Described at the head of functions.h.
//
// The polynomials are minimax fits of the relative error of the function they serve (Lawson's
// weighted least squares in 45 digits, coefficients rounded one by one from the lowest order).

// 1.5 * 2^23: adding it rounds to an integer, which then stands in the low bits of the sum.
#define MAGIC 0x1.8p23f
// ln 2 and pi/2 as sums of shorter numbers, so that an integer times all but the last is exact.
#define LN2_HIGH 0x1.62e4p-1f
#define LN2_LOW 0x1.7f7d1cp-20f
#define HALF_PI_1 0x1.92p+0f
#define HALF_PI_2 0x1.fb4p-12f
#define HALF_PI_3 0x1.444p-24f
#define HALF_PI_4 0x1.68c234p-39f

// (exp(r) - 1 - r) / r^2 for |r| <= ln(2)/2.
INLINE V FN(expm1_series)(V r) {
  V r2 = r * r;
  V high = FMA(FN(line)(r, 0x1.6d3a4ap-10f, 0x1.9e7354p-13f), r2,
               FN(line)(r, 0x1.5554f8p-5f, 0x1.1112d8p-7f));
  return FMA(high, r2, FN(line)(r, 0.5f, 0x1.555554p-3f));
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
  return FN(scale)(1.0f + FMA(r * r, FN(expm1_series)(r), r), n);
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
#if HAS_FMA
  V e = FMA(power, FMA(r * r, FN(expm1_series)(r), r), power - 1.0f);
  V inverse = 1.0f / (e + 2.0f);
  V t = e * inverse;
  // One step of division mends the roundings of the denominator, its inverse and the product.
  V residual = FMA(-t, e, FMA(t, SPLAT(-2), e));
  t = FMA(residual, inverse, t);
#else
  V e = FMA(power, FMA(r * r, FN(expm1_series)(r), r), power - 1.0f);
  V t = e / (e + 2.0f);
#endif
  return FN(from_bits)(FN(bits)(t) | sign);
}

// log of x * 2^-shift for normal x: x = 2^e m with sqrt(1/2) <= m < sqrt(2), f = m - 1,
// log x = e ln 2 + f - f^2/2 + f^3 p(f).
INLINE V FN(log_normal)(V x, V shift) {
  VI bits = FN(bits)(x) + (0x3f800000 - 0x3f3504f3);
  V e = FN(from_bits)((bits >> 23) | 0x4b000000) - (0x1p23f + 127) - shift;
  V f = FN(from_bits)((bits & 0x007fffff) + 0x3f3504f3) - 1.0f;
  V f2 = f * f;
  V p = FMA(FN(line)(f, 0x1.055e8p-3f, -0x1.38c8a4p-4f), f2,
            FN(line)(f, 0x1.22d934p-3f, -0x1.0d824ep-3f));
  V q = FMA(FN(line)(f, 0x1.99a01cp-3f, -0x1.54728ap-3f), f2,
            FN(line)(f, 0x1.555554p-2f, -0x1.000226p-2f));
  V tail = FMA(f2, FMA(f, FMA(p, f2 * f2, q), SPLAT(-0.5f)), e * LN2_LOW);
  // e ln 2 and f summed exactly: their rounding error joins the tail.
  V high = e * LN2_HIGH;
  V sum = high + f;
  return sum + (tail + (f - (sum - high)));
}

#define SMALLEST_NORMAL 0x1p-126f
#define LARGEST 0x1.fffffep127f
#define SUBNORMAL_SHIFT 25
#define SUBNORMAL_SCALE 0x1p25f

// x - n pi/2 as an unevaluated sum, for |n| < 2^13.
INLINE V FN(reduce)(V x, V n, V *low) {
  V r = FMA(n, SPLAT(-HALF_PI_1), x);
  r = FMA(n, SPLAT(-HALF_PI_2), r);
  V product = n * HALF_PI_3;
  V high = r - product;
  *low = FMA(n, SPLAT(-HALF_PI_4), (r - high) - product);
  return high;
}

#define REDUCTION_LIMIT 12800.0f
#define INVERSE_HALF_PI 0x1.45f306p-1f

// (sin r - r) / r^3 and (cos r - 1 + r^2/2) / r^4 for |r| <= pi/4, z = r^2.
INLINE V FN(sin_series)(V z) {
  V p = FMA(z, SPLAT(-0x1.9951d4p-13f), SPLAT(0x1.110774p-7f));
  return FMA(p, z, SPLAT(-0x1.555546p-3f));
}

INLINE V FN(cos_series)(V z) {
  V p = FMA(z, SPLAT(0x1.99e808p-16f), SPLAT(-0x1.6c0c28p-10f));
  return FMA(p, z, SPLAT(0x1.55554ap-5f));
}
