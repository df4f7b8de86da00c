// Selection and sums over the active entries of sparse codes; see include/sparse_products.h.

// Vectors of a row that stay in registers while the entries pass: enough chains to hide the latency
// of a fused multiply-add, and no more than the register file holds.
#if LEVEL == 2
#define GATHER_VECTORS 8
#elif LEVEL == 1
#define GATHER_VECTORS 4
#else
#define GATHER_VECTORS 2
#endif

INLINE void FN(gather_columns)(const size_t vectors, size_t count, const uint32_t *indices,
                               const T *weights, const T *matrix, size_t stride, int beta, T *y) {
  V sum[GATHER_VECTORS];
  for (size_t v = 0; v < vectors; v++) sum[v] = beta ? LOAD(y + v * LANES) : SPLAT(0);
  for (size_t i = 0; i < count; i++) {
    const T *row = matrix + indices[i] * stride;
    V weight = SPLAT(weights[i]);
    for (size_t v = 0; v < vectors; v++) sum[v] = FMA(weight, LOAD(row + v * LANES), sum[v]);
  }
  for (size_t v = 0; v < vectors; v++) STORE(y + v * LANES, sum[v]);
}

static void FN(gather_sum)(size_t count, const uint32_t *indices, const T *weights,
                           const T *matrix, size_t stride, size_t width, int beta, T *y) {
#define GATHER_CALL(vectors)                                                                       \
  FN(gather_columns)(vectors, count, indices, weights, matrix + j, stride, beta, y + j);           \
  j += vectors * LANES
  size_t j = 0;
  while (j + GATHER_VECTORS * LANES <= width) { GATHER_CALL(GATHER_VECTORS); }
#if GATHER_VECTORS > 4
  if (j + 4 * LANES <= width) { GATHER_CALL(4); }
#endif
#if GATHER_VECTORS > 2
  if (j + 2 * LANES <= width) { GATHER_CALL(2); }
#endif
  if (j < width) { GATHER_CALL(1); }
#undef GATHER_CALL
}

static void FN(gather_dots)(size_t count, const uint32_t *indices, const T *matrix, size_t stride,
                            size_t width, const T *x, T *products) {
  for (size_t i = 0; i < count; i++) {
    const T *row = matrix + indices[i] * stride;
    V even = SPLAT(0), odd = SPLAT(0);
    size_t j = 0;
    for (; j + 2 * LANES <= width; j += 2 * LANES) {
      even = FMA(LOAD(x + j), LOAD(row + j), even);
      odd = FMA(LOAD(x + j + LANES), LOAD(row + j + LANES), odd);
    }
    if (j < width) even = FMA(LOAD(x + j), LOAD(row + j), even);
    products[i] = FN(sum)(even + odd);
  }
}

// One bit for each lane of a mask.
INLINE uint32_t FN(mask_bits)(VI mask) {
  typedef _Bool lanes __attribute__((ext_vector_type(LANES)));
  lanes set = __builtin_convertvector(mask, lanes);
#if TYPE_IS_F64
  uint8_t word;
#else
  uint16_t word;
#endif
  __builtin_memcpy(&word, &set, sizeof word);
  return word;
}

// Appends the lanes of x whose bit is set to a list of n entries; lane 0 has the index `first`.
INLINE size_t FN(append)(uint32_t bits, V x, size_t first, size_t n, uint32_t *indices, T *values) {
#if LEVEL == 2 && !TYPE_IS_F64
  const __m512i lane = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  __m512i index = _mm512_add_epi32(lane, _mm512_set1_epi32((int)first));
  _mm512_storeu_ps(values + n, _mm512_maskz_compress_ps((__mmask16)bits, (__m512)x));
  _mm512_storeu_si512(indices + n, _mm512_maskz_compress_epi32((__mmask16)bits, index));
  return n + (size_t)__builtin_popcount(bits);
#else
  T lanes[LANES];
  STORE(lanes, x);
  for (; bits; bits &= bits - 1, n++) {
    unsigned lane = (unsigned)__builtin_ctz(bits);
    indices[n] = (uint32_t)(first + lane);
    values[n] = lanes[lane];
  }
  return n;
#endif
}

// The vector that starts at x[i], with zeros from x[n] on.
INLINE V FN(load_padded)(const T *x, size_t i, size_t n) {
  if (i + LANES <= n) return LOAD(x + i);
  T lanes[LANES] = {0};
  memcpy(lanes, x + i, (n - i) * sizeof(T));
  return LOAD(lanes);
}

static size_t FN(select_above)(const T *x, size_t n, const T *bounds, T bound, uint32_t *indices,
                               T *values) {
  size_t found = 0;
  for (size_t i = 0; i < n; i += LANES) {
    V value = FN(load_padded)(x, i, n);
    V limit = bounds ? FN(load_padded)(bounds, i, n) + bound : SPLAT(bound);
    uint32_t bits = FN(mask_bits)(value > limit);
    if (n - i < LANES) bits &= (1u << (n - i)) - 1;
    if (bits) found = FN(append)(bits, value, i, found, indices, values);
  }
  return found;
}

// Hoare's selection with the middle of three as pivot.
static T FN(kth_largest)(T *x, size_t n, size_t k) {
  ptrdiff_t low = 0, high = (ptrdiff_t)n - 1, wanted = (ptrdiff_t)k - 1;
  while (low < high) {
    T a = x[low], b = x[low + (high - low) / 2], c = x[high];
    T pivot = a > b ? (b > c ? b : (a > c ? c : a)) : (a > c ? a : (b > c ? c : b));
    ptrdiff_t i = low, j = high;
    while (i <= j) {
      while (x[i] > pivot) i++;
      while (x[j] < pivot) j--;
      if (i <= j) {
        T other = x[i];
        x[i++] = x[j];
        x[j--] = other;
      }
    }
    if (wanted <= j) high = j;
    else if (wanted >= i) low = i;
    else break;
  }
  return x[wanted];
}

// How many of the first elements of x, a whole number of vectors of them, are at least `bound`.
INLINE size_t FN(count_from)(const T *x, size_t vectors, T bound) {
  size_t count = 0;
  for (size_t v = 0; v < vectors; v++) {
    count += (size_t)__builtin_popcount(FN(mask_bits)(LOAD(x + v * LANES) >= SPLAT(bound)));
  }
  return count;
}

// No more than the k-th largest size in x, and close to it: found by bisection among the largest sizes
// in disjoint groups of elements, of which there are some four times k. Branches that depend on the
// elements would cost more than what they save.
INLINE T FN(selection_bound)(const T *x, size_t n, size_t k, int by_magnitude) {
#define BOUND_VECTORS 16
#define BISECTIONS 6
  size_t vectors = 1;
  while (vectors < BOUND_VECTORS && vectors * LANES < 4 * k) vectors *= 2;
  // Too many wanted, or too few elements for the groups to pay.
  if (vectors * LANES < k || n < 2 * vectors * LANES) return 0;
  T largest[BOUND_VECTORS * LANES];
  V all = SPLAT(0);
  for (size_t v = 0; v < vectors; v++) {
    V maximum = SPLAT(0);
    for (size_t i = v * LANES; i + LANES <= n; i += vectors * LANES) {
      V value = LOAD(x + i);
      if (by_magnitude) value = FN(abs)(value);
      maximum = SELECT(value > maximum, value, maximum);
    }
    STORE(largest + v * LANES, maximum);
    all = SELECT(maximum > all, maximum, all);
  }
  T high = 0;
  for (size_t lane = 0; lane < LANES; lane++) high = all[lane] > high ? all[lane] : high;
  T low = 0;
  for (int i = 0; i < BISECTIONS; i++) {
    T middle = (T)0.5 * (low + high);
    int is_enough = FN(count_from)(largest, vectors, middle) >= k;
    low = is_enough ? middle : low;
    high = is_enough ? high : middle;
  }
  return low;
#undef BISECTIONS
#undef BOUND_VECTORS
}

// Keeps the k largest of some candidates in order, of equal ones the first: each has as many before it
// as are larger, or equal and earlier. No branch depends on an element.
INLINE size_t FN(keep_largest)(size_t found, size_t k, uint32_t *indices, T *values,
                               const T *sizes, size_t vectors) {
  size_t kept = 0;
  for (size_t i = 0; i < found; i++) {
    V size = SPLAT(sizes[i]);
    size_t before = 0;
    for (size_t v = 0; v < vectors; v++) {
      V other = LOAD(sizes + v * LANES);
      before += (size_t)__builtin_popcount(FN(mask_bits)(other > size));
      uint32_t equal = FN(mask_bits)(other == size);
      size_t first = v * LANES;
      uint32_t earlier = i >= first + LANES ? ~0u : i > first ? (1u << (i - first)) - 1 : 0;
      before += (size_t)__builtin_popcount(equal & earlier);
    }
    indices[kept] = indices[i];
    values[kept] = values[i];
    kept += before < k;
  }
  return kept;
}

static size_t FN(select_largest)(const T *x, size_t n, size_t k, int by_magnitude,
                                 uint32_t *indices, T *values, T *scratch) {
#define RANKED_VECTORS 4
  if (k == 0) return 0;
  T bound = FN(selection_bound)(x, n, k, by_magnitude);
  size_t found = 0;
  for (size_t i = 0; i < n; i += LANES) {
    // Padding is zero, which is never chosen.
    V value = FN(load_padded)(x, i, n);
    V size = by_magnitude ? FN(abs)(value) : value;
    uint32_t bits = FN(mask_bits)((size >= bound) & (size > (T)0));
    if (bits) found = FN(append)(bits, value, i, found, indices, values);
  }
  if (found <= k) return found;
  if (found <= RANKED_VECTORS * LANES) {
    T sizes[RANKED_VECTORS * LANES] = {0};
    for (size_t i = 0; i < found; i++) {
      sizes[i] = by_magnitude && values[i] < 0 ? -values[i] : values[i];
    }
    size_t vectors = (found + LANES - 1) / LANES;
    return FN(keep_largest)(found, k, indices, values, sizes, vectors);
  }
  for (size_t i = 0; i < found; i++) {
    scratch[i] = by_magnitude && values[i] < 0 ? -values[i] : values[i];
  }
  T last = FN(kth_largest)(scratch, found, k);
  size_t above = 0;
  for (size_t i = 0; i < found; i++) {
    above += (by_magnitude && values[i] < 0 ? -values[i] : values[i]) > last;
  }
  size_t ties = k - above, kept = 0;
  for (size_t i = 0; i < found; i++) {
    T size = by_magnitude && values[i] < 0 ? -values[i] : values[i];
    if (size < last || (size == last && ties == 0)) continue;
    ties -= size == last;
    indices[kept] = indices[i];
    values[kept++] = values[i];
  }
  return kept;
#undef RANKED_VECTORS
}

static void FN(adam)(size_t n, const T *gradient, T *first, T *second, T *parameters, T decay1,
                     T decay2, T rate, T correction, T epsilon) {
  for (size_t i = 0; i < n; i += LANES) {
    V g = LOAD(gradient + i), m = LOAD(first + i), v = LOAD(second + i);
    m = m + (1 - decay1) * (g - m);
    v = v + (1 - decay2) * (g * g - v);
    STORE(first + i, m);
    STORE(second + i, v);
    STORE(parameters + i,
          LOAD(parameters + i) - rate * m / (FN(sqrt)(v * correction) + epsilon));
  }
}

const TYPED(limbeck_sparse) FN(sparse_table) = {
    .gather_sum = FN(gather_sum),
    .gather_dots = FN(gather_dots),
    .select_above = FN(select_above),
    .select_largest = FN(select_largest),
    .kth_largest = FN(kth_largest),
    .adam = FN(adam),
};

#undef GATHER_VECTORS
