// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/separate_song.h"
#include "tests/support/one_by_one.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <vector>

using namespace headroom;

namespace {

/// A model whose output is the number of the segment, from 0, so that the mixed output shows the weights.
SegmentModel counter(std::int64_t segmentFrames, double overlap) {
    SegmentModel model;
    model.channels = 1;
    model.stems = {"stem"};
    model.segmentFrames = segmentFrames;
    model.overlap = overlap;
    model.separate = test::oneByOne([number = std::make_shared<int>(0)](const AudioBuffer& segment) {
        AudioBuffer stem(segment.channels(), segment.frames());
        std::ranges::fill(stem.samples(), static_cast<float>((*number)++));
        return SegmentStems{stem};
    });
    return model;
}

/// Weight of the later of two segments at a frame of their overlap.
double laterWeight(std::int64_t frame, std::int64_t overlap) {
    const double quarter = static_cast<double>(overlap) / 4;
    return std::clamp((static_cast<double>(frame) + 0.5 - quarter) / (2 * quarter), 0.0, 1.0);
}

} // namespace

/// The shape of the transition between two segments.
class TestCrossFade : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void isLinearOverMiddleHalfOfOverlap_data() {
        QTest::addColumn<int>("hop");
        QTest::addColumn<double>("overlap");
        QTest::newRow("half") << 40 << 0.5;
        QTest::newRow("a fifth") << 64 << 0.2;
    }

    void isLinearOverMiddleHalfOfOverlap() {
        QFETCH(const int, hop);
        QFETCH(const double, overlap);
        constexpr std::int64_t segmentFrames = 80;
        constexpr int transitions = 3;
        const std::int64_t overlapFrames = segmentFrames - hop;
        const AudioBuffer input(1, segmentFrames + transitions * hop);
        const auto stems = separateSong(counter(segmentFrames, overlap), input);
        const auto output = stems->front().channel(0);
        QCOMPARE(std::ssize(output), input.frames());
        for (std::int64_t frame = 0; frame < hop; ++frame)
            QCOMPARE(output[static_cast<std::size_t>(frame)], 0.0F);
        for (int later = 1; later <= transitions; ++later) {
            for (std::int64_t frame = 0; frame < hop; ++frame) {
                const double expected = later - 1 + laterWeight(frame, overlapFrames);
                const double found = output[static_cast<std::size_t>(later * hop + frame)];
                QVERIFY2(std::abs(found - expected) < 1e-6, qPrintable(QString::number(found, 'g', 9)));
            }
        }
    }

    /// Segments lack context at their ends.
    void discardsOuterQuarterOfOverlap() {
        const auto stems = separateSong(counter(80, 0.5), AudioBuffer(1, 120));
        const auto output = stems->front().channel(0);
        for (std::size_t frame = 0; frame < 50; ++frame)
            QCOMPARE(output[frame], 0.0F);
        for (std::size_t frame = 70; frame < 120; ++frame)
            QCOMPARE(output[frame], 1.0F);
    }
};

HEADROOM_TEST_MAIN(TestCrossFade)
#include "tst_cross_fade.moc"
