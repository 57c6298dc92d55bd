// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/data/sampler.h"
#include "core/data/segment_source.h"
#include "tests/core/data/unopened_song.h"
#include "tests/support/bad_files.h"
#include "tests/support/strict_main.h"
#include "tests/support/tiny_dataset.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

using namespace headroom;
using headroom::test::song;

/// Pitch and tempo of stems, each changed without the other.
class TestTimeAndPitch : public QObject {
    Q_OBJECT

    static constexpr int draws = 3000;
    static constexpr int rate = 44100;
    DataConfig data_;

    static std::vector<Song> songs() {
        return {song("a", 100'000, {"bass", "vocals"}), song("b", 500'000, {"bass", "vocals"}),
                song("c", 9'000, {"bass", "vocals"})};
    }
    Sampler sampler() const { return {songs(), data_, rate, 1}; }

    static bool near(double found, double expected) { return std::abs(found - expected) < 0.03; }

private Q_SLOTS:
    void init() {
        data_ = DataConfig();
        data_.randomMixProbability = 1;
    }

    void defaultsChangeNothing() {
        const Sampler plain = sampler();
        for (int k = 0; k < 100; ++k)
            for (const StemPlan& stem : plain.plan(k, 0, 1000).stems)
                QVERIFY(stem.timePitch.isOff());
    }

    /// Also not where a segment begins, unless it is changed itself.
    void doNotAffectOtherDraws() {
        data_.pitchShift = 3;
        data_.mixupProbability = 0.5;
        const Sampler plain = sampler();
        data_.pitchProbability = 0.5;
        data_.stretchProbability = 0.3;
        const Sampler changing = sampler();
        int changed = 0;
        for (int k = 0; k < 200; ++k) {
            const ExamplePlan one = plain.plan(k, 0, 1000);
            const ExamplePlan two = changing.plan(k, 0, 1000);
            QCOMPARE(one.keepIfSilent, two.keepIfSilent);
            for (std::size_t i = 0; i < one.stems.size(); ++i) {
                const StemPlan& before = one.stems[i];
                const StemPlan& after = two.stems[i];
                QCOMPARE(before.song->name, after.song->name);
                QCOMPARE(before.gain, after.gain);
                QCOMPARE(before.semitones, after.semitones);
                QVERIFY(before.equalizer == after.equalizer);
                QCOMPARE(before.mixup.has_value(), after.mixup.has_value());
                changed += after.timePitch.isOff() ? 0 : 1;
                if (!after.timePitch.isOff())
                    continue;
                QCOMPARE(before.first, after.first);
                QVERIFY(!before.mixup || before.mixup->first == after.mixup->first);
            }
        }
        QVERIFY(changed > 100 && changed < 300);
    }

    void drawsFromTheGivenRanges() {
        data_.pitchProbability = 0.4;
        data_.pitchMin = -5;
        data_.pitchMax = 2;
        data_.stretchProbability = 0.2;
        data_.stretchMin = 0.8;
        data_.stretchMax = 1.3;
        const Sampler changing = sampler();
        std::vector<double> shifts;
        std::vector<double> tempos;
        int both = 0;
        for (int k = 0; k < draws; ++k) {
            const TimePitch change = changing.plan(k, 0, 1000).stems[1].timePitch;
            if (change.semitones != 0)
                shifts.push_back(change.semitones);
            if (change.tempo != 1)
                tempos.push_back(change.tempo);
            both += change.semitones != 0 && change.tempo != 1 ? 1 : 0;
        }
        QVERIFY(near(static_cast<double>(shifts.size()) / draws, 0.4));
        QVERIFY(near(static_cast<double>(tempos.size()) / draws, 0.2));
        QVERIFY(near(static_cast<double>(both) / draws, 0.08)); // independent
        const auto [lowest, highest] = std::ranges::minmax(shifts);
        QVERIFY(lowest >= -5 && lowest < -4.9 && highest <= 2 && highest > 1.9);
        const auto [slowest, fastest] = std::ranges::minmax(tempos);
        QVERIFY(slowest >= 0.8 && slowest < 0.81 && fastest <= 1.3 && fastest > 1.29);
        QVERIFY(near(std::reduce(tempos.begin(), tempos.end()) / static_cast<double>(tempos.size()), 1.05));
    }

    /// Stems of one song stay in tune and in time with each other.
    void changesAlignedStemsTogether() {
        data_.pitchProbability = 0.5;
        data_.stretchProbability = 0.5;
        for (const double mixed : {0.0, 1.0}) {
            data_.randomMixProbability = mixed;
            const Sampler changing = sampler();
            int together = 0;
            int changed = 0;
            for (int k = 0; k < 200; ++k) {
                const auto stems = changing.plan(k, 0, 1000).stems;
                together += stems[0].timePitch == stems[1].timePitch ? 1 : 0;
                changed += stems[0].timePitch.isOff() ? 0 : 1;
                QVERIFY(mixed == 1 || stems[0].first == stems[1].first);
            }
            QVERIFY(mixed == 1 ? together < 100 : together == 200);
            QVERIFY(changed > 100);
        }
    }

    void changesOnlyTheListedStems() {
        data_.pitchProbability = 1;
        data_.stretchProbability = 1;
        data_.pitchStems = {"vocals"};
        data_.stretchStems = {"bass"};
        const Sampler changing = sampler();
        for (int k = 0; k < 50; ++k) {
            const auto stems = changing.plan(k, 0, 1000).stems; // bass, vocals
            QVERIFY(stems[0].timePitch.semitones == 0 && stems[0].timePitch.tempo != 1);
            QVERIFY(stems[1].timePitch.semitones != 0 && stems[1].timePitch.tempo == 1);
        }
    }

    void refusesStemsThatNoSongHas() {
        std::vector<std::string> notices;
        data_.stretchStems = {"bass", "basss"};
        const std::string error = test::errorOf([&] { songsWithTargets(songs(), data_, notices); });
        QVERIFY2(error.find("data.stretch_stems") != std::string::npos &&
                     error.find("'basss'") != std::string::npos,
                 error.c_str());
    }

    /// Also with the speed of a tape, and what is read of a second segment.
    void segmentsLieWithinTheirSongs() {
        data_.pitchShift = 4;
        data_.mixupProbability = 1;
        data_.pitchProbability = 1;
        data_.stretchProbability = 1;
        data_.stretchMax = 2;
        const Sampler changing = sampler();
        for (int k = 0; k < draws; ++k) {
            for (const StemPlan& stem : changing.plan(k, 0, 20'000).stems) {
                const double played = static_cast<double>(stem.timePitch.inputFrames(20'000, rate));
                const double needed = played * std::exp2(stem.semitones / 12);
                const auto fits = [&](const Song& from, std::int64_t first) {
                    return first == 0 ||
                           static_cast<double>(first) + needed <= static_cast<double>(from.frames) + 1;
                };
                QVERIFY(fits(*stem.song, stem.first));
                QVERIFY(fits(*stem.mixup->song, stem.mixup->first));
            }
        }
    }

    /// Segments keep their length, targets are what is mixed, and every source makes the same ones.
    void appliesThePlan() {
        test::TinyDataset dataset;
        for (const char* name : {"train/a", "train/b"})
            dataset.add(name, {});
        constexpr std::int64_t frames = 3000;
        RunConfig config;
        config.data.targets = {"vocals", "bass", "other", "drums"};
        config.data.silentChunkProbability = 1;
        config.data.gainMin = config.data.gainMax = 1;
        config.data.pitchProbability = 0.7;
        config.data.stretchProbability = 0.7;
        config.data.pitchStems = {"vocals", "drums"};
        const AudioFormat format{config.audio.sampleRate, config.audio.channels};
        const auto library = openLibrary(test::dataConfig(dataset.root()), format).train;
        const SegmentSource source(library, config);
        const SegmentSource other(library, config, 0);
        const Sampler plans(library, config.data, format.sampleRate, 0);
        const StemReader reader(library, format, 0);
        int changed = 0;
        for (int k = 0; k < 6; ++k) {
            const Example example = source.example(k, frames);
            const Example again = other.example(k, frames);
            AudioBuffer sum(format.channels, frames);
            for (const StemPlan& stem : plans.plan(k, 0, frames).stems) {
                const AudioBuffer expected =
                    stem.timePitch.apply(reader.read(*stem.song, stem.stem, stem.first,
                                                     stem.timePitch.inputFrames(frames, format.sampleRate)),
                                         frames, format.sampleRate);
                const auto place = std::ranges::find(config.data.targets, stem.stem);
                const auto target = static_cast<std::size_t>(place - config.data.targets.begin());
                QVERIFY(std::ranges::equal(example.targets[target].samples(), expected.samples()));
                QVERIFY(std::ranges::equal(again.targets[target].samples(), expected.samples()));
                std::ranges::transform(sum.samples(), expected.samples(), sum.samples().begin(), std::plus());
                changed += stem.timePitch.isOff() ? 0 : 1;
            }
            QCOMPARE(example.mixture.frames(), frames);
            QVERIFY(std::ranges::equal(example.mixture.samples(), sum.samples()));
        }
        QVERIFY(changed > 8);
    }
};

HEADROOM_TEST_MAIN(TestTimeAndPitch)
#include "tst_time_and_pitch.moc"
