// Reduction of a vector of large angles: see large_angles.h. Described at the head of functions.h.

#if TYPE_IS_F64
INLINE VI FN(reduce_large)(V x, V *high, V *low) {
  // Lanes go through memory: to exchange one of a register costs more than a load.
  T angle[LANES], highs[LANES], lows[LANES];
  I turns[LANES];
  STORE(angle, x);
  for (int i = 0; i < LANES; i++) {
    turns[i] = limbeck_reduce_large_angle(angle[i], &highs[i], &lows[i]);
  }
  *high = LOAD(highs);
  *low = LOAD(lows);
  VI result;
  memcpy(&result, turns, sizeof result);
  return result;
}
#else
typedef uint64_t FN(WU) __attribute__((ext_vector_type(LANES)));
typedef int64_t FN(WI) __attribute__((ext_vector_type(LANES)));
typedef double FN(W) __attribute__((ext_vector_type(LANES)));

// Words of 2/pi, behind one of zeros: as many as the largest float needs.
INLINE VU FN(two_over_pi)(VI index) {
  static const uint32_t words[16] = {0x00000000, 0xa2f9836e, 0x4e441529, 0xfc2757d1,
                                     0xf534ddc0, 0xdb629599, 0x3c439041, 0xfe5163ab};
#if LEVEL == 2
  return (VU)_mm512_permutexvar_epi32((__m512i)index, _mm512_loadu_si512(words));
#else
  uint32_t chosen[LANES];
  for (int i = 0; i < LANES; i++) chosen[i] = words[index[i] & 15];
  VU result;
  memcpy(&result, chosen, sizeof result);
  return result;
#endif
}

// For |x| >= REDUCTION_LIMIT; other lanes hold anything.
INLINE VI FN(reduce_large)(V x, V *high, V *low) {
  // |x| = m 2^e with an integer m of 24 bits. From the bit of 2/pi on whose product with m 2^e is
  // no multiple of 4, three words.
  VU bits = (VU)FN(bits)(FN(abs)(x));
  VU m = (bits & 0x007fffff) | 0x00800000;
  VI e = (VI)(bits >> 23) - 150;
  VI position = 32 + e - 2, index = position >> 5;
  VU offset = (VU)position & 31;
  VU word[4], window[3];
  for (int k = 0; k < 4; k++) word[k] = FN(two_over_pi)(index + k);
  for (int k = 0; k < 3; k++) {
    window[k] = word[k] << offset | word[k + 1] >> 1 >> (31 - offset);
  }

  // Their product modulo 2^64, that is x * 2/pi modulo 4 with 62 bits after the point. No float is
  // nearer to a multiple of pi/2 than about 2^-32.
  FN(WU) wide = __builtin_convertvector(m, FN(WU));
  FN(WU) product = __builtin_convertvector(m * window[0], FN(WU)) << 32;
  product += wide * __builtin_convertvector(window[1], FN(WU));
  product += wide * __builtin_convertvector(window[2], FN(WU)) >> 32;

  FN(WU) turns = (product + (1ull << 61)) >> 62;
  FN(WI) fraction = (FN(WI))(product - (turns << 62));
  FN(W) remainder = __builtin_convertvector(fraction, FN(W)) * 0x1.921fb54442d18p-62;
  V sign = SELECT(x < 0, SPLAT(-1), SPLAT(1));
  V nearest = __builtin_convertvector(remainder, V);
  V rest = __builtin_convertvector(remainder - __builtin_convertvector(nearest, FN(W)), V);
  *high = nearest * sign;
  *low = rest * sign;
  VI counted = __builtin_convertvector(turns, VI);
  return (x < 0) ? -counted : counted;
}
#endif
