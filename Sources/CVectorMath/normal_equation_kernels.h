// Normal equations of least-squares fits of compiled expressions; see
// include/expression_kernels_api.h. Products are added in the element type within a block of rows
// and in double precision from block to block, always in the same order.

// Sum of the lanes in double precision, by halves.
INLINE double FN(sum_in_double)(V x) {
  double lane[LANES];
  for (int i = 0; i < LANES; i++) lane[i] = x[i];
  for (int width = LANES / 2; width > 0; width /= 2) {
    for (int i = 0; i < width; i++) lane[i] += lane[i + width];
  }
  return lane[0];
}

// Adds to sums[j] the products of x with up to four other columns.
INLINE void FN(add_products)(const T *x, const T *const *y, int others, size_t count,
                             double *const *sums) {
  V sum[4] = {0};
  for (size_t i = 0; i < count; i += LANES) {
    V left = LOAD(x + i);
    for (int j = 0; j < others; j++) sum[j] = FMA(left, LOAD(y[j] + i), sum[j]);
  }
  for (int j = 0; j < others; j++) *sums[j] += FN(sum_in_double)(sum[j]);
}

// Adds one block to the upper triangle of the Gram matrix and to the descent.
static void FN(add_block)(const T *const *slope, size_t parameters, const T *weights, size_t count,
                          const FN(workspace) *space, double *gram, double *descent) {
  for (size_t i = 0; i < parameters; i++) {
    if (slope[i] == NULL) continue;
    const T *left = slope[i];
    if (weights) {
      for (size_t r = 0; r < count; r += LANES) {
        STORE(space->weighted + r, LOAD(weights + r) * LOAD(left + r));
      }
      left = space->weighted;
    }
    const T *others[4] = {space->residual};
    double *sums[4] = {descent + i};
    int waiting = 1;
    for (size_t j = i; j < parameters; j++) {
      if (slope[j] == NULL) continue;
      others[waiting] = slope[j];
      sums[waiting] = gram + i * parameters + j;
      if (++waiting == 4) {
        FN(add_products)(left, others, 4, count, sums);
        waiting = 0;
      }
    }
    switch (waiting) {
    case 1: FN(add_products)(left, others, 1, count, sums); break;
    case 2: FN(add_products)(left, others, 2, count, sums); break;
    case 3: FN(add_products)(left, others, 3, count, sums); break;
    }
  }
}

// Sets derivatives to zero in the rows that only pad a ragged block, so that they count nothing.
INLINE void FN(clear_padding)(const T **slope, size_t parameters, size_t length, size_t block,
                              const FN(workspace) *space) {
  for (size_t p = 0; p < parameters; p++) {
    if (slope[p] == NULL) continue;
    T *own = space->slopes + p * block;
    memmove(own, slope[p], length * sizeof(T));
    memset(own + length, 0, (LANES - length) * sizeof(T));
    slope[p] = own;
  }
}

static double FN(normal_equations)(const TYPED(limbeck_instruction) *code, size_t count,
                                   size_t parameters, const T *const *columns, const T *targets,
                                   const T *weights, size_t rows, size_t block, T *scratch,
                                   double *gram, double *descent) {
  FN(workspace) space = FN(lay_out)(scratch, count, parameters, block);
  uint8_t active[LIMBECK_MAX_INSTRUCTIONS];
  const T *slope[LIMBECK_MAX_PARAMETERS];
  FN(find_active)(code, count, active);
  for (size_t p = 0; p < parameters * parameters; p++) gram[p] = 0;
  for (size_t p = 0; p < parameters; p++) descent[p] = 0;
  double squares = 0;
  for (size_t first = 0, length; first < rows; first += length) {
    FN(rows) here = FN(next_rows)(columns, first, rows, block);
    length = here.ragged ? here.ragged : here.count;
    FN(differentiate)(code, count, parameters, active, here, block, &space, slope);

    const T *y = targets + first, *w = weights ? weights + first : NULL;
    T padded_targets[LANES] = {0}, padded_weights[LANES] = {0};
    if (here.ragged) {
      memcpy(padded_targets, y, length * sizeof(T));
      y = padded_targets;
      if (w) {
        memcpy(padded_weights, w, length * sizeof(T));
        w = padded_weights;
      }
      FN(clear_padding)(slope, parameters, length, block, &space);
    }
    const T *value = space.values + (count - 1) * block;
    for (size_t i = 0; i < here.count; i += LANES) {
      STORE(space.residual + i, LOAD(y + i) - LOAD(value + i));
    }
    if (here.ragged) memset(space.residual + length, 0, (LANES - length) * sizeof(T));
    V sum = SPLAT(0);
    for (size_t i = 0; i < here.count; i += LANES) {
      V residual = LOAD(space.residual + i);
      sum = FMA(w ? LOAD(w + i) * residual : residual, residual, sum);
    }
    squares += FN(sum_in_double)(sum);
    FN(add_block)(slope, parameters, w, here.count, &space, gram, descent);
  }
  for (size_t i = 0; i < parameters; i++) {
    for (size_t j = 0; j < i; j++) gram[i * parameters + j] = gram[j * parameters + i];
  }
  return squares;
}
