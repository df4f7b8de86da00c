"""Writes phase.csv and snowfall.csv: synthetic precipitation, in the order of time.

    python3 data.py                              the files of this example
    python3 data.py --observations mine.csv      phase.csv from measurements with the original columns

The laws below are what a network can learn, so that what is read off it can be judged:

- Phase. The wet-bulb temperature Tw of Stull (2011), doi:10.1175/JAMC-D-11-0143.1, measured with an error of
  0.2 K, melts a share f = 1 / (1 + exp(-(Tw - 1.2) / 0.4)) of the water: snow below 0.15, rain above 0.85, mixed
  between. Density follows Brandes et al. (2007), doi:10.1175/JAM2489.1, in snow, and that of water in rain.
- Snowfall rate. Particles n0 exp(-lambda D) of mass ~ D^2 and fall speed ~ D^0.2 give Sr = 5e-4 n0 / lambda^3.2 mm/h,
  up to 5 %, and a reflectivity of 10 log10(7.2e-3 n0 / lambda^5) dBZ, up to 1 dB.
"""

import argparse
import csv
import math
import random

PHASES = ["Rain", "Snow", "Mixed-phase"]
ORIGINAL = ["n0", "Rho", "Dm", "Temperature", "Relative Humidity"]


def wet_bulb(celsius, humidity):
    """Tw in degrees Celsius from air temperature and relative humidity in percent."""
    return (
        celsius * math.atan(0.151977 * math.sqrt(humidity + 8.313659))
        + math.atan(celsius + humidity)
        - math.atan(humidity - 1.676331)
        + 0.00391838 * humidity**1.5 * math.atan(0.023101 * humidity)
        - 4.686035
    )


def weather(draw, rows):
    """Temperature in K and relative humidity in percent: a year with memory from row to row."""
    anomaly, moisture = 0.0, 0.0
    for row in range(rows):
        anomaly = 0.9 * anomaly + draw.gauss(0, 1.6)
        moisture = 0.8 * moisture + draw.gauss(0, 3.5)
        season = 5 * math.sin(5 * 2 * math.pi * row / rows)
        yield 273.0 + season + anomaly, min(100.0, max(65.0, 90.5 + moisture))


def phase_rows(draw, rows):
    for kelvin, humidity in weather(draw, rows):
        diameter = 10 ** draw.gauss(0.18, 0.22)
        melted = 1 / (1 + math.exp(-(wet_bulb(kelvin - 273.15, humidity) + draw.gauss(0, 0.2) - 1.2) / 0.4))
        phase = 1 if melted < 0.15 else 0 if melted > 0.85 else 2
        snow = math.log10(min(0.9, 0.178 * diameter**-0.922))
        density = snow * (1 - melted) + draw.gauss(0, 0.08)
        number = draw.gauss(2.9, 0.5) - 0.8 * melted
        yield number, density, math.log10(diameter), kelvin, humidity, phase


def snowfall_rows(draw, rows):
    for kelvin, _ in weather(draw, rows):
        slope = 10 ** draw.gauss(-0.1, 0.1)
        number = 10 ** draw.gauss(2.7, 0.35)
        decibel = 10 * math.log10(7.2e-3 * number / slope**5)
        rate = 5e-4 * number / slope**3.2 * (1 + draw.gauss(0, 0.05))
        yield (
            decibel + draw.gauss(0, 1), decibel + draw.gauss(0.3, 1.5), math.log10(number), math.log10(slope),
            kelvin - 6, math.log10(rate),
        )


def observed_rows(path):
    """Rows of a table with the original columns, of which the first three are taken as logarithms."""
    with open(path, newline="") as file:
        for line in csv.DictReader(file):
            values = [float(line[name]) for name in ORIGINAL]
            yield *(math.log10(v) for v in values[:3]), *values[3:], PHASES.index(line["phase"])


def write(path, names, rows):
    with open(path, "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        for row in rows:
            writer.writerow([f"{v:.5g}" if isinstance(v, float) else v for v in row])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--observations", help="a CSV with " + ", ".join(ORIGINAL) + " and phase")
    parser.add_argument("--rows", type=int, default=1500)
    options = parser.parse_args()
    draw = random.Random(1)
    phases = observed_rows(options.observations) if options.observations else phase_rows(draw, options.rows)
    write("phase.csv", ["log_n0", "log_rho", "log_Dm", "T", "RH", "phase"], phases)
    if not options.observations:
        write(
            "snowfall.csv", ["Z_3", "Z_4", "log_n0", "log_lambda", "T", "log_Sr"],
            snowfall_rows(draw, options.rows))


if __name__ == "__main__":
    main()
