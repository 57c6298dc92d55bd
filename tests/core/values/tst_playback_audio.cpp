// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/values/playback_audio.h"
#include "tests/support/strict_main.h"

using namespace headroom;

namespace {

/// Frames k = first, first + 1, ...: left k, right -k.
AudioBlock ramp(int first, int frames) {
    std::vector<float> samples;
    for (int k = first; k < first + frames; ++k) {
        samples.push_back(static_cast<float>(k));
        samples.push_back(static_cast<float>(-k));
    }
    return std::make_shared<const std::vector<float>>(std::move(samples));
}

PlaybackAudio rampInBlocks(const std::vector<int>& lengths) {
    PlaybackAudio audio;
    for (const int length : lengths)
        audio.append(ramp(static_cast<int>(audio.frames()), length));
    return audio;
}

} // namespace

class TestPlaybackAudio : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAcrossBlocksAndBeyondBothEnds() {
        const PlaybackAudio audio = rampInBlocks({1, 4, 2, 5});
        QCOMPARE(audio.frames(), std::int64_t{12});
        for (int begin = -15; begin < 15; ++begin) {
            for (int frames = 1; frames < 20; ++frames) {
                const std::vector<float> samples = AudioSum{{{audio, 2}}}.read(begin, frames);
                for (int i = 0; i < frames; ++i) {
                    const int k = begin + i;
                    const float expected = k >= 0 && k < 12 ? 2.0F * static_cast<float>(k) : 0.0F;
                    const std::size_t left = std::size_t{2} * i;
                    QCOMPARE(samples[left], expected);
                    QCOMPARE(samples[left + 1], -expected);
                }
            }
        }
    }

    void sumsTermsOfDifferentLength() {
        const PlaybackAudio whole = rampInBlocks({10});
        const PlaybackAudio growing = rampInBlocks({3, 3});
        const AudioSum difference{{{whole, 1}, {growing, -1}}};
        QCOMPARE(difference.frames(), std::int64_t{6});
        const std::vector<float> samples = difference.read(4, 4);
        QCOMPARE(samples, (std::vector<float>{0, 0, 0, 0, 6, -6, 7, -7}));
    }

    /// Hours of audio take no more memory than the first minutes.
    void keepsLongAudioOnDisk() {
        constexpr int frames = 1 << 20;
        PlaybackAudio audio;
        std::vector<std::weak_ptr<const std::vector<float>>> blocks;
        while (audio.frames() < PlaybackAudio::framesInMemory + std::int64_t{2} * frames) {
            AudioBlock block = ramp(static_cast<int>(audio.frames()), frames);
            blocks.push_back(block);
            audio.append(std::move(block));
        }
        for (std::size_t i = 0; i < blocks.size(); ++i)
            QCOMPARE(blocks[i].expired(),
                     i >= static_cast<std::size_t>(PlaybackAudio::framesInMemory / frames));
        const PlaybackAudio copy = audio;
        audio.append(ramp(static_cast<int>(audio.frames()), 7));
        for (const PlaybackAudio& each : {audio, copy}) {
            for (const std::int64_t begin : {std::int64_t{0}, PlaybackAudio::framesInMemory - 5000,
                                             PlaybackAudio::framesInMemory + frames - 3, each.frames() - 6}) {
                const std::vector<float> samples = AudioSum{{{each, -1}}}.read(begin, 10000);
                for (std::int64_t i = 0; i < 10000; ++i) {
                    const std::int64_t k = begin + i;
                    const float expected = k < each.frames() ? static_cast<float>(-k) : 0.0F;
                    const std::size_t left = std::size_t{2} * i;
                    QCOMPARE(samples[left], expected);
                    QCOMPARE(samples[left + 1], -expected);
                }
            }
        }
    }

    void copiesKeepTheirLength() {
        PlaybackAudio audio = rampInBlocks({3});
        const PlaybackAudio copy = audio;
        audio.append(ramp(3, 2));
        QCOMPARE(copy.frames(), std::int64_t{3});
        QCOMPARE(audio.frames(), std::int64_t{5});
    }
};

HEADROOM_TEST_MAIN(TestPlaybackAudio)
#include "tst_playback_audio.moc"
