// sin and cos at half the price, for formulas in single precision. Described at the head of
// functions.h.
//
// Reduced by half turns a sine needs one polynomial and no choice between two. The price is an error
// up to 2.2 units in the last place instead of 0.8: nothing mends the roundings of the angle that is
// left and of the polynomial, which weighs most a quarter turn from zero. A search that ranks
// formulas in single precision does not see that. In double precision, where its results are
// confirmed, and without a fused multiply-add they are sin and cos.

#if !TYPE_IS_F64 && HAS_FMA
// pi as a sum; the first term is cut off, so that x - n PI_1 is exact.
#define PI_1 0x1.921fb4p+1f
#define PI_2 0x1.4442dp-23f
#define PI_3 0x1.84698ap-47f
#define INVERSE_PI 0x1.45f306p-2f

// sin(x - n pi), where n pi is the nearest to x of its kind: r + r^3 p(r^2) for |r| <= pi/2.
INLINE V FN(half_turn_sine)(V x, V n) {
  V r = FMA(n, SPLAT(-PI_1), x);
  r = FMA(n, SPLAT(-PI_2), r);
  r = FMA(n, SPLAT(-PI_3), r);
  V z = r * r;
  V p = FMA(z, SPLAT(0x1.5dbc24p-19f), SPLAT(-0x1.9f7046p-13f));
  p = FMA(p, z, SPLAT(0x1.110ed8p-7f));
  p = FMA(p, z, SPLAT(-0x1.55554cp-3f));
  return FMA(p * z, r, r);
}

INLINE VI FN(is_large_angle)(V magnitude) {
  return (magnitude > REDUCTION_LIMIT) & (magnitude <= LARGEST);
}

INLINE V FN(quick_sin)(V x) {
  V magnitude = FN(abs)(x);
  V shifted = FMA(magnitude, SPLAT(INVERSE_PI), SPLAT(MAGIC));
  V y = FN(half_turn_sine)(magnitude, shifted - MAGIC);
  VI sign = FN(bits)(x) & FN(bits)(SPLAT(-0.0f));
  y = FN(from_bits)(FN(bits)(y) ^ sign ^ (FN(bits)(shifted) << 31));
  if (__builtin_expect(FN(any)(FN(is_large_angle)(magnitude)), 0)) {
    return FN(sine_careful)(x, y, 0);
  }
  return y;
}

// cos x = sin(x + pi/2), and x + pi/2 - n pi = x - (n - 1/2) pi.
INLINE V FN(quick_cos)(V x) {
  V magnitude = FN(abs)(x);
  V shifted = FMA(magnitude, SPLAT(INVERSE_PI), SPLAT(0.5f)) + MAGIC;
  V y = FN(half_turn_sine)(magnitude, (shifted - MAGIC) - 0.5f);
  y = FN(from_bits)(FN(bits)(y) ^ (FN(bits)(shifted) << 31));
  if (__builtin_expect(FN(any)(FN(is_large_angle)(magnitude)), 0)) {
    return FN(sine_careful)(x, y, 1);
  }
  return y;
}

#undef PI_1
#undef PI_2
#undef PI_3
#undef INVERSE_PI
#else
INLINE V FN(quick_sin)(V x) { return FN(sin)(x); }
INLINE V FN(quick_cos)(V x) { return FN(cos)(x); }
#endif
