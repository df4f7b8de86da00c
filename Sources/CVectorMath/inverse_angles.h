// asin, acos and atan of one vector. Described at the head of functions.h.

// atan |x| is the series of |x|, of (|x| - 1) / (|x| + 1) an eighth turn on, or of -1 / |x| a quarter
// turn on, whichever is within tan(pi/8).
INLINE V FN(atan)(V x) {
  V magnitude = FN(abs)(x);
  VI middle = magnitude > (T)0x1.a8279ap-2, large = magnitude > (T)0x1.3504f4p+1;
  V numerator = SELECT(large, SPLAT(-1), SELECT(middle, magnitude - (T)1, magnitude));
  V denominator = SELECT(large, magnitude, SELECT(middle, magnitude + (T)1, SPLAT(1)));
  V t = numerator / denominator;
  V z = t * t;
  V eighths = SELECT(large, SPLAT(1), SELECT(middle, SPLAT(0.5), SPLAT(0)));
  V rest = FMA(t * z, FN(atan_series)(z), eighths * (T)QUARTER_TURN_LOW);
  return FN(with_sign)(eighths * (T)QUARTER_TURN + (t + rest), x);
}

// asin s for s = |x| up to 1/2, else for s = sqrt((1 - |x|) / 2), where asin |x| = pi/2 - 2 asin s.
// NaN beyond 1.
INLINE V FN(half_asin)(V magnitude, VI large) {
  V z = SELECT(large, ((T)1 - magnitude) * (T)0.5, magnitude * magnitude);
  V s = SELECT(large, FN(sqrt)(z), magnitude);
  return FMA(s * z, FN(asin_series)(z), s);
}

INLINE V FN(asin)(V x) {
  V magnitude = FN(abs)(x);
  VI large = magnitude > (T)0.5;
  V y = FN(half_asin)(magnitude, large);
  V complement = (T)QUARTER_TURN - (y + y - (T)QUARTER_TURN_LOW);
  return FN(with_sign)(SELECT(large, complement, y), x);
}

INLINE V FN(acos)(V x) {
  V magnitude = FN(abs)(x);
  VI large = magnitude > (T)0.5;
  V y = FN(half_asin)(magnitude, large);
  V twice = y + y, signed_y = FN(from_bits)(FN(bits)(y) ^ (FN(bits)(x) & FN(bits)(SPLAT(-0.0))));
  V middle = (T)QUARTER_TURN - (signed_y - (T)QUARTER_TURN_LOW);
  V obtuse = (T)(2 * QUARTER_TURN) - (twice - (T)(2 * QUARTER_TURN_LOW));
  return SELECT(large, SELECT(x > 0, twice, obtuse), middle);
}
