"""The m-gate of Hodgkin and Huxley (1952), doi:10.1113/jphysiol.1952.sp004764, under a voltage that
swings: 500 values, of which 400 at random are for training and 100 for testing."""
import numpy as np
from scipy.integrate import solve_ivp


def voltage(t):
    return -45 + 30 * np.sin(0.4 * t)


def rates(V):
    opening = 0.1 * (V + 40) / (1 - np.exp(-(V + 40) / 10))
    closing = 4 * np.exp(-(V + 65) / 18)
    return opening, closing


def gate(t, m):
    opening, closing = rates(voltage(t))
    return opening * (1 - m) - closing * m


t = np.linspace(0, 50, 500)
opening, closing = rates(voltage(0))
m = solve_ivp(gate, (0, 50), [opening / (opening + closing)], t_eval=t, method="DOP853",
              rtol=1e-12, atol=1e-14).y[0]
order = np.random.default_rng(0).permutation(len(t))
for name, rows in [("train.csv", order[:400]), ("test.csv", order[400:])]:
    with open(name, "w") as file:
        file.write("t,m\n")
        for row in sorted(rows):
            file.write(f"{t[row]:.10g},{m[row]:.12g}\n")
