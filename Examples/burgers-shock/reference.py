"""Burgers' equation by the Cole-Hopf transform: u = -int sin(pi y) w / int w over eta, where
y = x - eta and w = exp(-cos(pi y)/(2 pi nu) - eta^2/(4 nu t)). The trapezoidal rule is exact to
rounding for such peaks. Hopf (1950), doi:10.1002/cpa.3160030302."""
import numpy as np

nu = 0.01 / np.pi


def solution(x, t):
    eta = np.linspace(-1, 1, 20001) * 12 * np.sqrt(4 * nu * t)
    y = x - eta
    exponent = -np.cos(np.pi * y) / (2 * np.pi * nu) - eta**2 / (4 * nu * t)
    weight = np.exp(exponent - exponent.max())
    return -np.sum(np.sin(np.pi * y) * weight) / np.sum(weight)


with open("reference.csv", "w") as file:
    file.write("x,t,u\n")
    for t in np.arange(1, 11) / 10:
        # Closer together where the shock is.
        for s in np.linspace(-1, 1, 81):
            x = 0.5 * s + 0.5 * s**3
            file.write(f"{x:.10g},{t:.10g},{solution(x, t):.12g}\n")
