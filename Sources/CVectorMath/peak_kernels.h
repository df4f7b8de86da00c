// Arithmetic at its best; see include/peak.h.

// Vectors that fit in the registers beside the two factors.
#if LEVEL == 2
#define PEAK_CHAINS 24
#elif LEVEL == 1
#define PEAK_CHAINS 5
#else
#define PEAK_CHAINS 3
#endif

static T FN(multiply_add)(size_t rounds) {
  V sum[PEAK_CHAINS], factor = SPLAT(0.999), term = SPLAT(0.001);
  for (int i = 0; i < PEAK_CHAINS; i++) sum[i] = SPLAT(0.1 * i);
  for (size_t round = 0; round < rounds; round++) {
    for (int i = 0; i < PEAK_CHAINS; i++) sum[i] = FMA(sum[i], factor, term);
  }
  for (int i = 1; i < PEAK_CHAINS; i++) sum[0] = sum[0] + sum[i];
  return FN(sum)(sum[0]);
}

const TYPED(limbeck_peak) FN(peak_table) = {
    .multiply_add = FN(multiply_add),
    .operations = 2 * PEAK_CHAINS * LANES,
};

#undef PEAK_CHAINS
