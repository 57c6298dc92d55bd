// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/audio_length.h"
#include "core/data/segment_lengths.h"
#include "tests/support/strict_main.h"

#include <cmath>
#include <map>
#include <vector>

using namespace headroom;

class TestSegmentLengths : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void areTheSameByDefault() {
        const SegmentLengths lengths{RunConfig()};
        QCOMPARE(lengths.longest(), std::int64_t{8 * 44100});
        for (std::int64_t first = 0; first < 1000; first += 5)
            QCOMPARE(lengths.of(first), lengths.longest());
        QCOMPARE(SegmentLengths(1234).of(99), std::int64_t{1234});
    }

    void areDrawnOnAGridOfHops() {
        RunConfig config;
        config.training.batchSize = 1;
        config.training.gradientAccumulationSteps = 1;
        config.audio.segmentShortening = 0.5;
        const SegmentLengths lengths(config);
        std::map<std::int64_t, int> counts;
        constexpr int draws = 8000;
        double sum = 0;
        for (int i = 0; i < draws; ++i) {
            const std::int64_t length = lengths.of(i);
            ++counts[length];
            sum += static_cast<double>(length);
            QCOMPARE((lengths.longest() - length) % config.audio.hopLength, std::int64_t{0});
        }
        QCOMPARE(counts.size(), std::size_t{16});
        QCOMPARE(counts.rbegin()->first, lengths.longest());
        QVERIFY(counts.begin()->first >= lengths.longest() / 2);
        QVERIFY(static_cast<double>(counts.begin()->first) < 0.52 * static_cast<double>(lengths.longest()));
        for (const auto& [length, count] : counts)
            QVERIFY(std::abs(count - draws / 16) < 100);
        const double share = sum / draws / static_cast<double>(lengths.longest());
        QVERIFY(std::abs(share - meanSegmentShare(config.audio)) < 0.02);
    }

    void haveFewerLengthsIfThereAreFewHops() {
        RunConfig config;
        config.training.batchSize = 1;
        config.training.gradientAccumulationSteps = 1;
        config.audio.segmentLength = 0.1; // ten hops
        config.audio.segmentShortening = 0.3;
        const SegmentLengths lengths(config);
        std::map<std::int64_t, int> counts;
        for (int i = 0; i < 300; ++i)
            ++counts[lengths.of(i)];
        QCOMPARE(counts.size(), std::size_t{4});
        QCOMPARE(counts.begin()->first, std::int64_t{4410 - 3 * 441});
        config.audio.segmentShortening = 0.05; // less than a hop
        QCOMPARE(SegmentLengths(config).of(17), std::int64_t{4410});
    }

    /// Otherwise ranks would wait for the one with the longest segments.
    void batchesOfAnUpdateAreEquallyLong() {
        RunConfig config;
        config.training.batchSize = 3;
        config.training.gradientAccumulationSteps = 4;
        config.audio.segmentShortening = 0.9;
        const SegmentLengths lengths(config);
        int changes = 0;
        for (std::int64_t update = 0; update < 50; ++update) {
            for (int step = 1; step < 4; ++step)
                QCOMPARE(lengths.of(12 * update + 3 * step), lengths.of(12 * update));
            changes += lengths.of(12 * update) != lengths.of(12 * update + 12) ? 1 : 0;
        }
        QVERIFY(changes > 35);
    }

    void dependOnTheSeedAndNothingElse() {
        RunConfig config;
        config.audio.segmentShortening = 0.5;
        const auto draws = [&] {
            const SegmentLengths lengths(config);
            std::vector<std::int64_t> found;
            for (std::int64_t first = 3000; first > 0; first -= 30)
                found.push_back(lengths.of(first));
            return found;
        };
        const auto expected = draws();
        config.data.polarityProbability = 1;
        config.training.numWorkers = 0;
        QCOMPARE(draws(), expected);
        config.training.seed = 1;
        QVERIFY(draws() != expected);
    }
};

HEADROOM_TEST_MAIN(TestSegmentLengths)
#include "tst_segment_lengths.moc"
