// Products of small matrices with long rows; see include/matrix_products.h.
//
// A tile of the result stays in registers while the inner dimension runs. Its shape follows the
// register file: 32 registers of 64 bytes with AVX-512 hold 8 x 3 accumulators beside the operands;
// 16 registers of 32 bytes with AVX2 hold 6 x 1 vectors of 64 bytes; 16 of 16 bytes hold 2 x 1.

#if LEVEL == 2
#define TILE_ROWS 8
#define TILE_VECTORS 3
#define DOT_ROWS 4
#define DOT_COLUMNS 4
#elif LEVEL == 1
#define TILE_ROWS 6
#define TILE_VECTORS 1
#define DOT_ROWS 3
#define DOT_COLUMNS 2
#else
#define TILE_ROWS 2
#define TILE_VECTORS 1
#define DOT_ROWS 2
#define DOT_COLUMNS 1
#endif

// `rows` and `vectors` are constants at every call, so that the loops unroll and the accumulators
// become registers.
INLINE void FN(multiply_tile)(const size_t rows, const size_t vectors, size_t k, const T *a,
                              size_t row_step, size_t column_step, const T *b, size_t b_stride,
                              int beta, T *c, size_t c_stride) {
  V sum[TILE_ROWS][TILE_VECTORS];
  for (size_t r = 0; r < rows; r++) {
    for (size_t v = 0; v < vectors; v++) {
      sum[r][v] = beta ? LOAD(c + r * c_stride + v * LANES) : SPLAT(0);
    }
  }
  for (size_t l = 0; l < k; l++) {
    V right[TILE_VECTORS];
    for (size_t v = 0; v < vectors; v++) right[v] = LOAD(b + l * b_stride + v * LANES);
    for (size_t r = 0; r < rows; r++) {
      V left = SPLAT(a[r * row_step + l * column_step]);
      for (size_t v = 0; v < vectors; v++) sum[r][v] = FMA(left, right[v], sum[r][v]);
    }
  }
  for (size_t r = 0; r < rows; r++) {
    for (size_t v = 0; v < vectors; v++) STORE(c + r * c_stride + v * LANES, sum[r][v]);
  }
}

INLINE void FN(multiply_strip)(const size_t vectors, size_t m, size_t k, const T *a,
                               size_t row_step, size_t column_step, const T *b, size_t b_stride,
                               int beta, T *c, size_t c_stride) {
#define STRIP_CALL(rows)                                                                           \
  FN(multiply_tile)(rows, vectors, k, a + i *row_step, row_step, column_step, b, b_stride, beta,   \
                    c + i * c_stride, c_stride)
  size_t i = 0;
  for (; i + TILE_ROWS <= m; i += TILE_ROWS) STRIP_CALL(TILE_ROWS);
#if TILE_ROWS > 4
  if (i + 4 <= m) { STRIP_CALL(4); i += 4; }
#endif
#if TILE_ROWS > 2
  if (i + 2 <= m) { STRIP_CALL(2); i += 2; }
#endif
  if (i < m) STRIP_CALL(1);
#undef STRIP_CALL
}

static void FN(multiply)(size_t m, size_t columns, size_t k, const T *a, size_t row_step,
                         size_t column_step, const T *b, size_t b_stride, int beta, T *c,
                         size_t c_stride) {
  size_t j = 0;
  for (; j + TILE_VECTORS * LANES <= columns; j += TILE_VECTORS * LANES) {
    FN(multiply_strip)(TILE_VECTORS, m, k, a, row_step, column_step, b + j, b_stride, beta, c + j,
                       c_stride);
  }
  for (; j < columns; j += LANES) {
    FN(multiply_strip)(1, m, k, a, row_step, column_step, b + j, b_stride, beta, c + j, c_stride);
  }
}

// Adds the sum of each of four vectors to out[0 ... 3]. Folding four at a time keeps every lane busy,
// where four separate sums would cost as much as a third of the products.
INLINE void FN(add_four_sums)(const V *x, T *out) {
#if TYPE_IS_F64
  V ab = __builtin_shufflevector(x[0], x[1], 0, 1, 2, 3, 8, 9, 10, 11) +
         __builtin_shufflevector(x[0], x[1], 4, 5, 6, 7, 12, 13, 14, 15);
  V cd = __builtin_shufflevector(x[2], x[3], 0, 1, 2, 3, 8, 9, 10, 11) +
         __builtin_shufflevector(x[2], x[3], 4, 5, 6, 7, 12, 13, 14, 15);
  V pairs = __builtin_shufflevector(ab, cd, 0, 1, 4, 5, 8, 9, 12, 13) +
            __builtin_shufflevector(ab, cd, 2, 3, 6, 7, 10, 11, 14, 15);
#else
  V ab = __builtin_shufflevector(x[0], x[1], 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22,
                                 23) +
         __builtin_shufflevector(x[0], x[1], 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29,
                                 30, 31);
  V cd = __builtin_shufflevector(x[2], x[3], 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22,
                                 23) +
         __builtin_shufflevector(x[2], x[3], 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29,
                                 30, 31);
  V fours = __builtin_shufflevector(ab, cd, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26,
                                    27) +
            __builtin_shufflevector(ab, cd, 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30,
                                    31);
  V pairs = fours + __builtin_shufflevector(fours, fours, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14,
                                            15, 12, 13);
#endif
  T lane[LANES];
  STORE(lane, pairs);
  for (int i = 0; i < 4; i++) out[i] += lane[i * LANES / 4] + lane[i * LANES / 4 + 1];
}

INLINE void FN(dot_tile)(const size_t rows, const size_t count, size_t columns, const T *a,
                         size_t a_stride, const T *b, size_t b_stride, T *c, size_t c_stride) {
  V sum[DOT_ROWS][DOT_COLUMNS];
  for (size_t r = 0; r < rows; r++) {
    for (size_t q = 0; q < count; q++) sum[r][q] = SPLAT(0);
  }
  for (size_t j = 0; j < columns; j += LANES) {
    V right[DOT_COLUMNS];
    for (size_t q = 0; q < count; q++) right[q] = LOAD(b + q * b_stride + j);
    for (size_t r = 0; r < rows; r++) {
      V left = LOAD(a + r * a_stride + j);
      for (size_t q = 0; q < count; q++) sum[r][q] = FMA(left, right[q], sum[r][q]);
    }
  }
  for (size_t r = 0; r < rows; r++) {
    if (count == 4) {
      FN(add_four_sums)(sum[r], c + r * c_stride);
    } else {
      for (size_t q = 0; q < count; q++) c[r * c_stride + q] += FN(sum)(sum[r][q]);
    }
  }
}

static void FN(multiply_transposed)(size_t m, size_t n, size_t columns, const T *a, size_t a_stride,
                                    const T *b, size_t b_stride, T *c, size_t c_stride) {
#define DOT_CALL(rows, count)                                                                      \
  FN(dot_tile)(rows, count, columns, a + i *a_stride, a_stride, b + q * b_stride, b_stride,        \
               c + i * c_stride + q, c_stride)
  size_t i = 0;
  for (; i + DOT_ROWS <= m; i += DOT_ROWS) {
    size_t q = 0;
    for (; q + DOT_COLUMNS <= n; q += DOT_COLUMNS) DOT_CALL(DOT_ROWS, DOT_COLUMNS);
    for (; q < n; q++) DOT_CALL(DOT_ROWS, 1);
  }
  for (; i < m; i++) {
    size_t q = 0;
    for (; q + DOT_COLUMNS <= n; q += DOT_COLUMNS) DOT_CALL(1, DOT_COLUMNS);
    for (; q < n; q++) DOT_CALL(1, 1);
  }
#undef DOT_CALL
}

static void FN(add_to_rows)(size_t m, size_t columns, size_t stride, const T *biases, T *c) {
  for (size_t i = 0; i < m; i++) {
    V bias = SPLAT(biases[i]);
    for (size_t j = 0; j < columns; j += LANES) {
      STORE(c + i * stride + j, LOAD(c + i * stride + j) + bias);
    }
  }
}

static void FN(add_row_sums)(size_t m, size_t columns, size_t stride, const T *a, T *sums) {
  for (size_t i = 0; i < m; i++) {
    V sum = SPLAT(0);
    for (size_t j = 0; j < columns; j += LANES) sum = sum + LOAD(a + i * stride + j);
    sums[i] += FN(sum)(sum);
  }
}

const TYPED(limbeck_matrix) FN(matrix_table) = {
    .multiply = FN(multiply),
    .multiply_transposed = FN(multiply_transposed),
    .add_to_rows = FN(add_to_rows),
    .add_row_sums = FN(add_row_sums),
};

#undef TILE_ROWS
#undef TILE_VECTORS
#undef DOT_ROWS
#undef DOT_COLUMNS
