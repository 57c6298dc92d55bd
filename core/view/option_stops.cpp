// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/option_stops.h"

#include <algorithm>
#include <cmath>

namespace headroom {
namespace {

/// With more linear stops than this, a slider could not be set precisely by hand.
constexpr double mostLinearStops = 130;

/// All multiples of the step.
std::vector<double> linearStops(const Option& option) {
    std::vector<double> stops;
    for (double n = std::ceil(option.min / option.step - 1e-9); n * option.step <= option.max * (1 + 1e-12);
         ++n)
        stops.push_back(n * option.step + 0.0); // not -0
    return stops;
}

/// Multiples of the step, eight per octave: 1, 2, … 16, 18, 20, … 32, 36, …
std::vector<double> octaveStops(const Option& option) {
    std::vector<double> stops;
    double n = std::ceil(option.min / option.step - 1e-9);
    while (n * option.step <= option.max * (1 + 1e-12)) {
        stops.push_back(n * option.step + 0.0); // not -0
        const double octave = n < 16 ? 1 : std::exp2(std::floor(std::log2(n)) - 3);
        n = (std::floor(n / octave) + 1) * octave;
    }
    return stops;
}

/// 1, 1.5, 2, 3, 4, 5, 6, 8 times each power of ten.
std::vector<double> decadeStops(const Option& option) {
    std::vector<double> stops;
    const int last = static_cast<int>(std::floor(std::log10(option.max)));
    for (int power = static_cast<int>(std::ceil(std::log10(option.min))); power <= last; ++power)
        for (const int tenths : {10, 15, 20, 30, 40, 50, 60, 80}) {
            const double value =
                power < 0 ? tenths / std::pow(10, 1 - power) : tenths * std::pow(10, power - 1);
            if (value >= option.min && value <= option.max)
                stops.push_back(value);
        }
    return stops;
}

/// For a decay close to 1: 0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, …
std::vector<double> decayStops(const Option& option) {
    std::vector<double> stops = {0};
    for (int digits = 1; digits <= 6; ++digits) {
        const double unit = std::pow(10, digits);
        for (const int part : {5, 2, 1})
            stops.push_back((unit - part) / unit);
    }
    std::erase_if(stops, [&option](double stop) { return stop < option.min || stop > option.max; });
    return stops;
}

bool isDecay(const Option& option) {
    return option.min == 0 && option.max < 1 && option.max > 0.99;
}

} // namespace

std::vector<double> optionStops(const Option& option) {
    // A slider over a wider range, such as a seed, has no use.
    constexpr double widest = 1e9;
    if ((option.type != OptionType::Integer && option.type != OptionType::Real) || option.max > widest)
        return {};
    if (isDecay(option))
        return decayStops(option);
    if (option.min > 0 && option.step > 10 * option.min && option.type == OptionType::Real &&
        option.max / option.min > 1e4)
        return decadeStops(option);
    return (option.max - option.min) / option.step <= mostLinearStops ? linearStops(option)
                                                                      : octaveStops(option);
}

int nearestStop(const std::vector<double>& stops, double value) {
    const auto nearest = std::min_element(stops.begin(), stops.end(), [value](double a, double b) {
        return std::abs(a - value) < std::abs(b - value);
    });
    return nearest == stops.end() ? -1 : static_cast<int>(nearest - stops.begin());
}

} // namespace headroom
