// expm1, hyperbolic functions and their inverses of one vector. Described at the head of
// functions.h; tanh stands beside exp, whose parts it shares.

// n = round(x / ln 2) and r = x - n ln 2.
INLINE V FN(split_exponent)(V x, V *n) {
  *n = FMA(x, SPLAT(LOG2_E), SPLAT(MAGIC)) - MAGIC;
  V r = FMA(*n, SPLAT(-LN2_HIGH), x);
  return FMA(*n, SPLAT(-LN2_LOW), r);
}

// 2^n for a whole n whose power is normal; infinite for the next one.
INLINE V FN(power_of_two)(V n) {
  return FN(from_bits)(FN(bits)(n + (MAGIC + EXPONENT_BIAS)) << MANTISSA_BITS);
}

INLINE V FN(with_sign)(V magnitude, V sign) {
  return FN(from_bits)(FN(bits)(magnitude) | (FN(bits)(sign) & FN(bits)(SPLAT(-0.0))));
}

// 2^n (exp(r) - 1) + (2^n - 1), in halves because 2^n may overflow before the result does.
INLINE V FN(expm1)(V x) {
  V clamped = SELECT(x < EXPM1_LOWEST, SPLAT(EXPM1_LOWEST), x);
  clamped = SELECT(clamped > EXP_HIGHEST, SPLAT(EXP_HIGHEST), clamped);
  V n, r = FN(split_exponent)(clamped, &n);
  V half = FN(power_of_two)(n - 1);
  V grown = FMA(r * r, FN(expm1_series)(r), r);
  V y = FMA(half, grown, half - (T)0.5) * (T)2;
  // The half of a subnormal number may lose its last digit.
  return SELECT(FN(abs)(x) < SMALLEST_NORMAL, x, y);
}

// exp(|x|) / 4 = p exp(r) and exp(-|x|) / 4 = q exp(-r): half their difference is
// (p - q) cosh r + (p + q) sinh r, doubled in the end because 2^n may overflow before that.
typedef struct {
  V difference, sum;
  V sine, rise;
} FN(hyperbola);

INLINE FN(hyperbola) FN(split_hyperbola)(V magnitude) {
  V clamped = SELECT(magnitude > SINH_LIMIT, SPLAT(SINH_LIMIT), magnitude);
  V n, r = FN(split_exponent)(clamped, &n);
  V p = FN(power_of_two)(n - 2);
  // Past the mantissa exp(-|x|) counts for nothing, and its power might not be normal.
  V q = SELECT(n > 60, SPLAT(0), FN(power_of_two)(-2 - n));
  V z = r * r;
  return (FN(hyperbola)){p - q, p + q, FMA(r * z, FN(sinh_series)(z), r), z * FN(cosh_series)(z)};
}

INLINE V FN(sinh)(V x) {
  FN(hyperbola) h = FN(split_hyperbola)(FN(abs)(x));
  V y = h.difference + FMA(h.sum, h.sine, h.difference * h.rise);
  return FN(with_sign)(SELECT(FN(abs)(x) < SMALLEST_NORMAL, FN(abs)(x), y * (T)2), x);
}

INLINE V FN(cosh)(V x) {
  FN(hyperbola) h = FN(split_hyperbola)(FN(abs)(x));
  V y = h.sum + FMA(h.difference, h.sine, h.sum * h.rise);
  return y * (T)2;
}

// Beyond this the square under the root outweighs 1, and might overflow.
#define LARGE (TYPE_IS_F64 ? (T)0x1p28 : (T)0x1p13)

// log(|x| + sqrt(1 + x^2)) = log1p(|x| + x^2 / (1 + sqrt(1 + x^2))), or log(2|x|).
INLINE V FN(asinh)(V x) {
  V magnitude = FN(abs)(x), square = magnitude * magnitude;
  VI large = magnitude > LARGE;
  V argument = magnitude + square / ((T)1 + FN(sqrt)((T)1 + square));
  V y = FN(log1p)(SELECT(large, magnitude - (T)1, argument));
  return FN(with_sign)(SELECT(large, y + LN2, y), x);
}

// log(x + sqrt(x^2 - 1)) = log1p(t + sqrt(t (t + 2))) with t = x - 1, or log(2x).
INLINE V FN(acosh)(V x) {
  V t = x - (T)1;
  VI large = x > LARGE;
  V y = FN(log1p)(SELECT(large, t, t + FN(sqrt)(FMA(t, t, t + t))));
  y = SELECT(large, y + LN2, y);
  return SELECT(x >= 1, y, SPLAT(NAN));
}

// log((1 + |x|) / (1 - |x|)) / 2 = log1p(2|x| / (1 - |x|)) / 2.
INLINE V FN(atanh)(V x) {
  V magnitude = FN(abs)(x);
  V y = FN(log1p)((magnitude + magnitude) / ((T)1 - magnitude)) * (T)0.5;
  return FN(with_sign)(SELECT(magnitude <= 1, y, SPLAT(NAN)), x);
}

#undef LARGE
