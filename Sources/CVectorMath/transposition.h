// Transposition of LANES vectors of LANES elements.

// The halves of two vectors dealt alternately: x0 y0 x1 y1 ….
INLINE V FN(interleave_low)(V x, V y) {
#if TYPE_IS_F64
  return __builtin_shufflevector(x, y, 0, 8, 1, 9, 2, 10, 3, 11);
#else
  return __builtin_shufflevector(x, y, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
#endif
}

INLINE V FN(interleave_high)(V x, V y) {
#if TYPE_IS_F64
  return __builtin_shufflevector(x, y, 4, 12, 5, 13, 6, 14, 7, 15);
#else
  return __builtin_shufflevector(x, y, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15,
                                 31);
#endif
}

// Rows i and i + LANES/2 become rows 2i and 2i + 1: each such perfect shuffle moves one bit of the row
// index into the column index, and after log2(LANES) of them the two have changed places.
INLINE void FN(transpose)(V *x) {
  V y[LANES];
  for (int size = 1; size < LANES; size *= 2) {
    for (int i = 0; i < LANES / 2; i++) {
      y[2 * i] = FN(interleave_low)(x[i], x[i + LANES / 2]);
      y[2 * i + 1] = FN(interleave_high)(x[i], x[i + LANES / 2]);
    }
    for (int i = 0; i < LANES; i++) x[i] = y[i];
  }
}
