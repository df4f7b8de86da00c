// Jets through activation functions; see include/jets.h for the layout.
//
// With z = z0 + d, d without constant part, f(z) = sum over k of f_k d^k, f_k = f^(k)(z0) / k!.
// The Taylor coefficients f_k come from the differential equation that f solves, which needs one
// transcendental function per point: for tanh, f' = 1 - f^2 gives
// (k + 1) f_{k+1} = [k = 0] - sum_{i+j=k} f_i f_j (Griewank & Walther, Evaluating Derivatives, 2nd
// ed. (2008), table 13.2, doi:10.1137/1.9780898717761).

// 1 / n for the recursions: a division of scalars would take longer than their vector arithmetic.
static const T FN(inverses)[LIMBECK_JET_MAX_ORDER + 3] = {
    0, 1, (T)1 / 2, (T)1 / 3, (T)1 / 4, (T)1 / 5, (T)1 / 6, (T)1 / 7, (T)1 / 8};
#define INVERSE(n) SPLAT(FN(inverses)[n])

// 1 / (1 + exp(-z)) and its Taylor coefficients: s' = s (1 - s).
INLINE void FN(taylor_sigmoid)(V z, int order, V *f) {
  f[0] = SPLAT(1) / (SPLAT(1) + FN(exp)(-z));
  for (int k = 0; k < order; k++) {
    V next = f[k];
    for (int i = 0; i <= k; i++) next = next - f[i] * f[k - i];
    f[k + 1] = next * INVERSE(k + 1);
  }
}

// f[0 ... order] for an activation at z. `value` is f(z) where it is known already, else NULL.
INLINE void FN(taylor)(int activation, V z, const V *value, int order, V *f) {
  switch (activation) {
  case LIMBECK_TANH:
    f[0] = value ? *value : FN(tanh)(z);
    for (int k = 0; k < order; k++) {
      V next = SPLAT(k == 0 ? 1 : 0);
      for (int i = 0; i <= k; i++) next = next - f[i] * f[k - i];
      f[k + 1] = next * INVERSE(k + 1);
    }
    break;
  case LIMBECK_SIN: {
    V cosine;
    f[0] = FN(sincos)(z, &cosine);
    if (order > 0) f[1] = cosine;
    for (int k = 2; k <= order; k++) f[k] = -f[k - 2] * INVERSE(k) * INVERSE(k - 1);
    break;
  }
  case LIMBECK_SWISH: {
    V s[LIMBECK_JET_MAX_ORDER + 2];
    FN(taylor_sigmoid)(z, order, s);
    f[0] = z * s[0];
    for (int k = 1; k <= order; k++) f[k] = FMA(z, s[k], s[k - 1]);
    break;
  }
  case LIMBECK_GELU: {
    // f = z P(z), P the normal distribution function, P' = g = exp(-z^2/2) / sqrt(2 pi), g' = -z g.
    V g[LIMBECK_JET_MAX_ORDER + 2], p[LIMBECK_JET_MAX_ORDER + 2];
    T lane[LANES];
    STORE(lane, z);
    for (int i = 0; i < LANES; i++) {
      lane[i] = (T)0.5 * (T)erfc((double)lane[i] * -0.70710678118654752440);
    }
    p[0] = LOAD(lane);
    g[0] = SPLAT(0.39894228040143267794) * FN(exp)(z * z * SPLAT(-0.5));
    for (int k = 0; k < order; k++) {
      V next = -z * g[k];
      if (k > 0) next = next - g[k - 1];
      g[k + 1] = next * INVERSE(k + 1);
      p[k + 1] = g[k] * INVERSE(k + 1);
    }
    f[0] = z * p[0];
    for (int k = 1; k <= order; k++) f[k] = FMA(z, p[k], p[k - 1]);
    break;
  }
  case LIMBECK_SIGMOID:
    FN(taylor_sigmoid)(z, order, f);
    break;
  case LIMBECK_EXP:
    f[0] = value ? *value : FN(exp)(z);
    for (int k = 0; k < order; k++) f[k + 1] = f[k] * INVERSE(k + 1);
    break;
  case LIMBECK_RECIPROCAL:
    f[0] = value ? *value : SPLAT(1) / z;
    for (int k = 0; k < order; k++) f[k + 1] = -f[k] * f[0];
    break;
  case LIMBECK_RELU:
    f[0] = SELECT(z > SPLAT(0), z, SPLAT(0));
    for (int k = 1; k <= order; k++) f[k] = SPLAT(0);
    if (order > 0) f[1] = SELECT(z > SPLAT(0), SPLAT(1), SPLAT(0));
    break;
  default: {  // LIMBECK_SOFTPLUS: f' is the sigmoid
    V s[LIMBECK_JET_MAX_ORDER + 2];
    FN(taylor_sigmoid)(z, order, s);
    // log(1 + exp z) = max(z, 0) + log(1 + exp(-|z|)) does not overflow.
    V positive = SELECT(z > SPLAT(0), z, SPLAT(0));
    f[0] = positive + FN(log)(SPLAT(1) + FN(exp)(-FN(abs)(z)));
    for (int k = 1; k <= order; k++) f[k] = s[k - 1] * INVERSE(k);
    break;
  }
  }
}

// out[m] += factor_k * (d^k)_m for k = 2 ... order, out[m] = factor_1 * d_m before that, m > 0.
INLINE void FN(compose)(int order, const limbeck_jet_plan *plan, const T *z, size_t points,
                        const V *factor, V *out) {
  V storage[2][LIMBECK_JET_MAX_CHANNELS];
  V d[LIMBECK_JET_MAX_CHANNELS];
  for (int c = 1; c < plan->channels; c++) {
    d[c] = LOAD(z + c * points);
    out[c] = factor[1] * d[c];
  }
  const V *lower = d;
  for (int k = 2; k <= order; k++) {
    V *power = storage[k & 1];
    V sum = SPLAT(0);
    const limbeck_jet_term *term = plan->powers[k];
    for (int e = 0; e < plan->power_counts[k]; e++, term++) {
      sum = FMA(SPLAT(term->weight) * lower[term->left], d[term->right], sum);
      if (term->ends_target) {
        power[term->target] = sum;
        out[term->target] = FMA(factor[k], sum, out[term->target]);
        sum = SPLAT(0);
      }
    }
    lower = power;
  }
}

INLINE void FN(forward_one)(int activation, int order, const limbeck_jet_plan *plan, size_t units,
                            size_t points, const T *z, T *a) {
  V f[LIMBECK_JET_MAX_ORDER + 1], out[LIMBECK_JET_MAX_CHANNELS];
  for (size_t unit = 0; unit < units; unit++) {
    for (size_t p = 0; p < points; p += LANES) {
      size_t at = unit * plan->channels * points + p;
      FN(taylor)(activation, LOAD(z + at), NULL, order, f);
      FN(compose)(order, plan, z + at, points, f, out);
      STORE(a + at, f[0]);
      for (int c = 1; c < plan->channels; c++) STORE(a + at + c * points, out[c]);
    }
  }
}

INLINE void FN(reverse_one)(int activation, int order, const limbeck_jet_plan *plan, size_t units,
                            size_t points, const T *z, const T *a, T *adjoint) {
  // The jet of f'(z): y = f(z) has dy = f'(z) dz as a product of jets, whose transpose is wanted.
  V f[LIMBECK_JET_MAX_ORDER + 2], slope[LIMBECK_JET_MAX_CHANNELS], bar[LIMBECK_JET_MAX_CHANNELS];
  for (size_t unit = 0; unit < units; unit++) {
    for (size_t p = 0; p < points; p += LANES) {
      size_t at = unit * plan->channels * points + p;
      V value = LOAD(a + at);
      FN(taylor)(activation, LOAD(z + at), &value, order + 1, f);
      for (int k = 0; k <= order; k++) f[k] = SPLAT(k + 1) * f[k + 1];
      slope[0] = f[0];
      FN(compose)(order, plan, z + at, points, f, slope);
      for (int c = 0; c < plan->channels; c++) bar[c] = LOAD(adjoint + at + c * points);
      V sum = SPLAT(0);
      const limbeck_jet_term *term = plan->adjoint;
      for (int e = 0; e < plan->adjoint_count; e++, term++) {
        sum = FMA(bar[term->left] * (T)term->weight, slope[term->right], sum);
        if (term->ends_target) {
          STORE(adjoint + at + term->target * points, sum);
          sum = SPLAT(0);
        }
      }
    }
  }
}

#include "square_jet_kernels.h"

// One copy of the loops per activation, so that its switch is decided outside them, and one more for
// second order, the order of most equations, whose recursions then unroll.
#define FOR_EACH_ACTIVATION(call)                                                                  \
  switch (activation) {                                                                            \
  case LIMBECK_TANH: call(LIMBECK_TANH); break;                                                    \
  case LIMBECK_SIN: call(LIMBECK_SIN); break;                                                      \
  case LIMBECK_SWISH: call(LIMBECK_SWISH); break;                                                  \
  case LIMBECK_GELU: call(LIMBECK_GELU); break;                                                    \
  case LIMBECK_SIGMOID: call(LIMBECK_SIGMOID); break;                                              \
  case LIMBECK_EXP: call(LIMBECK_EXP); break;                                                      \
  case LIMBECK_RECIPROCAL: call(LIMBECK_RECIPROCAL); break;                                        \
  case LIMBECK_RELU: call(LIMBECK_RELU); break;                                                    \
  default: call(LIMBECK_SOFTPLUS); break;                                                          \
  }

static void FN(jet_forward)(int activation, const limbeck_jet_plan *plan, size_t units,
                            size_t points, const T *z, T *a) {
  if (FN(forward_by_squares)(activation, plan, units, points, z, a)) return;
#define CALL(kind)                                                                                 \
  if (plan->order == 2) FN(forward_one)(kind, 2, plan, units, points, z, a);                       \
  else FN(forward_one)(kind, plan->order, plan, units, points, z, a)
  FOR_EACH_ACTIVATION(CALL)
#undef CALL
}

static void FN(jet_reverse)(int activation, const limbeck_jet_plan *plan, size_t units,
                            size_t points, const T *z, const T *a, T *adjoint) {
  if (FN(reverse_by_squares)(activation, plan, units, points, z, a, adjoint)) return;
#define CALL(kind)                                                                                 \
  if (plan->order == 2) FN(reverse_one)(kind, 2, plan, units, points, z, a, adjoint);              \
  else FN(reverse_one)(kind, plan->order, plan, units, points, z, a, adjoint)
  FOR_EACH_ACTIVATION(CALL)
#undef CALL
}
#undef FOR_EACH_ACTIVATION

// The rows of `count` outputs, whose adjoints stay in registers while the inputs pass by. `channels` and
// `count` are constants at every call.
INLINE void FN(jacobian_rows)(const size_t channels, const size_t count, size_t in, size_t points,
                              const T *adjoint, const T *input, T *rows, size_t stride) {
  for (size_t p = 0; p < points; p += LANES) {
    V bar[2 * 5];
    for (size_t o = 0; o < count; o++) {
      for (size_t c = 0; c < channels; c++) {
        bar[o * channels + c] = LOAD(adjoint + (o * channels + c) * points + p);
      }
    }
    for (size_t i = 0; i < in; i++) {
      const T *x = input + i * channels * points + p;
      for (size_t o = 0; o < count; o++) {
        V sum = bar[o * channels] * LOAD(x);
        for (size_t c = 1; c < channels; c++) {
          sum = FMA(bar[o * channels + c], LOAD(x + c * points), sum);
        }
        STORE(rows + (o * in + i) * stride + p, sum);
      }
    }
  }
}

// The same for any number of channels.
static void FN(jacobian_row)(size_t channels, size_t in, size_t points, const T *adjoint,
                             const T *input, T *rows, size_t stride) {
  for (size_t i = 0; i < in; i++) {
    const T *x = input + i * channels * points;
    for (size_t p = 0; p < points; p += LANES) {
      V sum = LOAD(adjoint + p) * LOAD(x + p);
      for (size_t c = 1; c < channels; c++) {
        sum = FMA(LOAD(adjoint + c * points + p), LOAD(x + c * points + p), sum);
      }
      STORE(rows + i * stride + p, sum);
    }
  }
}

static void FN(jet_jacobian)(size_t channels, size_t out, size_t in, size_t points,
                             const T *adjoint, const T *input, T *rows, T *biases, size_t stride) {
  for (size_t o = 0; o < out; o++) {
    memcpy(biases + o * stride, adjoint + o * channels * points, points * sizeof(T));
  }
#define CALL(number, count)                                                                        \
  case number:                                                                                     \
    FN(jacobian_rows)(number, count, in, points, bars, input, target, stride);                     \
    break;
  for (size_t o = 0; o < out; o += 2) {
    const T *bars = adjoint + o * channels * points;
    T *target = rows + o * in * stride;
    if (channels > 5) {
      FN(jacobian_row)(channels, in, points, bars, input, target, stride);
      if (o + 1 < out) {
        FN(jacobian_row)(channels, in, points, bars + channels * points, input,
                         target + in * stride, stride);
      }
    } else if (o + 1 < out) {
      switch (channels) { CALL(1, 2) CALL(2, 2) CALL(3, 2) CALL(4, 2) CALL(5, 2) }
    } else {
      switch (channels) { CALL(1, 1) CALL(2, 1) CALL(3, 1) CALL(4, 1) CALL(5, 1) }
    }
  }
#undef CALL
}

// The products of a plan are those of its transposed table, read the other way round:
// target * right = weight * left.
static void FN(jet_multiply)(const limbeck_jet_plan *plan, size_t units, size_t points, const T *x,
                             size_t x_step, const T *y, size_t y_step, T *out, size_t out_step) {
  if (FN(multiply_by_squares)(plan, units, points, x, x_step, y, y_step, out, out_step)) return;
  size_t row = plan->channels * points;
  V sum[LIMBECK_JET_MAX_CHANNELS];
  for (size_t unit = 0; unit < units; unit++) {
    for (size_t p = 0; p < points; p += LANES) {
      const T *left = x + unit * x_step * row + p, *right = y + unit * y_step * row + p;
      T *target = out + unit * out_step * row + p;
      for (int c = 0; c < plan->channels; c++) sum[c] = LOAD(target + c * points);
      const limbeck_jet_term *term = plan->adjoint;
      for (int e = 0; e < plan->adjoint_count; e++, term++) {
        sum[term->left] = FMA(LOAD(left + term->target * points) * (T)term->weight,
                              LOAD(right + term->right * points), sum[term->left]);
      }
      for (int c = 0; c < plan->channels; c++) STORE(target + c * points, sum[c]);
    }
  }
}

static void FN(jet_multiply_reverse)(const limbeck_jet_plan *plan, size_t units, size_t points,
                                     const T *out_adjoint, size_t out_step, const T *y,
                                     size_t y_step, T *x_adjoint, size_t x_step) {
  if (FN(multiply_by_squares_reverse)(plan, units, points, out_adjoint, out_step, y, y_step,
                                      x_adjoint, x_step)) {
    return;
  }
  size_t row = plan->channels * points;
  for (size_t unit = 0; unit < units; unit++) {
    for (size_t p = 0; p < points; p += LANES) {
      const T *bar = out_adjoint + unit * out_step * row + p, *right = y + unit * y_step * row + p;
      T *target = x_adjoint + unit * x_step * row + p;
      V sum = SPLAT(0);
      const limbeck_jet_term *term = plan->adjoint;
      for (int e = 0; e < plan->adjoint_count; e++, term++) {
        sum = FMA(LOAD(bar + term->left * points) * (T)term->weight,
                  LOAD(right + term->right * points), sum);
        if (term->ends_target) {
          STORE(target + term->target * points, LOAD(target + term->target * points) + sum);
          sum = SPLAT(0);
        }
      }
    }
  }
}

#undef INVERSE

const TYPED(limbeck_jets) FN(jets_table) = {
    .forward = FN(jet_forward),
    .reverse = FN(jet_reverse),
    .jacobian = FN(jet_jacobian),
    .multiply = FN(jet_multiply),
    .multiply_reverse = FN(jet_multiply_reverse),
};
