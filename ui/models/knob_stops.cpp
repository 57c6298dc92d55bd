#include "ui/models/knob_stops.h"

#include <algorithm>
#include <cmath>

namespace headroom::ui {
namespace {

/// Above so many, even steps would lie closer than a hand can place them.
constexpr double mostEvenStops = 130;

/// Multiples of the step, all of them.
std::vector<double> evenStops(const Knob& knob) {
    std::vector<double> stops;
    for (double n = std::ceil(knob.min / knob.step - 1e-9); n * knob.step <= knob.max * (1 + 1e-12); ++n)
        stops.push_back(n * knob.step + 0.0); // not -0
    return stops;
}

/// Multiples of the step, eight to an octave: 1, 2, … 16, 18, 20, … 32, 36, …
std::vector<double> octaveStops(const Knob& knob) {
    std::vector<double> stops;
    double n = std::ceil(knob.min / knob.step - 1e-9);
    while (n * knob.step <= knob.max * (1 + 1e-12)) {
        stops.push_back(n * knob.step + 0.0); // not -0
        const double octave = n < 16 ? 1 : std::exp2(std::floor(std::log2(n)) - 3);
        n = (std::floor(n / octave) + 1) * octave;
    }
    return stops;
}

/// 1, 1.5, 2, 3, 4, 5, 6, 8 times each power of ten.
std::vector<double> decadeStops(const Knob& knob) {
    std::vector<double> stops;
    const int last = static_cast<int>(std::floor(std::log10(knob.max)));
    for (int power = static_cast<int>(std::ceil(std::log10(knob.min))); power <= last; ++power)
        for (const int tenths : {10, 15, 20, 30, 40, 50, 60, 80}) {
            const double value =
                power < 0 ? tenths / std::pow(10, 1 - power) : tenths * std::pow(10, power - 1);
            if (value >= knob.min && value <= knob.max)
                stops.push_back(value);
        }
    return stops;
}

/// For a share that is meant to be nearly 1: 0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, …
std::vector<double> decayStops(const Knob& knob) {
    std::vector<double> stops = {0};
    for (int digits = 1; digits <= 6; ++digits) {
        const double unit = std::pow(10, digits);
        for (const int part : {5, 2, 1})
            stops.push_back((unit - part) / unit);
    }
    std::erase_if(stops, [&knob](double stop) { return stop < knob.min || stop > knob.max; });
    return stops;
}

bool isDecay(const Knob& knob) {
    return knob.min == 0 && knob.max < 1 && knob.max > 0.99;
}

} // namespace

std::vector<double> knobStops(const Knob& knob) {
    // Beyond this, a place on a slider means nothing: a seed.
    constexpr double widest = 1e9;
    if ((knob.type != KnobType::Integer && knob.type != KnobType::Real) || knob.max > widest)
        return {};
    if (isDecay(knob))
        return decayStops(knob);
    if (knob.min > 0 && knob.step > 10 * knob.min && knob.type == KnobType::Real && knob.max / knob.min > 1e4)
        return decadeStops(knob);
    return (knob.max - knob.min) / knob.step <= mostEvenStops ? evenStops(knob) : octaveStops(knob);
}

int nearestStop(const std::vector<double>& stops, double value) {
    const auto nearest = std::min_element(stops.begin(), stops.end(), [value](double a, double b) {
        return std::abs(a - value) < std::abs(b - value);
    });
    return nearest == stops.end() ? -1 : static_cast<int>(nearest - stops.begin());
}

} // namespace headroom::ui
