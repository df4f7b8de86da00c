// Double-precision exp, log, sin, cos and tanh. Described at the head of functions.h.
//
// The polynomials are minimax fits of the relative error of the function they serve (Lawson's
// weighted least squares in 45 digits, coefficients rounded one by one from the lowest order).

// 1.5 * 2^52: adding it rounds to an integer, which then stands in the low bits of the sum.
#define MAGIC 0x1.8p52
// ln 2 as a sum whose first term times an exponent is exact.
#define LN2_HIGH 0x1.62e42fefa38p-1
#define LN2_LOW 0x1.ef35793c7673p-45

// (exp(r) - 1 - r) / r^2 for |r| <= ln(2)/2.
INLINE V FN(expm1_series)(V r) {
  V r2 = r * r, r4 = r2 * r2;
  V low = FMA(FN(line)(r, 0x1.5555555555553p-5, 0x1.111111110f65cp-7), r2,
              FN(line)(r, 0.5, 0x1.5555555555559p-3));
  V middle = FMA(FN(line)(r, 0x1.a01a019bc3207p-16, 0x1.71ddf8199f8c7p-19), r2,
                 FN(line)(r, 0x1.6c16c16c17f71p-10, 0x1.a01a01afffaeep-13));
  V high = FMA(r2, SPLAT(0x1.1f45f1a7b5d4fp-29),
               FN(line)(r, 0x1.27e4f64e9da70p-22, 0x1.af5f1aec3ab55p-26));
  return FMA(FMA(high, r4, middle), r4, low);
}

// x * 2^n, rounded once, for whole -2044 <= n <= 2046. 2^n itself may lie outside the normal
// numbers, so n is taken in two halves.
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
  return FN(scale)(1.0 + FMA(r * r, FN(expm1_series)(r), r), n);
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
#if HAS_FMA
  // Every rounding error on the way to the quotient is kept and mends it in the end; without this
  // the error would be 2.5 ulp.
  V curve = r * r * FN(expm1_series)(r);
  V grown = r + curve;
  V grown_low = (r - grown) + curve;
  V offset = power - 1.0;
  V e = FMA(power, grown, offset);
  V e_low = FMA(power, grown_low, FMA(power, grown, offset - e));
  V denominator = e + 2.0;
  V denominator_low = (e - (denominator - 2.0)) + e_low;
  V inverse = 1.0 / denominator;
  V t = e * inverse;
  V residual = FMA(-t, denominator, e) + FMA(-t, denominator_low, e_low);
  t = FMA(residual, inverse, t);
#else
  V e = FMA(power, FMA(r * r, FN(expm1_series)(r), r), power - 1.0);
  V t = e / (e + 2.0);
#endif
  return FN(from_bits)(FN(bits)(t) | sign);
}

// x * 2^-shift = 2^e (1 + f) with sqrt(1/2) <= 1 + f < sqrt(2), for normal x. Returns f.
INLINE V FN(log_fraction)(V x, V shift, V *e) {
  VI bits = FN(bits)(x) + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
  *e = FN(from_bits)((VI)((VU)bits >> 52) | 0x4330000000000000) - (0x1p52 + 1023) - shift;
  return FN(from_bits)((bits & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd) - 1.0;
}

// log(1 + f) - f + extra = -(f^2/2 - s (f^2/2 + R)) + extra, s = f / (2 + f), R the odd series of
// 2 artanh(s) past its first term.
INLINE V FN(log_tail)(V f, V extra) {
  V s = f / (2.0 + f);
  V w = s * s;
  V w2 = w * w;
  V p = FMA(FN(line)(w, 0x1.999999997fa90p-2, 0x1.249249421c2f8p-2), w,
            SPLAT(0x1.5555555555593p-1));
  V q = FMA(FN(line)(w, 0x1.39a0fc23169dcp-3, 0x1.2f0d1a9965461p-3), w2,
            FN(line)(w, 0x1.c71c51e696b28p-3, 0x1.74664621478f0p-3));
  p = FMA(q, w2 * w, p);
  V half_square = 0.5 * f * f;
  return FMA(s, FMA(w, p, half_square), extra) - half_square;
}

#define SMALLEST_NORMAL 0x1p-1022
#define LARGEST 0x1.fffffffffffffp1023
#define SUBNORMAL_SHIFT 54
#define SUBNORMAL_SCALE 0x1p54

// x - n pi/2 as an unevaluated sum, for |x| <= REDUCTION_LIMIT.
INLINE V FN(reduce)(V x, V n, V *low) {
#if HAS_FMA
  // x - n HALF_PI_1 is a multiple of ulp(HALF_PI_1) below 1, hence exact; so is the pair that makes
  // the second product.
  V r = FMA(n, SPLAT(-0x1.921fb54442d18p+0), x);
  V product = n * 0x1.1a62633145c07p-54;
  V product_low = FMA(n, SPLAT(0x1.1a62633145c07p-54), -product);
  V high = r - product;
  V rest = ((r - high) - product) - product_low;
  *low = FMA(n, SPLAT(0x1.f1976b7ed8fbcp-110), rest);
  return high;
#else
  // Parts of 33 bits: an n of 20 bits times all but the last is exact.
  V r = x - n * 0x1.921fb544p+0;
  V product = n * 0x1.0b4611a6p-34;
  V middle = r - product;
  V rest = (r - middle) - product;
  product = n * 0x1.3198a2ep-69;
  V high = middle - product;
  rest += (middle - high) - product;
  *low = rest - n * 0x1.b839a252049c1p-104;
  return high;
#endif
}

#if HAS_FMA
#define REDUCTION_LIMIT 1e8
#else
#define REDUCTION_LIMIT 1.6e6
#endif
#define INVERSE_HALF_PI 0x1.45f306dc9c883p-1

// (sin r - r) / r^3 and (cos r - 1 + r^2/2) / r^4 for |r| <= pi/4, z = r^2.
INLINE V FN(sin_series)(V z) {
  V z2 = z * z;
  V high = FMA(FN(line)(z, -0x1.ae5e4eff91395p-26, 0x1.5d8c75de790c0p-33), z2,
               FN(line)(z, -0x1.a01a019bec95bp-13, 0x1.71de3558fc4d1p-19));
  return FMA(high, z2, FN(line)(z, -0x1.5555555555548p-3, 0x1.111111110f741p-7));
}

INLINE V FN(cos_series)(V z) {
  V z2 = z * z;
  V high = FMA(FN(line)(z, 0x1.1ee9d8d76b352p-29, -0x1.8fa4c625632a2p-37), z2,
               FN(line)(z, 0x1.a01a019c8b4d7p-16, -0x1.27e4f7ede8f2fp-22));
  return FMA(high, z2, FN(line)(z, 0x1.555555555554bp-5, -0x1.6c16c16c14ffep-10));
}

// (sinh r - r) / r^3 and (cosh r - 1) / r^2 for |r| <= ln(2)/2, z = r^2.
INLINE V FN(sinh_series)(V z) {
  V z2 = z * z;
  V high = FMA(z2, SPLAT(0x1.af5f5be8fa40bp-26),
               FN(line)(z, 0x1.a01a01b00b5dep-13, 0x1.71ddf7f727f07p-19));
  return FMA(high, z2, FN(line)(z, 0x1.5555555555559p-3, 0x1.111111110f648p-7));
}

INLINE V FN(cosh_series)(V z) {
  V z2 = z * z;
  V high = FMA(FN(line)(z, 0x1.27e4cc1d7e7d1p-22, 0x1.1f8bc6e7001b3p-29), z2,
               FN(line)(z, 0x1.6c16c16c15005p-10, 0x1.a01a01ad7a5a8p-16));
  return FMA(high, z2, FN(line)(z, 0.5, 0x1.5555555555558p-5));
}

// (atan t - t) / t^3 for |t| <= tan(pi/8), z = t^2.
INLINE V FN(atan_series)(V z) {
  V z2 = z * z, z4 = z2 * z2;
  V low = FMA(FN(line)(z, -0x1.249249246fe0ap-3, 0x1.c71c71b4b5acbp-4), z2,
              FN(line)(z, -0x1.5555555555554p-2, 0x1.999999999958dp-3));
  V middle = FMA(FN(line)(z, -0x1.110c072c6b985p-4, 0x1.e16a0ca50171cp-5), z2,
                 FN(line)(z, -0x1.745d14608b242p-4, 0x1.3b13669ca65c9p-4));
  V high = FMA(FN(line)(z, -0x1.107e833355f07p-5, 0x1.eb19fcf86dfa8p-7), z2,
               FN(line)(z, -0x1.ab4bfa923c2cep-5, 0x1.702a1455bdad8p-5));
  return FMA(FMA(high, z4, middle), z4, low);
}

// (asin t - t) / t^3 for |t| <= 1/2, z = t^2.
INLINE V FN(asin_series)(V z) {
  V z2 = z * z, z4 = z2 * z2;
  V low = FMA(FN(line)(z, 0x1.6db6db7212132p-5, 0x1.f1c71a95174b0p-6), z2,
              FN(line)(z, 0x1.5555555555577p-3, 0x1.333333332e136p-4));
  V middle = FMA(FN(line)(z, 0x1.ca1f85cfebdadp-7, 0x1.7585c906bd9acp-7), z2,
                 FN(line)(z, 0x1.6e8bdedbf96e1p-6, 0x1.1c49f0ac80c77p-6));
  V high = FMA(FN(line)(z, 0x1.6395d6475def9p-6, -0x1.57f405c5fefb9p-6), z2,
               FN(line)(z, 0x1.613b24bd20111p-7, 0x1.e60b031f41338p-9));
  high = FMA(z4, SPLAT(0x1.0b43bf30f79e7p-5), high);
  return FMA(FMA(high, z4, middle), z4, low);
}

// erf(x)/x - 1 for |x| <= 1, z = x^2.
INLINE V FN(erf_series)(V z) {
  V z2 = z * z, z4 = z2 * z2;
  V low = FMA(FN(line)(z, 0x1.ce2f21a0456acp-4, -0x1.b82ce31349771p-6), z2,
              FN(line)(z, 0x1.06eba8214db69p-3, -0x1.812746b037a23p-2));
  V middle = FMA(FN(line)(z, 0x1.f9a3b0436ac3cp-14, -0x1.f4dc495027f6ep-17), z2,
                 FN(line)(z, 0x1.565bcd2a9c0aep-8, -0x1.c02db8e1b8bafp-11));
  V high = FMA(FN(line)(z, 0x1.11d8238f19b2dp-26, -0x1.bd4a486e63a2ap-30), z2,
               FN(line)(z, 0x1.ba6107adc0505p-20, -0x1.63500026fa8c0p-23));
  high = FMA(z4, SPLAT(0x1.3240cca246e83p-33), high);
  return FMA(FMA(high, z4, middle), z4, low);
}

// -log erfc(x) for 1 <= x <= ERF_LIMIT, where erf is as good as 1.
INLINE V FN(erfc_exponent)(V x) {
  V u = x - 2.0;
  V u2 = u * u, u4 = u2 * u2;
  V y = FMA(FN(line)(u, -0x1.40d2c44dcb49bp-35, 0x1.54379c6e6c2d1p-38), u2,
            FN(line)(u, 0x1.1992b2d6931fdp-32, 0x1.3aa2fd9414c9fp-34));
  V top = FMA(y, u2, FN(line)(u, 0x1.e0c1c2bc97c0cp-27, -0x1.669bcc13a75d8p-29));
  V third = FMA(FN(line)(u, 0x1.73e0cf5b3ba8fp-23, -0x1.ef9cbc2ef7cadp-25), u2,
                FN(line)(u, -0x1.0604926540e99p-19, -0x1.b580117327c9cp-23));
  V second = FMA(FN(line)(u, -0x1.1bc3a4e5130d9p-13, 0x1.5b659d6cd63aap-16), u2,
                 FN(line)(u, -0x1.d406b3789fb87p-9, 0x1.7ffcfb00966dcp-11));
  V first = FMA(FN(line)(u, 0x1.d8f5dece9295fp-1, 0x1.0dc3b5fb33031p-6), u2,
                FN(line)(u, 0x1.575b329b1f514p+2, 0x1.1ac3258a8dc29p+2));
  return FMA(FMA(FMA(top, u4, third), u4, second), u4, first);
}

#define ERF_LIMIT 6.0

// (2 artanh(s) - 2s - 2/3 s^3) / s^5 for |s| <= (sqrt(2) - 1) / (sqrt(2) + 1), w = s^2.
INLINE V FN(artanh_series)(V w) {
  V w2 = w * w;
  V high = FMA(w2, SPLAT(0x1.0e487c22e2419p-3),
               FN(line)(w, 0x1.3b1ef26528c22p-3, 0x1.0f7f4f6036fb2p-3));
  V low = FMA(FN(line)(w, 0x1.c71c722dc4356p-3, 0x1.745ce9c1a0ceep-3), w2,
              FN(line)(w, 0x1.9999999999b32p-2, 0x1.2492492457964p-2));
  return FMA(high, w2 * w2, low);
}

#define TWO_THIRDS 0x1.5555555555555p-1
#define TWO_THIRDS_LOW 0x1.5555555555555p-55

#define LOG2_E 0x1.71547652b82fep+0
#define LOG10_E 0x1.bcb7b1526e50ep-2
// log10(2) as a sum whose first term times an exponent is exact.
#define LOG10_2_HIGH 0x1.34413509f6p-2
#define LOG10_2_LOW 0x1.9fef311f12b36p-42
#define LN2 0x1.62e42fefa39efp-1
// pi/2 as an unevaluated sum.
#define QUARTER_TURN 0x1.921fb54442d18p+0
#define QUARTER_TURN_LOW 0x1.1a62633145c07p-54
#define EXPONENT_BIAS 1023
#define MANTISSA_BITS 52
// Where hyperbolic functions overflow, and where expm1 is as good as -1.
#define SINH_LIMIT 710.6
#define EXPM1_LOWEST -50.0
#define EXP_LOWEST -746.0
#define EXP_HIGHEST 710.0
