// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/listen/source_metering.h"

#include "ui/bridge/listen_bridge.h"

#include <algorithm>

namespace headroom::ui {

void SourceMetering::update(std::uint64_t number, const std::optional<AudioSum>& stem,
                            const std::optional<AudioSum>& groundTruth, int sampleRate, bool complete) {
    if (number != number_) {
        number_ = number;
        loudnessRequest_ = 0;
        sdrRequest_ = 0;
        sdrPending_ = false;
        sdrSeconds_ = 0;
        loudness_.reset();
        sdr_.reset();
        Q_EMIT changed();
    }
    if (stem && groundTruth)
        measureSdr(*stem, *groundTruth, sampleRate);
    if (stem && complete && loudnessRequest_ == 0)
        measureLoudness(*stem, sampleRate);
}

void SourceMetering::measureSdr(const AudioSum& stem, const AudioSum& groundTruth, int sampleRate) {
    const std::int64_t seconds = std::min(stem.frames(), groundTruth.frames()) / sampleRate;
    if (sdrPending_ || seconds <= sdrSeconds_)
        return;
    sdrSeconds_ = seconds;
    sdrPending_ = true;
    sdrRequest_ = bridge_.nextNumber();
    bridge_.listening().measureSdr(sdrRequest_, stem, groundTruth, sampleRate,
                                   bridge_.onGui<SdrAnswer>(this, [this](const SdrAnswer& answer) {
                                       if (answer.number != sdrRequest_)
                                           return;
                                       sdrPending_ = false;
                                       sdr_ = answer;
                                       Q_EMIT changed();
                                   }));
}

void SourceMetering::measureLoudness(const AudioSum& stem, int sampleRate) {
    loudnessRequest_ = bridge_.nextNumber();
    bridge_.listening().measureLoudness(
        loudnessRequest_, stem, sampleRate,
        bridge_.onGui<LoudnessAnswer>(this, [this](const LoudnessAnswer& answer) {
            if (answer.number != loudnessRequest_)
                return;
            loudness_ = answer;
            Q_EMIT changed();
        }));
}

} // namespace headroom::ui
