// x^y of two vectors. Described at the head of functions.h.
//
// exp(y log x) needs the logarithm to more digits than a number holds, for y log x may be as large as
// 745: it is carried as an unevaluated sum. Its products need a fused multiply-add to be exact;
// without one the C library takes over.

// Replaces the lanes where the base is no normal number or the exponent is not finite.
static __attribute__((noinline)) V FN(pow_careful)(V x, V y, VI ordinary, V result) {
  for (int i = 0; i < LANES; i++) {
    if (!ordinary[i]) result[i] = LIBM(pow)(x[i], y[i]);
  }
  return result;
}

#if HAS_FMA
// log x for positive normal x as an unevaluated sum: 2 artanh(s) + e ln 2, s = f / (2 + f).
INLINE V FN(log_sum)(V x, V *low) {
  V e, f = FN(log_fraction)(x, SPLAT(0), &e);
  V t = f + (T)2;
  V inverse = (T)1 / t;
  V s = f * inverse;
  V s_low = FMA(-s, f - (t - (T)2), FMA(-s, t, f)) * inverse;
  V w = s * s;
  // 2 artanh(s) = 2s + s (2/3 w + w^2 p(w)), the product with 2/3 as a sum, too.
  V w_low = FMA(s, s, -w) + (s + s) * s_low;
  V curve = w * TWO_THIRDS;
  V curve_low = FMA(w, SPLAT(TWO_THIRDS), -curve);
  curve_low += FMA(w * w, FN(artanh_series)(w), FMA(w_low, SPLAT(TWO_THIRDS), w * TWO_THIRDS_LOW));
  V third = s * curve;
  V third_low = FMA(s, curve, -third) + FMA(s, curve_low, s_low * curve);
  V exponent = e * LN2_HIGH;
  V twice = s + s;
  V sum = exponent + twice;
  V rest = (exponent - sum) + twice;
  V total = sum + third;
  rest += (sum - total) + third;
  rest += FMA(e, SPLAT(LN2_LOW), s_low + s_low + third_low);
  V high = total + rest;
  *low = (total - high) + rest;
  return high;
}

INLINE V FN(positive_power)(V x, V y) {
  V low, high = FN(log_sum)(x, &low);
  V product = y * high;
  V product_low = FMA(y, high, -product) + y * low;
  // Beyond the clamps the result is 0 or infinity already.
  VI inside = (product >= EXP_LOWEST) & (product <= EXP_HIGHEST);
  product_low = SELECT(inside, product_low, SPLAT(0));
  product = SELECT(product < EXP_LOWEST, SPLAT(EXP_LOWEST), product);
  product = SELECT(product > EXP_HIGHEST, SPLAT(EXP_HIGHEST), product);
  V n, r = FN(split_exponent)(product, &n);
  r += product_low;
  return FN(scale)((T)1 + FMA(r * r, FN(expm1_series)(r), r), n);
}
#endif

INLINE V FN(pow)(V x, V y) {
#if HAS_FMA
  V magnitude = FN(abs)(x);
  VI ordinary = (magnitude >= SMALLEST_NORMAL) & (magnitude <= LARGEST) & (FN(abs)(y) <= LARGEST);
  V result = FN(positive_power)(magnitude, y);
  VI negative = x < 0;
  if (FN(any)(negative)) {
    V half = y * (T)0.5;
    VI is_whole = y == __builtin_elementwise_floor(y);
    VI is_odd = is_whole & (half != __builtin_elementwise_floor(half));
    V flipped = SELECT(is_whole, SELECT(is_odd, -result, result), SPLAT(NAN));
    result = SELECT(negative, flipped, result);
  }
  // 1 is 1 to any power, and anything to the power 0.
  VI missing = (x != x) | (y != y);
  result = SELECT(missing, SELECT((x == 1) | (y == 0), SPLAT(1), SPLAT(NAN)), result);
  ordinary |= missing;
  if (__builtin_expect(FN(any)(~ordinary), 0)) return FN(pow_careful)(x, y, ordinary, result);
  return result;
#else
  return FN(pow_careful)(x, y, (VI){0}, x);
#endif
}
