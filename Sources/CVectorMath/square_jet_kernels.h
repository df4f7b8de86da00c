// Jets of first and second order without mixed products, in registers; see include/jets.h.
//
// Most equations are of this kind. With x_i the first-order coefficients of z, x_k the second-order ones
// and q_k = sum over i of w_ki x_i^2, the function has the coefficients
//   f_0,  f_1 x_i,  f_1 x_k + f_2 q_k,
// f_j the Taylor coefficients at z_0. The numbers of channels are constants, so that a point's jet
// never leaves the registers, where the tables of general plans cost as much as a product of matrices.

INLINE void FN(forward_squares)(int activation, const int first, const int second,
                                const limbeck_jet_plan *plan, size_t units, size_t points,
                                const T *z, T *a) {
  const int channels = 1 + first + second, order = second ? 2 : first ? 1 : 0;
  for (size_t unit = 0; unit < units; unit++) {
    const T *in = z + unit * channels * points;
    T *out = a + unit * channels * points;
    for (size_t p = 0; p < points; p += LANES) {
      V f[3], x[3], square[3];
      FN(taylor)(activation, LOAD(in + p), NULL, order, f);
      STORE(out + p, f[0]);
      for (int i = 0; i < first; i++) {
        x[i] = LOAD(in + (1 + i) * points + p);
        square[i] = x[i] * x[i];
        STORE(out + (1 + i) * points + p, f[1] * x[i]);
      }
      for (int k = 0; k < second; k++) {
        V q = SPLAT(0);
        for (int i = 0; i < first; i++) q = FMA(square[i], SPLAT(plan->squares[k * first + i]), q);
        size_t at = (1 + first + k) * points + p;
        STORE(out + at, FMA(f[1], LOAD(in + at), f[2] * q));
      }
    }
  }
}

INLINE void FN(reverse_squares)(int activation, const int first, const int second,
                                const limbeck_jet_plan *plan, size_t units, size_t points,
                                const T *z, const T *a, T *adjoint) {
  const int channels = 1 + first + second, order = second ? 2 : first ? 1 : 0;
  for (size_t unit = 0; unit < units; unit++) {
    const T *in = z + unit * channels * points;
    T *bars = adjoint + unit * channels * points;
    for (size_t p = 0; p < points; p += LANES) {
      V f[4], x[3], bent[3];
      V value = LOAD(a + unit * channels * points + p);
      FN(taylor)(activation, LOAD(in + p), &value, order + 1, f);
      V slope = f[1], curvature = f[2] + f[2];
      V sum = slope * LOAD(bars + p), along = SPLAT(0);
      for (int i = 0; i < first; i++) {
        x[i] = LOAD(in + (1 + i) * points + p);
        bent[i] = SPLAT(0);
      }
      for (int k = 0; k < second; k++) {
        size_t at = (1 + first + k) * points + p;
        V bar = LOAD(bars + at), q = SPLAT(0);
        for (int i = 0; i < first; i++) {
          V weighted = x[i] * SPLAT(plan->squares[k * first + i]);
          q = FMA(weighted, x[i], q);
          bent[i] = FMA(weighted, bar, bent[i]);
        }
        along = FMA(bar, LOAD(in + at), along);
        sum = FMA(bar * SPLAT(3), f[3] * q, sum);
        STORE(bars + at, slope * bar);
      }
      for (int i = 0; i < first; i++) {
        size_t at = (1 + i) * points + p;
        V bar = LOAD(bars + at);
        along = FMA(bar, x[i], along);
        STORE(bars + at, second ? FMA(curvature, bent[i], slope * bar) : slope * bar);
      }
      STORE(bars + p, first ? FMA(curvature, along, sum) : sum);
    }
  }
}

// x y, x and y polynomials of second degree in h, added to `sum`.
INLINE void FN(add_product_in_h)(const V *x, const V *y, V *sum) {
  sum[0] = FMA(x[0], y[0], sum[0]);
  sum[1] = FMA(x[0], y[1], FMA(x[1], y[0], sum[1]));
  sum[2] = FMA(x[0], y[2], FMA(x[1], y[1], FMA(x[2], y[0], sum[2])));
}

// The same with polynomials of second degree in h for numbers. With z_0 = c + h d + h^2 e,
//   f_j(z_0) = f_j + h (j+1) f_{j+1} d + h^2 ((j+1) f_{j+1} e + (j+1)(j+2)/2 f_{j+2} d^2).
INLINE void FN(forward_squares_in_h)(int activation, const int first, const int second,
                                     const limbeck_jet_plan *plan, size_t units, size_t points,
                                     const T *z, T *a) {
  const int channels = 1 + first + second, order = second ? 2 : first ? 1 : 0;
  const size_t block = channels * points;
  for (size_t unit = 0; unit < units; unit++) {
    const T *in = z + 3 * unit * block;
    T *out = a + 3 * unit * block;
    for (size_t p = 0; p < points; p += LANES) {
      V f[5], series[3][3], square[3][3];
      V d = LOAD(in + block + p), e = LOAD(in + 2 * block + p), dd = d * d;
      FN(taylor)(activation, LOAD(in + p), NULL, order + 2, f);
      for (int j = 0; j <= order; j++) {
        V slope = SPLAT(j + 1) * f[j + 1];
        series[j][0] = f[j];
        series[j][1] = slope * d;
        series[j][2] = FMA(SPLAT((j + 1) * (j + 2) / 2) * f[j + 2], dd, slope * e);
      }
      for (int k = 0; k < 3; k++) STORE(out + k * block + p, series[0][k]);
      for (int i = 0; i < first; i++) {
        size_t at = (1 + i) * points + p;
        V x[3], y[3];
        for (int k = 0; k < 3; k++) {
          x[k] = LOAD(in + k * block + at);
          y[k] = square[i][k] = SPLAT(0);
        }
        FN(add_product_in_h)(x, x, square[i]);
        FN(add_product_in_h)(series[1], x, y);
        for (int k = 0; k < 3; k++) STORE(out + k * block + at, y[k]);
      }
      for (int c = 0; c < second; c++) {
        size_t at = (1 + first + c) * points + p;
        V x[3], q[3], y[3];
        for (int k = 0; k < 3; k++) {
          x[k] = LOAD(in + k * block + at);
          q[k] = y[k] = SPLAT(0);
          for (int i = 0; i < first; i++) {
            q[k] = FMA(square[i][k], SPLAT(plan->squares[c * first + i]), q[k]);
          }
        }
        FN(add_product_in_h)(series[1], x, y);
        FN(add_product_in_h)(series[2], q, y);
        for (int k = 0; k < 3; k++) STORE(out + k * block + at, y[k]);
      }
    }
  }
}

// The shapes of plans that have kernels of their own, (first, second).
#define FOR_EACH_SHAPE(call)                                                                       \
  call(0, 0) call(1, 0) call(1, 1) call(2, 1) call(2, 2) call(3, 1)

// Runs the kernel of an activation and a plan and returns 1, if there is one.
#define RUN_SHAPE(kernel, first_count, second_count, ...)                                          \
  if (plan->first == first_count && plan->second == second_count) {                                \
    if (activation == LIMBECK_TANH) {                                                              \
      kernel(LIMBECK_TANH, first_count, second_count, __VA_ARGS__);                                \
      return 1;                                                                                    \
    }                                                                                              \
    if (activation == LIMBECK_SIN) {                                                               \
      kernel(LIMBECK_SIN, first_count, second_count, __VA_ARGS__);                                 \
      return 1;                                                                                    \
    }                                                                                              \
  }

static int FN(forward_by_squares)(int activation, const limbeck_jet_plan *plan, size_t units,
                                  size_t points, const T *z, T *a) {
  if (!plan->squares) return 0;
#define CALL(m, n) RUN_SHAPE(FN(forward_squares), m, n, plan, units, points, z, a)
#define CALL_IN_H(m, n) RUN_SHAPE(FN(forward_squares_in_h), m, n, plan, units, points, z, a)
  if (plan->powers_of_h == 1) {
    FOR_EACH_SHAPE(CALL)
  } else {
    FOR_EACH_SHAPE(CALL_IN_H)
  }
#undef CALL
#undef CALL_IN_H
  return 0;
}

static int FN(reverse_by_squares)(int activation, const limbeck_jet_plan *plan, size_t units,
                                  size_t points, const T *z, const T *a, T *adjoint) {
  if (!plan->squares || plan->powers_of_h != 1) return 0;
#define CALL(m, n) RUN_SHAPE(FN(reverse_squares), m, n, plan, units, points, z, a, adjoint)
  FOR_EACH_SHAPE(CALL)
#undef CALL
  return 0;
}
#undef RUN_SHAPE
#undef FOR_EACH_SHAPE
