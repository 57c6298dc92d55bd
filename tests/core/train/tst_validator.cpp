// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/audio/audio_file.h"
#include "core/support/error.h"
#include "core/train/validator.h"
#include "tests/support/one_by_one.h"
#include "tests/support/read_audio.h"
#include "tests/support/strict_main.h"
#include "tests/support/tiny_dataset.h"

#include <cmath>
#include <limits>
#include <set>

using namespace headroom;

namespace {

constexpr int rate = 8000;

test::TinySong song(std::vector<std::string> stems = {"drums", "vocals"}) {
    return {.stems = std::move(stems),
            .frames = std::int64_t{3} * rate,
            .spec = {.sampleRate = rate, .channels = 1}};
}

/// A model that estimates every stem as the mixture times `gain`.
SegmentModel model(float gain, const std::vector<std::string>& targets) {
    SegmentModel model;
    model.sampleRate = rate;
    model.channels = 1;
    model.stems = targets;
    model.segmentFrames = rate;
    model.separate = test::oneByOne([gain, count = targets.size()](const AudioBuffer& segment) {
        AudioBuffer scaled = segment;
        for (float& sample : scaled.samples())
            sample *= gain;
        return SegmentStems(count, scaled);
    });
    return model;
}

} // namespace

class TestValidator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        dataset_.add("train/a", song());
        dataset_.add("train/b", song());
        dataset_.add("train/alone", song({"vocals"}));
        songs_ = openLibrary(test::dataConfig(dataset_.root()), format_).train;
        std::erase_if(songs_, [](const Song& each) { return each.name == "alone"; });
    }

    /// Two uncorrelated stems of equal energy: the error of the mixture is the other stem, which gives 0 dB.
    /// The error of half the mixture has 1/4 + 1/4 of the energy, which gives 3 dB.
    void scoresWholeSongs() {
        const std::vector<std::string> targets{"drums", "vocals"};
        const Validator validator(songs_, format_, targets);
        for (const auto& [gain, expected] : {std::pair{1.0F, 0.0}, std::pair{0.5F, 3.01}}) {
            std::set<std::string> seen;
            const auto onSong = [&](const std::string& name, const auto& stems) {
                seen.insert(name);
                QCOMPARE(stems.size(), targets.size());
            };
            const auto result = validator.run(model(gain, targets), {}, onSong);
            QVERIFY(result);
            QCOMPARE(seen, (std::set<std::string>{"a", "b"}));
            QCOMPARE(result->songs, 2);
            QVERIFY(std::abs(*result->score - expected) < 0.2);
            for (const auto& [stem, score] : result->stems) {
                QVERIFY(std::abs(*score.cSdr - expected) < 0.3);
                QVERIFY(std::abs(*score.uSdr - expected) < 0.3);
            }
        }
    }

    /// Together, the ranks score every song once, and their results give the same score.
    void ranksDivideTheSongs() {
        const std::vector<std::string> targets{"drums", "vocals"};
        const Validator validator(songs_, format_, targets);
        const auto ignore = [](const auto&, const auto&) {};
        const auto whole = validator.run(model(0.5F, targets), {}, ignore);
        for (const int ranks : {2, 3}) {
            std::vector<SongResult> all;
            for (int rank = ranks - 1; rank >= 0; --rank) {
                const auto mine = validator.score(model(0.5F, targets), {}, ignore, rank, ranks);
                QCOMPARE(mine->size(), std::size_t(rank < 2 ? 1 : 0));
                all.insert(all.begin(), mine->begin(), mine->end());
            }
            QCOMPARE(all.size(), std::size_t(2));
            const Validation together = validator.summarize(all);
            QCOMPARE(together.songs, whole->songs);
            QVERIFY(together.score == whole->score);
            QVERIFY(together.stems.at("drums").uSdr == whole->stems.at("drums").uSdr);
        }
    }

    void choosesByTheBestMetric() {
        const std::vector<std::string> targets{"drums", "vocals"};
        TrainingConfig training;
        training.metrics = {"fullness"};
        training.bestMetric = Metric::Bleedless;
        const Validator validator(songs_, format_, targets, training);
        const auto result = validator.run(model(0.5F, targets), {}, [](const auto&, const auto&) {});
        const StemScore& drums = result->stems.at("drums");
        const StemScore& vocals = result->stems.at("vocals");
        QCOMPARE(*result->score, (*drums.bleedless + *vocals.bleedless) / 2);
        QVERIFY(drums.fullness && drums.cSdr && drums.uSdr && drums.siSdr);
        QVERIFY(!drums.logWmse && !drums.l1Frequency);
        QVERIFY(*result->score > 0 && *result->score < 100);
    }

    /// The two channels of the estimates differ; only their mean is written for a mono song.
    void judgesMonoSongsInMono() {
        const Validator validator(songs_, {rate, 2}, {"vocals"});
        SegmentModel stereo = model(1, {"vocals"});
        stereo.channels = 2;
        stereo.separate = test::oneByOne([](const AudioBuffer& segment) {
            AudioBuffer estimate = segment;
            for (float& sample : estimate.channel(1))
                sample = 0;
            return SegmentStems{estimate};
        });
        const auto result = validator.run(stereo, {}, [](const auto&, const auto&) {});
        QVERIFY(std::abs(*result->score - 3.01) < 0.3); // of half the mixture, see scoresWholeSongs
    }

    void stopsBetweenSegments() {
        const Validator validator(songs_, format_, {"vocals"});
        std::stop_source stop;
        int segments = 0;
        SegmentModel stopping = model(1, {"vocals"});
        stopping.separate = [&, separate = stopping.separate](std::span<const AudioBuffer> batch) {
            if (++segments == 2)
                stop.request_stop();
            return separate(batch);
        };
        QVERIFY(!validator.run(stopping, stop.get_token(), [](const auto&, const auto&) {}));
        QCOMPARE(segments, 2);
    }

    void givesNoScoreForNanOutput() {
        const Validator validator(songs_, format_, {"vocals"});
        const auto result = validator.run(model(std::numeric_limits<float>::quiet_NaN(), {"vocals"}), {},
                                          [](const auto&, const auto&) {});
        QVERIFY(result);
        QCOMPARE(result->faults.size(), std::size_t(2));
        QCOMPARE(result->songs, 0);
        QVERIFY(!result->score);
    }

    void leavesOutSongsThatAreNotFinite() {
        test::TinyDataset dataset;
        dataset.add("train/a", song());
        dataset.add("train/b", song());
        const auto file = dataset.file("train/a", "vocals");
        AudioBuffer audio = test::readAudio(file);
        audio.channel(0)[rate / 2] = std::numeric_limits<float>::quiet_NaN();
        writeAudio(file, audio, {.sampleRate = rate});
        const auto songs = openLibrary(test::dataConfig(dataset.root()), format_).train;
        // As the ground truth, and as part of the mixture.
        for (const char* target : {"vocals", "drums"}) {
            const Validator validator(songs, format_, {target});
            validator.dryRun(model(0.5F, {target})); // with the second song
            const auto result = validator.run(model(0.5F, {target}), {}, [](const auto&, const auto&) {});
            QCOMPARE(result->leftOut.size(), std::size_t(1));
            QVERIFY2(result->leftOut[0].starts_with("a: " + file.string() +
                                                    ": the sample at 0.500 s is not a number"),
                     result->leftOut[0].c_str());
            QCOMPARE(result->songs, 1);
            QVERIFY(result->faults.empty());
            QVERIFY(std::abs(*result->score - 3.01) < 0.3);
        }
    }

    void rejectsMissingStem() {
        auto songs = openLibrary(test::dataConfig(dataset_.root()), format_).train;
        QVERIFY_THROWS_EXCEPTION(Error, Validator(songs, format_, {"drums"}));
    }

    void dryRunProcessesOneSegment() {
        const Validator validator(songs_, format_, {"vocals"});
        int segments = 0;
        SegmentModel counting = model(1, {"vocals"});
        counting.separate = [&, separate = counting.separate](std::span<const AudioBuffer> batch) {
            ++segments;
            return separate(batch);
        };
        validator.dryRun(counting);
        QCOMPARE(segments, 1);
        Validator({}, format_, {"vocals"}).dryRun(counting);
        QCOMPARE(segments, 1);
    }

private:
    test::TinyDataset dataset_;
    AudioFormat format_{rate, 1};
    std::vector<Song> songs_;
};

HEADROOM_TEST_MAIN(TestValidator)
#include "tst_validator.moc"
