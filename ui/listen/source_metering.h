#pragma once

#include "core/values/listening.h"

#include <QObject>

#include <cstdint>
#include <optional>

namespace headroom::ui {

class ListenBridge;

/// What is measured of one stem of a source: its loudness, and its SDR second by second against the true
/// stem, which is measured again as the stem grows. GUI thread.
class SourceMetering : public QObject {
    Q_OBJECT

public:
    explicit SourceMetering(ListenBridge& bridge) : bridge_(bridge) {}

    /// How far the stem has come. @param number another one means another stem, of which nothing is known yet
    /// @param reference absent where there is no true stem  @param complete it will not grow any more
    void update(std::uint64_t number, const std::optional<AudioSum>& stem,
                const std::optional<AudioSum>& reference, int sampleRate, bool complete);

    /// Absent before it is measured; of silence it has no `integrated`.
    const std::optional<LoudnessAnswer>& loudness() const { return loudness_; }
    /// Absent before it is measured, or where there is no reference.
    const std::optional<SdrAnswer>& sdr() const { return sdr_; }

Q_SIGNALS:
    void changed();

private:
    void measureSdr(const AudioSum& stem, const AudioSum& reference, int sampleRate);
    void measureLoudness(const AudioSum& stem, int sampleRate);

    ListenBridge& bridge_;
    std::uint64_t number_ = 0;       ///< of the stem
    std::uint64_t loudnessWork_ = 0; ///< number of the measurement that counts; 0: none was asked for
    std::uint64_t sdrWork_ = 0;
    bool sdrPending_ = false;
    std::int64_t sdrSeconds_ = 0; ///< that were asked for last
    std::optional<LoudnessAnswer> loudness_;
    std::optional<SdrAnswer> sdr_;
};

} // namespace headroom::ui
