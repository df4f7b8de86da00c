// erf of one vector. Described at the head of functions.h.

static __attribute__((noinline)) V FN(erf_tail)(V magnitude) {
  V x = SELECT(magnitude > ERF_LIMIT, SPLAT(ERF_LIMIT), magnitude);
  return (T)1 - FN(exp)(-FN(erfc_exponent)(x));
}

INLINE V FN(erf)(V x) {
  V magnitude = FN(abs)(x);
  V y = FMA(x, FN(erf_series)(x * x), x);
  VI large = ~(magnitude <= 1);
  if (!FN(any)(large)) return y;
  return SELECT(large, FN(with_sign)(FN(erf_tail)(magnitude), x), y);
}
