"""The system of lotka-volterra.yaml by an explicit Runge-Kutta method of order 8."""
import numpy as np
from scipy.integrate import solve_ivp

t = np.linspace(0, 8, 201)
solution = solve_ivp(
    lambda t, y: [y[0] - 0.5 * y[0] * y[1], -0.75 * y[1] + 0.25 * y[0] * y[1]],
    (0, 8), [2, 1], t_eval=t, method="DOP853", rtol=1e-13, atol=1e-13)
with open("reference.csv", "w") as file:
    file.write("t,prey,predators\n")
    for row in zip(t, *solution.y):
        file.write(",".join(f"{value:.12g}" for value in row) + "\n")
