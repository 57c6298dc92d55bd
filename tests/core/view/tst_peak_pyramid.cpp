// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/view/peak_pyramid.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <cmath>
#include <random>

using namespace headroom;
using headroom::PeakPyramid;

namespace {

std::vector<Peak> randomPeaks(std::size_t count) {
    std::mt19937 random(3);
    std::uniform_real_distribution<float> size(0, 1);
    std::vector<Peak> peaks;
    for (std::size_t i = 0; i < count; ++i) {
        const float height = size(random);
        peaks.push_back({-height * size(random), height, height * height});
    }
    return peaks;
}

} // namespace

class TestPeakPyramid : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// At any zoom, no peak is missed and no peak from outside of half a pixel around the range is included.
    void missesNoPeak() {
        const std::vector<Peak> peaks = randomPeaks(5003);
        PeakPyramid pyramid;
        for (std::size_t done = 0; done < peaks.size(); done += 333) {
            // Each piece but the first begins with the last peak of the previous piece, which covered fewer
            // frames.
            const std::size_t begin = done == 0 ? 0 : done - 1;
            const std::size_t end = std::min(done + 333, peaks.size());
            pyramid.put(static_cast<std::int64_t>(begin) * framesPerPeak,
                        {peaks.begin() + static_cast<std::ptrdiff_t>(begin),
                         peaks.begin() + static_cast<std::ptrdiff_t>(end)});
        }
        QCOMPARE(pyramid.peaks(), std::int64_t{5003});
        std::mt19937 random(4);
        for (int round = 0; round < 500; ++round) {
            const auto first = static_cast<std::int64_t>(random() % 5003);
            const auto last = std::min<std::int64_t>(5003, first + 1 + random() % 2000);
            const auto found = pyramid.over(static_cast<double>(first * framesPerPeak),
                                            static_cast<double>(last * framesPerPeak));
            QVERIFY(found);
            const auto slack = (last - first) / 2 + 1; // half a pixel at either side
            float inside = 0;
            float around = 0;
            for (std::int64_t i = std::max<std::int64_t>(0, first - slack);
                 i < std::min<std::int64_t>(5003, last + slack); ++i) {
                around = std::max(around, peaks[i].highest);
                if (i >= first && i < last)
                    inside = std::max(inside, peaks[i].highest);
            }
            QVERIFY(found->highest >= inside && found->highest <= around);
        }
    }

    void isAbsentBeyondTheEnd() {
        PeakPyramid pyramid;
        QVERIFY(!pyramid.over(0, 100));
        pyramid.put(0, randomPeaks(10));
        QVERIFY(pyramid.over(600, 640));
        QVERIFY(!pyramid.over(640, 700));
        pyramid.put(std::int64_t{64} * 11, randomPeaks(1)); // would leave a gap
        QCOMPARE(pyramid.peaks(), std::int64_t{10});
    }
};

HEADROOM_TEST_MAIN(TestPeakPyramid)
#include "tst_peak_pyramid.moc"
