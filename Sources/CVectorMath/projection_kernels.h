// Inner products and projections of columns; see include/projections.h.

// Rows summed in the element type before the sum is widened.
#define SUMMED_ROWS 512

static double FN(dot)(const T *x, const T *y, size_t rows) {
  double total = 0;
  for (size_t first = 0; first < rows; first += SUMMED_ROWS) {
    size_t end = rows - first < SUMMED_ROWS ? rows : first + SUMMED_ROWS;
    V even = SPLAT(0), odd = SPLAT(0);
    size_t i = first;
    for (; i + 2 * LANES <= end; i += 2 * LANES) {
      even += LOAD(x + i) * LOAD(y + i);
      odd += LOAD(x + i + LANES) * LOAD(y + i + LANES);
    }
    T rest = 0;
    for (; i < end; i++) rest += x[i] * y[i];
    total += (double)(FN(sum)(even + odd) + rest);
  }
  return total;
}

// x -= factor q.
INLINE void FN(subtract_multiple)(T *x, const T *q, T factor, size_t rows) {
  size_t i = 0;
  for (; i + LANES <= rows; i += LANES) STORE(x + i, LOAD(x + i) - factor * LOAD(q + i));
  for (; i < rows; i++) x[i] -= factor * q[i];
}

static double FN(project)(T *x, const T *basis, size_t count, size_t stride, size_t rows,
                          double *before) {
  *before = FN(dot)(x, x, rows);
  for (size_t k = 0; k < count; k++) {
    const T *q = basis + k * stride;
    FN(subtract_multiple)(x, q, (T)FN(dot)(x, q, rows), rows);
  }
  return count == 0 ? *before : FN(dot)(x, x, rows);
}

static double FN(residual)(const T *y, const T *const *columns,
                           const double *factors, size_t count, T *residual, size_t rows) {
  memcpy(residual, y, rows * sizeof(T));
  for (size_t k = 0; k < count; k++) {
    FN(subtract_multiple)(residual, columns[k], (T)factors[k], rows);
  }
  return FN(dot)(residual, residual, rows);
}

const TYPED(limbeck_projections) FN(projections_table) = {
    .dot = FN(dot),
    .project = FN(project),
    .residual = FN(residual),
};

#undef SUMMED_ROWS
