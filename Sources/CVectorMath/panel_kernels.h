// Products of packed panels; see include/panel_products.h.
//
// A tile of the result stays in registers while the inner dimension runs: 8 x 3 vectors with AVX-512,
// 4 x 1 vectors of two registers with AVX2, 2 x 1 of four below.

#if LEVEL == 2
#define PANEL_ROWS 8
#define PANEL_VECTORS LIMBECK_PANELS_AT_ONCE
#elif LEVEL == 1
#define PANEL_ROWS 4
#define PANEL_VECTORS 1
#else
#define PANEL_ROWS 2
#define PANEL_VECTORS 1
#endif

static void FN(pack_rows)(size_t rows, size_t length, const T *a, size_t stride,
                          size_t panel_stride, T *panels) {
  for (size_t first = 0; first < rows; first += LANES, panels += panel_stride) {
    size_t count = rows - first < LANES ? rows - first : LANES;
    for (size_t l = 0; l < length; l += LANES) {
      V square[LANES];
      for (size_t r = 0; r < LANES; r++) {
        square[r] = r < count ? LOAD(a + (first + r) * stride + l) : SPLAT(0);
      }
      FN(transpose)(square);
      for (size_t r = 0; r < LANES; r++) STORE(panels + (l + r) * LANES, square[r]);
    }
  }
}

static void FN(pack_columns)(size_t length, size_t columns, const T *a, size_t stride,
                             size_t panel_stride, T *panels) {
  for (size_t l = 0; l < length; l++) {
    for (size_t q = 0; q < columns / LANES; q++) {
      STORE(panels + q * panel_stride + l * LANES, LOAD(a + l * stride + q * LANES));
    }
  }
}

// `vectors` is a constant at every call, so that the accumulators become registers.
INLINE void FN(multiply_panel_tile)(const size_t vectors, size_t length, const T *left,
                                    const T *right, size_t panel_stride, T *tile) {
  V sum[PANEL_ROWS][PANEL_VECTORS];
  for (size_t r = 0; r < PANEL_ROWS; r++) {
    for (size_t v = 0; v < vectors; v++) sum[r][v] = SPLAT(0);
  }
  for (size_t l = 0; l < length; l++) {
    V b[PANEL_VECTORS];
    for (size_t v = 0; v < vectors; v++) b[v] = LOAD(right + v * panel_stride + l * LANES);
    for (size_t r = 0; r < PANEL_ROWS; r++) {
      V factor = SPLAT(left[l * LANES + r]);
      for (size_t v = 0; v < vectors; v++) sum[r][v] = FMA(factor, b[v], sum[r][v]);
    }
  }
  for (size_t r = 0; r < PANEL_ROWS; r++) {
    for (size_t v = 0; v < vectors; v++) STORE(tile + (r * PANEL_VECTORS + v) * LANES, sum[r][v]);
  }
}

static void FN(multiply_panels)(size_t rows, size_t columns, size_t length, const T *left,
                                const T *right, size_t panel_stride, T *c, size_t c_stride) {
  T tile[PANEL_ROWS * PANEL_VECTORS * LANES];
  for (size_t j = 0; j < columns; j += PANEL_VECTORS * LANES) {
    const T *panels = right + j / LANES * panel_stride;
    size_t width = columns - j < PANEL_VECTORS * LANES ? columns - j : PANEL_VECTORS * LANES;
    for (size_t i = 0; i < rows; i += PANEL_ROWS) {
      switch ((width + LANES - 1) / LANES) {
      case 1: FN(multiply_panel_tile)(1, length, left + i, panels, panel_stride, tile); break;
#if PANEL_VECTORS > 1
      case 2: FN(multiply_panel_tile)(2, length, left + i, panels, panel_stride, tile); break;
      default: FN(multiply_panel_tile)(3, length, left + i, panels, panel_stride, tile); break;
#endif
      }
      for (size_t r = 0; r < PANEL_ROWS && i + r < rows; r++) {
        T *target = c + (i + r) * c_stride + j;
        const T *source = tile + r * PANEL_VECTORS * LANES;
        for (size_t q = 0; q < width; q++) target[q] += source[q];
      }
    }
  }
}

const TYPED(limbeck_panels) FN(panels_table) = {
    .pack_rows = FN(pack_rows),
    .pack_columns = FN(pack_columns),
    .multiply = FN(multiply_panels),
};

#undef PANEL_ROWS
#undef PANEL_VECTORS
