// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/dsp/mel_bands.h"

#include "core/dsp/mel_scale.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <cmath>

namespace headroom {

std::vector<BinRange> melBands(std::int64_t numBands, std::int64_t sampleRate, std::int64_t nFft) {
    const std::int64_t bins = nFft / 2 + 1;
    const double hzPerBin = static_cast<double>(sampleRate) / static_cast<double>(nFft);
    const double melPerEdge = melOf(static_cast<double>(sampleRate) / 2) / static_cast<double>(numBands + 1);
    std::vector<BinRange> bands;
    for (std::int64_t band = 0; band < numBands; ++band) {
        const double low = hzOf(static_cast<double>(band) * melPerEdge);
        const double high = hzOf(static_cast<double>(band + 2) * melPerEdge);
        auto first = static_cast<std::int64_t>(std::floor(low / hzPerBin));
        while (static_cast<double>(first) * hzPerBin <= low)
            ++first;
        std::int64_t end = first;
        while (end < bins && static_cast<double>(end) * hzPerBin < high)
            ++end;
        if (band == 0)
            first = 0;
        if (band == numBands - 1)
            end = bins;
        if (end <= first)
            throw Error(
                ErrorKind::Input,
                fmt::format("{} bands on the mel scale are too many for {} bins: band {} holds no bin",
                            numBands, bins, band + 1),
                "model.num_bands", "Lower it, or raise audio.n_fft.");
        bands.push_back({first, end - first});
    }
    return bands;
}

} // namespace headroom
