#include "ui/listen/source_metering.h"

#include "ui/bridge/listen_bridge.h"

#include <algorithm>

namespace headroom::ui {

void SourceMetering::update(std::uint64_t number, const std::optional<AudioSum>& stem,
                            const std::optional<AudioSum>& reference, int sampleRate, bool complete) {
    if (number != number_) {
        number_ = number;
        loudnessWork_ = 0;
        sdrWork_ = 0;
        sdrPending_ = false;
        sdrSeconds_ = 0;
        loudness_.reset();
        sdr_.reset();
        Q_EMIT changed();
    }
    if (stem && reference)
        measureSdr(*stem, *reference, sampleRate);
    if (stem && complete && loudnessWork_ == 0)
        measureLoudness(*stem, sampleRate);
}

void SourceMetering::measureSdr(const AudioSum& stem, const AudioSum& reference, int sampleRate) {
    const std::int64_t seconds = std::min(stem.frames(), reference.frames()) / sampleRate;
    if (sdrPending_ || seconds <= sdrSeconds_)
        return;
    sdrSeconds_ = seconds;
    sdrPending_ = true;
    sdrWork_ = bridge_.nextNumber();
    bridge_.listening().measureSdr(sdrWork_, stem, reference, sampleRate,
                                   bridge_.onGui<SdrAnswer>(this, [this](const SdrAnswer& answer) {
                                       if (answer.number != sdrWork_)
                                           return;
                                       sdrPending_ = false;
                                       sdr_ = answer;
                                       Q_EMIT changed();
                                   }));
}

void SourceMetering::measureLoudness(const AudioSum& stem, int sampleRate) {
    loudnessWork_ = bridge_.nextNumber();
    bridge_.listening().measureLoudness(
        loudnessWork_, stem, sampleRate,
        bridge_.onGui<LoudnessAnswer>(this, [this](const LoudnessAnswer& answer) {
            if (answer.number != loudnessWork_)
                return;
            loudness_ = answer;
            Q_EMIT changed();
        }));
}

} // namespace headroom::ui
