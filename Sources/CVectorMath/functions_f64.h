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

// log of x * 2^-shift for normal x: x = 2^e m with sqrt(1/2) <= m < sqrt(2), f = m - 1,
// log x = e ln 2 + f - (f^2/2 - s (f^2/2 + R)), s = f / (2 + f), R the odd series of 2 artanh(s)
// past its first term.
INLINE V FN(log_normal)(V x, V shift) {
  VI bits = FN(bits)(x) + (0x3ff0000000000000 - 0x3fe6a09e667f3bcd);
  V e = FN(from_bits)((VI)((VU)bits >> 52) | 0x4330000000000000) - (0x1p52 + 1023) - shift;
  V f = FN(from_bits)((bits & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd) - 1.0;
  V s = f / (2.0 + f);
  V w = s * s;
  V w2 = w * w;
  V p = FMA(FN(line)(w, 0x1.999999997fa90p-2, 0x1.249249421c2f8p-2), w,
            SPLAT(0x1.5555555555593p-1));
  V q = FMA(FN(line)(w, 0x1.39a0fc23169dcp-3, 0x1.2f0d1a9965461p-3), w2,
            FN(line)(w, 0x1.c71c51e696b28p-3, 0x1.74664621478f0p-3));
  p = FMA(q, w2 * w, p);
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
