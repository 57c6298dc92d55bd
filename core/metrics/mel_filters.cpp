// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/metrics/mel_filters.h"

#include "core/dsp/mel_scale.h"

#include <algorithm>

namespace headroom {

MelFilters::MelFilters(std::int64_t bands, int sampleRate, std::int64_t nFft) {
    const double hzPerBin = static_cast<double>(sampleRate) / static_cast<double>(nFft);
    const double melPerEdge = melOf(sampleRate / 2.0) / static_cast<double>(bands + 1);
    for (std::int64_t band = 0; band < bands; ++band) {
        const double low = hzOf(static_cast<double>(band) * melPerEdge);
        const double center = hzOf(static_cast<double>(band + 1) * melPerEdge);
        const double high = hzOf(static_cast<double>(band + 2) * melPerEdge);
        Filter& filter = filters_.emplace_back();
        for (std::int64_t bin = 0; bin <= nFft / 2; ++bin) {
            const double hz = static_cast<double>(bin) * hzPerBin;
            const double weight = std::min((hz - low) / (center - low), (high - hz) / (high - center));
            if (weight <= 0)
                continue;
            if (filter.weights.empty())
                filter.first = bin;
            filter.weights.push_back(weight * 2 / (high - low));
        }
    }
}

void MelFilters::apply(const double* magnitudes, std::span<double> out) const {
    for (std::size_t band = 0; band < filters_.size(); ++band) {
        const Filter& filter = filters_[band];
        const double* first = magnitudes + filter.first;
        double sum = 0;
        for (std::size_t i = 0; i < filter.weights.size(); ++i)
            sum += filter.weights[i] * first[i];
        out[band] = sum;
    }
}

} // namespace headroom
