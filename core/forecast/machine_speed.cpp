// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/forecast/machine_speed.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headroom {
namespace {

constexpr std::size_t kinds = 6;
using Row = std::array<double, kinds>;

/// The cost per second: its product with the true seconds per unit is 1.
Row rowOf(const TimedCost& timed) {
    const Cost cost = timed.cost * (1 / timed.seconds);
    return {cost.flops, cost.bf16Flops, cost.scanElements, cost.bf16ScanElements, cost.bytes, cost.calls};
}

double sum(const Row& amounts, const Row& speeds) {
    return std::inner_product(amounts.begin(), amounts.end(), speeds.begin(), 0.0);
}

/// The normal equations of rows whose products with the solution should be 1.
struct Equations {
    std::array<Row, kinds> squares = {};
    Row sums = {};

    void add(const Row& row, double weight) {
        for (std::size_t i = 0; i < kinds; ++i) {
            sums[i] += weight * row[i];
            for (std::size_t j = 0; j < kinds; ++j)
                squares[i][j] += weight * row[i] * row[j];
        }
    }

    /// Non-negative least squares by coordinate descent.
    Row solved(Row speeds) const {
        constexpr int rounds = 1000;
        for (int round = 0; round < rounds; ++round) {
            for (std::size_t i = 0; i < kinds; ++i) {
                const double rest = sums[i] - sum(squares[i], speeds) + squares[i][i] * speeds[i];
                speeds[i] = squares[i][i] > 0 ? std::max(0.0, rest / squares[i][i]) : 0;
            }
        }
        return speeds;
    }
};

} // namespace

MachineSpeed::MachineSpeed(const std::vector<TimedCost>& timed) {
    if (timed.size() < minimumSamples)
        return;
    Equations equations;
    for (const TimedCost& each : timed)
        equations.add(rowOf(each), each.weight);
    secondsOf_ = equations.solved({});
    std::vector<double> errors;
    for (const TimedCost& each : timed) {
        Equations others = equations;
        others.add(rowOf(each), -each.weight);
        errors.push_back(std::abs(sum(rowOf(each), others.solved(secondsOf_)) - 1));
    }
    std::sort(errors.begin(), errors.end());
    constexpr double minimumSpread = 0.05; // run-to-run variation of one machine
    spread_ = std::max(minimumSpread, errors[errors.size() * 9 / 10]);
}

double MachineSpeed::seconds(const Cost& cost) const {
    return sum(rowOf({cost, 1}), secondsOf_);
}

} // namespace headroom
