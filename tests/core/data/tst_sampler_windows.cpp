// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/sampler.h"
#include "tests/core/data/unopened_song.h"
#include "tests/support/strict_main.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

using namespace headroom;
using headroom::test::song;

namespace {

/// Windows of 1 s at 1 kHz: vocals are active in two windows of song a and one of b, bass in one of c.
std::vector<Song> songsWithWindows() {
    std::vector<Song> songs = {song("a", 5000, {"bass", "drums", "vocals"}),
                               song("b", 5000, {"bass", "drums", "vocals"}),
                               song("c", 5000, {"bass", "drums", "vocals"})};
    songs[0].stems[2].activeWindows = {500, 3000};
    songs[1].stems[2].activeWindows = {1500};
    songs[2].stems[0].activeWindows = {4000};
    return songs;
}

} // namespace

/// Segments from windows in which a stem is active (data.activity_window).
class TestSamplerWindows : public QObject {
    Q_OBJECT

    DataConfig data_;
    static constexpr int draws = 3000;

private Q_SLOTS:
    void init() { data_ = DataConfig(); }

    void drawsActiveWindowsUniformly() {
        data_.activityWindow = 1;
        data_.randomMixProbability = 1;
        const Sampler sampler(songsWithWindows(), data_, 1000, 1);
        std::map<std::pair<std::string, std::int64_t>, int> vocals;
        std::map<std::string, int> drums;
        for (int k = 0; k < draws; ++k) {
            for (const StemPlan& stem : sampler.plan(k, 0, 1000).stems) {
                if (stem.stem == "vocals")
                    ++vocals[{stem.song->name, stem.first}];
                if (stem.stem == "bass")
                    QVERIFY(stem.song->name == "c" && stem.first == 4000);
                if (stem.stem == "drums") // never active: drawn from entire songs
                    ++drums[stem.song->name];
            }
        }
        QCOMPARE(vocals.size(), 3U);
        for (const auto& [window, count] : vocals)
            QVERIFY(std::abs(static_cast<double>(count) / draws - 1.0 / 3) < 0.03);
        QVERIFY(
            (vocals.contains({"a", 500}) && vocals.contains({"a", 3000}) && vocals.contains({"b", 1500})));
        QCOMPARE(drums.size(), 3U);
    }

    void drawsAlignedSegmentsFromTargetWindows() {
        data_.activityWindow = 1;
        data_.randomMixProbability = 0;
        const Sampler sampler(songsWithWindows(), data_, 1000, 1);
        for (int k = 0; k < 100; ++k) {
            const auto stems = sampler.plan(k, 0, 1000).stems;
            const std::int64_t first = stems[0].first;
            QVERIFY(stems[0].song->name == "a" ? first == 500 || first == 3000 : first == 1500);
            for (const StemPlan& stem : stems)
                QVERIFY(stem.song == stems[0].song && stem.first == first);
        }
    }

    void otherLengthsStayInOrStartAtWindow() {
        data_.activityWindow = 1;
        data_.randomMixProbability = 1;
        const Sampler sampler(songsWithWindows(), data_, 1000, 1);
        std::int64_t least = INT64_MAX, most = 0;
        for (int k = 0; k < draws; ++k) {
            const StemPlan bass = sampler.plan(k, 0, 200).stems[0]; // active in the window at 4000
            least = std::min(least, bass.first);
            most = std::max(most, bass.first);
            QCOMPARE(sampler.plan(k, 0, 2000).stems[0].first, 3000); // the last possible offset
        }
        QVERIFY(least >= 4000 && least < 4010);
        QVERIFY(most > 4790 && most <= 4800);
    }
};

HEADROOM_TEST_MAIN(TestSamplerWindows)
#include "tst_sampler_windows.moc"
