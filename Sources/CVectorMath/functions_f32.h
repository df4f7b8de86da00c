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

// x * 2^-shift = 2^e (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2), for normal x. Returns f.
INLINE V FN(log_fraction)(V x, V shift, V *e) {
  VI bits = FN(bits)(x) + (0x3f800000 - 0x3f3504f3);
  *e = FN(from_bits)((bits >> 23) | 0x4b000000) - (0x1p23f + 127) - shift;
  return FN(from_bits)((bits & 0x007fffff) + 0x3f3504f3) - 1.0f;
}

// log(1 + f) - f + extra = -f^2/2 + f^3 p(f) + extra.
INLINE V FN(log_tail)(V f, V extra) {
  V f2 = f * f;
  V p = FMA(FN(line)(f, 0x1.055e8p-3f, -0x1.38c8a4p-4f), f2,
            FN(line)(f, 0x1.22d934p-3f, -0x1.0d824ep-3f));
  V q = FMA(FN(line)(f, 0x1.99a01cp-3f, -0x1.54728ap-3f), f2,
            FN(line)(f, 0x1.555554p-2f, -0x1.000226p-2f));
  return FMA(f2, FMA(f, FMA(p, f2 * f2, q), SPLAT(-0.5f)), extra);
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

// (sinh r - r) / r^3 and (cosh r - 1) / r^2 for |r| <= ln(2)/2, z = r^2.
INLINE V FN(sinh_series)(V z) {
  return FMA(FN(line)(z, 0x1.110fbep-7f, 0x1.a2e31ap-13f), z, SPLAT(0x1.555556p-3f));
}

INLINE V FN(cosh_series)(V z) {
  return FMA(FN(line)(z, 0x1.5554e6p-5f, 0x1.6d4f16p-10f), z, SPLAT(0.5f));
}

// (atan t - t) / t^3 for |t| <= tan(pi/8), z = t^2.
INLINE V FN(atan_series)(V z) {
  V high = FMA(z, SPLAT(-0x1.f2cbbap-5f), SPLAT(0x1.b21ff4p-4f));
  V low = FN(line)(z, -0x1.55554ap-2f, 0x1.9991ep-3f);
  return FMA(FMA(high, z, SPLAT(-0x1.23b966p-3f)), z * z, low);
}

// (asin t - t) / t^3 for |t| <= 1/2, z = t^2.
INLINE V FN(asin_series)(V z) {
  V z2 = z * z;
  V high = FMA(FN(line)(z, 0x1.d789dep-7f, 0x1.33d39cp-5f), z2,
               FN(line)(z, 0x1.6caa74p-5f, 0x1.04b08cp-5f));
  return FMA(high, z2, FN(line)(z, 0x1.55554cp-3f, 0x1.3338ap-4f));
}

// erf(x)/x - 1 for |x| <= 1, z = x^2.
INLINE V FN(erf_series)(V z) {
  V z2 = z * z;
  V high = FMA(z2, SPLAT(0x1.48740ep-14f), FN(line)(z, 0x1.53f9fcp-8f, -0x1.a39df2p-11f));
  V low = FMA(FN(line)(z, 0x1.ce2ceap-4f, -0x1.b7f7bcp-6f), z2,
              FN(line)(z, 0x1.06eba8p-3f, -0x1.81273ep-2f));
  return FMA(high, z2 * z2, low);
}

// -log erfc(x) for 1 <= x <= ERF_LIMIT, where erf is as good as 1.
INLINE V FN(erfc_exponent)(V x) {
  V u = x - 1.75f;
  V u2 = u * u;
  V high = FMA(u2, SPLAT(-0x1.8a64dep-13f), FN(line)(u, -0x1.2e071ap-8f, 0x1.029a5p-10f));
  V low = FMA(FN(line)(u, 0x1.d1e362p-1f, 0x1.507e3p-6f), u2,
              FN(line)(u, 0x1.1457ep+2f, 0x1.fad484p+1f));
  return FMA(high, u2 * u2, low);
}

#define ERF_LIMIT 4.0f

// (2 artanh(s) - 2s - 2/3 s^3) / s^5 for |s| <= (sqrt(2) - 1) / (sqrt(2) + 1), w = s^2.
INLINE V FN(artanh_series)(V w) {
  return FMA(FN(line)(w, 0x1.24527cp-2f, 0x1.dfa272p-3f), w, SPLAT(0x1.999ap-2f));
}

#define TWO_THIRDS 0x1.555556p-1f
#define TWO_THIRDS_LOW -0x1.555556p-26f

#define LOG2_E 0x1.715476p+0f
#define LOG10_E 0x1.bcb7b2p-2f
// log10(2) as a sum whose first term times an exponent is exact.
#define LOG10_2_HIGH 0x1.344p-2f
#define LOG10_2_LOW 0x1.3509f8p-18f
#define LN2 0x1.62e43p-1f
// pi/2 as an unevaluated sum.
#define QUARTER_TURN 0x1.921fb6p+0f
#define QUARTER_TURN_LOW -0x1.777a5cp-25f
#define EXPONENT_BIAS 127
#define MANTISSA_BITS 23
// Where hyperbolic functions overflow, and where expm1 is as good as -1.
#define SINH_LIMIT 89.5f
#define EXPM1_LOWEST -20.0f
#define EXP_LOWEST -105.0f
#define EXP_HIGHEST 89.0f
