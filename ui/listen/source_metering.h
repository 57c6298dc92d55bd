// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/values/listening.h"

#include <QObject>

#include <cstdint>
#include <optional>

namespace headroom::ui {

class ListenBridge;

/// Loudness and SDR by second of one stem of a source. The SDR is updated as the stem grows. GUI thread.
class SourceMetering : public QObject {
    Q_OBJECT

public:
    explicit SourceMetering(ListenBridge& bridge) : bridge_(bridge) {}

    /// Call when the stem has changed or grown.
    /// @param number changes with another stem, which resets all results
    /// @param groundTruth absent if there is none  @param complete the stem will not grow anymore
    void update(std::uint64_t number, const std::optional<AudioSum>& stem,
                const std::optional<AudioSum>& groundTruth, int sampleRate, bool complete);

    /// Absent before it is measured. `integrated` is absent for silence.
    const std::optional<LoudnessAnswer>& loudness() const { return loudness_; }
    /// Absent before it is measured, or without a ground truth.
    const std::optional<SdrAnswer>& sdr() const { return sdr_; }

Q_SIGNALS:
    void changed();

private:
    void measureSdr(const AudioSum& stem, const AudioSum& groundTruth, int sampleRate);
    void measureLoudness(const AudioSum& stem, int sampleRate);

    ListenBridge& bridge_;
    std::uint64_t number_ = 0;          ///< of the stem
    std::uint64_t loudnessRequest_ = 0; ///< number of the newest request; 0: none
    std::uint64_t sdrRequest_ = 0;
    bool sdrPending_ = false;
    std::int64_t sdrSeconds_ = 0; ///< covered by the newest request
    std::optional<LoudnessAnswer> loudness_;
    std::optional<SdrAnswer> sdr_;
};

} // namespace headroom::ui
