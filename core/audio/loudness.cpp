// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/loudness.h"

#include "core/support/error.h"

#include <algorithm>
#include <cmath>
#include <ebur128.h>

namespace headroom {
namespace {

constexpr unsigned stereo = 2;

struct DestroyMeter {
    void operator()(ebur128_state* meter) const { ebur128_destroy(&meter); }
};

} // namespace

struct LoudnessMeter::State {
    std::unique_ptr<ebur128_state, DestroyMeter> meter;
};

LoudnessMeter::LoudnessMeter(int sampleRate) : state_(std::make_unique<State>()) {
    state_->meter.reset(ebur128_init(stereo, static_cast<unsigned long>(sampleRate),
                                     EBUR128_MODE_I | EBUR128_MODE_SAMPLE_PEAK));
    if (!state_->meter)
        throw Error(ErrorKind::Failure, "cannot measure loudness at " + std::to_string(sampleRate) + " Hz");
}

LoudnessMeter::~LoudnessMeter() = default;

void LoudnessMeter::add(std::span<const float> samples) {
    ebur128_add_frames_float(state_->meter.get(), samples.data(), samples.size() / stereo);
}

std::optional<double> LoudnessMeter::integrated() const {
    double loudness = 0;
    ebur128_loudness_global(state_->meter.get(), &loudness);
    return std::isfinite(loudness) ? std::optional(loudness) : std::nullopt;
}

double LoudnessMeter::samplePeak() const {
    double highest = 0;
    for (unsigned channel = 0; channel < stereo; ++channel) {
        double peak = 0;
        ebur128_sample_peak(state_->meter.get(), channel, &peak);
        highest = std::max(highest, peak);
    }
    return highest;
}

} // namespace headroom
