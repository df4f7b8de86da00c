// Sums for the least-squares line through two columns, in double precision; see
// include/expression_kernels_api.h. Eight rows make one vector of doubles, whatever the element
// type.

INLINE FN64(V) FN(widen)(const T *p) {
#if TYPE_IS_F64
  return LOAD(p);
#else
  typedef float half_vector __attribute__((ext_vector_type(8)));
  half_vector half;
  __builtin_memcpy(&half, p, sizeof half);
  return __builtin_convertvector(half, FN64(V));
#endif
}

// Vectors added in turn to break the chain of dependent sums.
#define PARTIAL_SUMS 2
#define ROWS_AT_ONCE (8 * PARTIAL_SUMS)

static limbeck_moments FN(moments)(const T *x, const T *y, size_t rows) {
  limbeck_moments result = {0, 0, 0, 0, 0};
  if (rows == 0) return result;
  // About the first row the sums of squares stay small where the columns vary little.
  const double origin_x = x[0], origin_y = y[0];
  FN64(V) sx[PARTIAL_SUMS] = {0}, sy[PARTIAL_SUMS] = {0}, sxx[PARTIAL_SUMS] = {0},
          sxy[PARTIAL_SUMS] = {0}, syy[PARTIAL_SUMS] = {0};
  T padded_x[ROWS_AT_ONCE], padded_y[ROWS_AT_ONCE];
  for (size_t first = 0; first < rows; first += ROWS_AT_ONCE) {
    const T *px = x + first, *py = y + first;
    if (rows - first < ROWS_AT_ONCE) {
      for (size_t i = 0; i < ROWS_AT_ONCE; i++) {
        padded_x[i] = first + i < rows ? px[i] : x[0];
        padded_y[i] = first + i < rows ? py[i] : y[0];
      }
      px = padded_x;
      py = padded_y;
    }
    for (int k = 0; k < PARTIAL_SUMS; k++) {
      FN64(V) dx = FN(widen)(px + 8 * k) - origin_x, dy = FN(widen)(py + 8 * k) - origin_y;
      sx[k] += dx;
      sy[k] += dy;
      sxx[k] += dx * dx;
      sxy[k] += dx * dy;
      syy[k] += dy * dy;
    }
  }
  double n = (double)rows;
  double total_x = FN64(sum)(sx[0] + sx[1]), total_y = FN64(sum)(sy[0] + sy[1]);
  result.mean_x = origin_x + total_x / n;
  result.mean_y = origin_y + total_y / n;
  result.sxx = FN64(sum)(sxx[0] + sxx[1]) - total_x * total_x / n;
  result.sxy = FN64(sum)(sxy[0] + sxy[1]) - total_x * total_y / n;
  result.syy = FN64(sum)(syy[0] + syy[1]) - total_y * total_y / n;
  return result;
}

static double FN(line_residual)(const T *x, const T *y, size_t rows, double intercept,
                                double slope) {
  FN64(V) sum[PARTIAL_SUMS] = {0};
  size_t first = 0;
  for (; first + ROWS_AT_ONCE <= rows; first += ROWS_AT_ONCE) {
    for (int k = 0; k < PARTIAL_SUMS; k++) {
      FN64(V) r = (FN(widen)(y + first + 8 * k) - intercept) - slope * FN(widen)(x + first + 8 * k);
      sum[k] += r * r;
    }
  }
  double total = FN64(sum)(sum[0] + sum[1]);
  for (; first < rows; first++) {
    double r = ((double)y[first] - intercept) - slope * (double)x[first];
    total += r * r;
  }
  return total;
}

#undef PARTIAL_SUMS
#undef ROWS_AT_ONCE
