// Logarithms of one vector: log, log2, log10 and log1p. Described at the head of functions.h.

// log of x * 2^-shift for normal x.
INLINE V FN(log_normal)(V x, V shift) {
  V e, f = FN(log_fraction)(x, shift, &e);
  V tail = FN(log_tail)(f, e * LN2_LOW);
  // e ln 2 and f summed exactly: their rounding error joins the tail.
  V high = e * LN2_HIGH;
  V sum = high + f;
  return sum + (tail + (f - (sum - high)));
}

// Exact for powers of two, because e is.
INLINE V FN(log2_normal)(V x, V shift) {
  V e, f = FN(log_fraction)(x, shift, &e);
  return FMA(f + FN(log_tail)(f, SPLAT(0)), SPLAT(LOG2_E), e);
}

INLINE V FN(log10_normal)(V x, V shift) {
  V e, f = FN(log_fraction)(x, shift, &e);
  V fraction = f + FN(log_tail)(f, SPLAT(0));
  return FMA(e, SPLAT(LOG10_2_HIGH), FMA(fraction, SPLAT(LOG10_E), e * LOG10_2_LOW));
}

// The careful twin replaces the values of vectors with a zero, a subnormal number or an infinity.
#define DEFINE_LOGARITHM(name)                                                                     \
  static __attribute__((noinline)) V FN(name##_careful)(V x) {                                     \
    VI tiny = x < SMALLEST_NORMAL;                                                                 \
    V scaled = SELECT(tiny, x * SUBNORMAL_SCALE, x);                                               \
    V y = FN(name##_normal)(scaled, SELECT(tiny, SPLAT(SUBNORMAL_SHIFT), SPLAT(0)));               \
    y = SELECT(x > LARGEST, x, y);                                                                 \
    return SELECT(x == 0, SPLAT(-INFINITY), y);                                                    \
  }                                                                                                \
  INLINE V FN(name)(V x) {                                                                         \
    VI special = (x >= 0) & ((x < SMALLEST_NORMAL) | (x > LARGEST));                               \
    V y = FN(name##_normal)(x, SPLAT(0));                                                          \
    if (__builtin_expect(FN(any)(special), 0)) y = FN(name##_careful)(x);                          \
    return SELECT(x >= 0, y, SPLAT(NAN));                                                          \
  }

DEFINE_LOGARITHM(log)
DEFINE_LOGARITHM(log2)
DEFINE_LOGARITHM(log10)

#undef DEFINE_LOGARITHM

// log(u) with u = 1 + x rounded, and what the rounding took, c: log(u + c) = log u + c / u.
INLINE V FN(log1p)(V x) {
  V u = x + (T)1;
  V back = u - (T)1;
  V c = ((T)1 - (u - back)) + (x - back);
  V e, f = FN(log_fraction)(u, SPLAT(0), &e);
  V tail = FN(log_tail)(f, FMA(e, SPLAT(LN2_LOW), c / u));
  V high = e * LN2_HIGH;
  V sum = high + f;
  V y = sum + (tail + (f - (sum - high)));
  y = SELECT((x == 0) | (x > LARGEST), x, y);
  y = SELECT(x == -1, SPLAT(-INFINITY), y);
  return SELECT(x >= -1, y, SPLAT(NAN));
}
